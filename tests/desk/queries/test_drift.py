"""Layout drift: what the articles of a host lack, in two spans."""

import sqlite3
from collections import Counter

import pytest

from service.desk.ingest.host_hours import count_page
from service.desk.ingest.retention import HOURS, forget_hours
from service.desk.queries.drift import AMONG, KINDS, Span, Spans, find_drifting, load_spans
from tests.desk.records import at


def count(db: sqlite3.Connection, host: str, articles: int, hours: float, **signs: int) -> None:
    """Articles of one hour, and how many of them have which sign."""
    for _ in range(articles):
        count_page(db, host, at(hours), "article")
    rows = [(host, at(hours)[:13], sign, number) for sign, number in signs.items()]
    db.executemany("INSERT INTO host_signs VALUES (?, ?, ?, ?)", rows)


def spans(now: tuple[int, int], then: tuple[int, int], kind: str = "no_date") -> Spans:
    """(articles with the sign, articles) recently and before; for `yield`, (articles, pages)."""
    made = []
    for some, of in (now, then):
        if kind == "yield":
            made.append(Span(Counter(article=some, no_article=of - some)))
        else:
            made.append(Span(Counter(article=of), Counter({kind: some})))
    return Spans(*made)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_drifts_to_the_worse_only(kind: str) -> None:
    many, few = (90, 100), (200, 700)
    up, down = spans(many, few, kind), spans((20, 100), (650, 700), kind)
    assert up.drifts() == (() if kind == "yield" else (kind,))
    assert down.drifts() == (("yield",) if kind == "yield" else ())


@pytest.mark.parametrize(
    ("now", "then", "drifts"),
    [
        ((25, 25), (0, 200), True),
        ((19, 19), (0, 200), False),  # too few now
        ((25, 25), (0, 19), False),  # too few before
        ((60, 100), (240, 700), False),  # not much more
        ((70, 100), (240, 700), True),
        ((12, 20), (4, 20), False),  # chance: 2.6 standard errors
        ((100, 100), (700, 700), False),  # as ever: of this host nothing has a date
        ((0, 0), (0, 0), False),
    ],
)
def test_a_change_must_be_large_and_no_chance(
    now: tuple[int, int], then: tuple[int, int], drifts: bool
) -> None:
    assert bool(spans(now, then).drifts()) == drifts


def test_spans_go_by_the_newest_page_of_the_host(db: sqlite3.Connection) -> None:
    count(db, "old.example", 30, 0, no_date=1)
    count(db, "old.example", 40, 150, no_date=2, short=3)
    count(db, "old.example", 50, 170, no_date=45)
    count(db, "old.example", 60, -24)  # before both spans
    count(db, "new.example", 25, 5000)
    found = load_spans(db, "old.example")
    assert found.recent.outcomes == {"article": 90}
    assert found.recent.signs == {"no_date": 47, "short": 3}
    assert (found.before.outcomes, found.before.signs) == ({"article": 30}, {"no_date": 1})
    assert found.drifts() == ("no_date",)
    assert load_spans(db, "nobody.example").drifts() == ()


def test_hosts_are_counted_by_what_drifts(db: sqlite3.Connection) -> None:
    for host, now in (("a.example", 80), ("b.example", 90), ("c.example", 100)):
        count(db, host, 300, 10, no_author=10)
        more = {"short": now} if host == "b.example" else {}
        count(db, host, now, 190, no_author=now if host != "c.example" else 3, **more)
    found = find_drifting(db)
    assert list(found.hosts.items()) == [
        ("b.example", ("no_author", "short")),
        ("a.example", ("no_author",)),
    ]
    assert [found.count(kind) for kind in KINDS] == [0, 0, 2, 1, 0]


def test_only_the_largest_hosts_are_compared(db: sqlite3.Connection) -> None:
    rows = [(f"h{n}.example", at(0)[:13], "article", 200) for n in range(AMONG)]
    db.executemany("INSERT INTO host_hours VALUES (?, ?, ?, ?)", rows)
    count(db, "small.example", 30, 0)
    count(db, "small.example", 30, 100, no_date=30)
    assert load_spans(db, "small.example").drifts() == ("no_date",)
    assert find_drifting(db).hosts == {}


def test_old_signs_are_deleted_with_their_pages(db: sqlite3.Connection) -> None:
    count(db, "a.example", 1, 0, no_date=1)
    count(db, "a.example", 1, HOURS + 5)
    count(db, "b.example", 1, 0, no_date=1)
    forget_hours(db)
    assert [host for (host,) in db.execute("SELECT host FROM host_signs")] == ["b.example"]
