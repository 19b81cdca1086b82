"""How a story spread: who is below whom, and what is counted."""

import sqlite3

import pytest

from service.contract.story import Relation
from service.desk.ingest.batch import ingest_batch
from service.desk.queries.spread import chain_of, load_spread
from tests.desk.queries.counted import crawl
from tests.desk.records import article, state, story_id, uri


def rows(*links: tuple[str, str | None]) -> list[sqlite3.Row]:
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    return [
        db.execute(
            "SELECT ? AS uri, ? AS parent, ? AS place",
            (name, parent, "original" if name == "o" else "verbatim"),
        ).fetchone()
        for name, parent in links
    ]


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([("o", None), ("a", "o"), ("b", "a"), ("c", "o")], "o0 a1 b2 c1"),
        ([("a", None), ("b", "gone"), ("c", "b")], "a0 b0! c1"),
        ([("a", "b"), ("b", "a"), ("c", "b")], "a0 b1 c2"),
        ([("a", "a")], "a0"),
        ([("a", "o"), ("o", "a"), ("b", "a")], "o0 a1 b2"),
        ([], ""),
    ],
)
def test_chain(links: list[tuple[str, str | None]], expected: str) -> None:
    found = chain_of(rows(*links))
    shown = [f"{link.row['uri']}{link.depth}{'!' if link.is_lost else ''}" for link in found]
    assert " ".join(shown) == expected


def test_the_articles_of_merged_stories_are_in_it(db: sqlite3.Connection) -> None:
    ingest_batch(db, crawl(), 1000)
    found = load_spread(db, story_id("bridge"))
    assert [place for _, place, _ in found.seen] == [
        *("original", "edited", "edited", "spun", "verbatim"),
    ]
    assert found.delays == [3600, 5400, 7200, 29 * 3600]
    assert [host for host, _, _ in found.sites] == [
        *("wire.example", "peak.example", "www.farm.example"),
    ]
    assert not found.more


def test_withdrawn_articles_are_not(db: sqlite3.Connection) -> None:
    ingest_batch(db, crawl(), 1000)
    assert load_spread(db, story_id("flood")).seen == []
    assert [place for _, place, _ in load_spread(db, story_id("ferry")).seen] == [
        *("spun", "original"),
    ]


def test_a_copy_that_was_fetched_before_its_original_has_no_delay(db: sqlite3.Connection) -> None:
    first, copy = "https://a.example/1", "https://b.example/1"
    ingest_batch(
        db,
        [
            article(copy, relation=Relation.SPUN, parent=first, hours=1),
            article(first, hours=2),
            state(url=first, copies=1, hours=2),
        ],
        1000,
    )
    found = load_spread(db, story_id("bridge"))
    assert [place for _, place, _ in found.seen] == ["spun", "original"]
    assert found.delays == []
    assert [link.row["uri"] for link in found.chain] == [uri(first), uri(copy)]
