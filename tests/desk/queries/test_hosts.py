"""Extraction by host: which pages count, and when a redesign is detected."""

import sqlite3
from collections import Counter

import pytest

from service.desk.ingest.host_hours import count_page
from service.desk.ingest.retention import HOURS, forget_hours
from service.desk.queries.drift import find_drifting
from service.desk.queries.hosts import list_hosts, load_host, rate
from tests.desk.records import at


def count(db: sqlite3.Connection, host: str, outcome: str, pages: int, hours: float) -> None:
    for _ in range(pages):
        count_page(db, host, at(hours), outcome)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ({"article": 3, "no_article": 1}, 0.75),
        ({"article": 1, "unchanged": 2, "too_short": 1}, 0.75),
        ({"article": 1, "http_error": 50, "not_html": 9, "robots_noarchive": 1}, 1.0),
        ({"failed": 2}, 0.0),
        ({"http_error": 2}, None),
        ({}, None),
    ],
)
def test_rate(outcomes: dict[str, int], expected: float | None) -> None:
    assert rate(Counter(outcomes)) == expected


def test_a_site_that_was_rebuilt_is_first(db: sqlite3.Connection) -> None:
    count(db, "busy.example", "article", 400, 100)
    for hours in (10, 40, 70):
        count(db, "rebuilt.example", "article", 30, hours)
    count(db, "rebuilt.example", "no_article", 30, 100)
    count(db, "rebuilt.example", "article", 4, 101)
    rows, _ = list_hosts(db, 1, find_drifting(db))
    assert [(row.host, row.spans.drifts()) for row in rows] == [
        ("rebuilt.example", ("yield",)),
        ("busy.example", ()),
    ]


def test_few_pages_are_not_a_fall(db: sqlite3.Connection) -> None:
    count(db, "small.example", "article", 100, 10)
    count(db, "small.example", "no_article", 5, 60)
    row = load_host(db, "small.example")
    assert row is not None
    recent, before = row.spans.recent, row.spans.before
    assert (rate(recent.outcomes), rate(before.outcomes), row.spans.drifts()) == (0.0, 1.0, ())


def test_days_are_kept_apart(db: sqlite3.Connection) -> None:
    count(db, "a.example", "article", 2, 0)
    count(db, "a.example", "no_article", 1, 20)
    row = load_host(db, "a.example")
    assert row is not None
    assert [(day, counts.outcomes.total()) for day, counts in row.days] == [
        ("2026-03-10", 2),
        ("2026-03-11", 1),
    ]
    assert load_host(db, "b.example") is None


def test_old_counts_are_deleted_relative_to_the_hosts_newest(db: sqlite3.Connection) -> None:
    count(db, "old.example", "article", 1, 0)
    count(db, "new.example", "article", 1, 0)
    count(db, "new.example", "article", 1, HOURS + 5)
    forget_hours(db)
    kept = dict(db.execute("SELECT host, sum(pages) FROM host_hours GROUP BY host").fetchall())
    assert kept == {"old.example": 1, "new.example": 1}
