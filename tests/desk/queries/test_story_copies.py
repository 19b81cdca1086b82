"""The copies of a story: filtered, sorted, counted."""

import sqlite3

import pytest

from service.contract.story import Relation
from service.desk.ingest.batch import ingest_batch
from service.desk.queries.story_copies import PAGE, CopyFilters, list_copies
from tests.desk.records import article, state, story_id, uri

WIRE = "https://wire.example/bridge"
BRIDGE = story_id("bridge")


@pytest.fixture(autouse=True)
def ingested(db: sqlite3.Connection) -> None:
    ingest_batch(
        db,
        [
            article(WIRE),
            article("https://c.example/1", relation=Relation.SPUN, parent=WIRE, hours=1),
            article("https://b.example/1", relation=Relation.SPUN, hours=2),
            article("https://a.example/1", relation=Relation.EDITED, parent=WIRE, hours=3),
            state(copies=3, hours=3),
        ],
        100,
    )
    db.execute("UPDATE articles SET closeness = 0.9 WHERE host = 'a.example'")


@pytest.mark.parametrize(
    ("filters", "hosts"),
    [
        (CopyFilters(), "cba"),
        (CopyFilters(sort="site"), "abc"),
        (CopyFilters(sort="closeness"), "acb"),
        (CopyFilters(relation="spun"), "cb"),
        (CopyFilters(relation="spun", sort="site"), "bc"),
        (CopyFilters(relation="verbatim"), ""),
        (CopyFilters(page=2), ""),
    ],
)
def test_filters_and_orders(db: sqlite3.Connection, filters: CopyFilters, hosts: str) -> None:
    found = list_copies(db, BRIDGE, uri(WIRE), filters)
    assert found.uris == [uri(f"https://{host}.example/1") for host in hosts]
    assert found.relations == [("spun", 2), ("edited", 1)]


def test_an_article_without_a_link_has_no_closeness(db: sqlite3.Connection) -> None:
    rows = dict(db.execute("SELECT host, closeness FROM articles").fetchall())
    assert rows["c.example"] == 0.41
    assert rows["b.example"] is None


def test_counts_follow_a_withdrawal(db: sqlite3.Connection) -> None:
    gone = article(
        "https://a.example/1",
        text="",
        canceled=True,
        relation=Relation.WITHDRAWAL,
        version=2,
        hours=4,
    )
    ingest_batch(db, [gone], 100)
    found = list_copies(db, BRIDGE, uri(WIRE), CopyFilters(relation="withdrawal"))
    assert (found.total, found.pages) == (1, 1)
    assert ("edited", 1) not in found.relations


def test_pages_hold_every_copy_once(db: sqlite3.Connection) -> None:
    more = [
        article(f"https://h{number}.example/1", relation=Relation.VERBATIM, parent=WIRE, hours=5)
        for number in range(2 * PAGE)
    ]
    ingest_batch(db, more, 100)
    found = [
        list_copies(db, BRIDGE, uri(WIRE), CopyFilters(sort="closeness", page=number))
        for number in (1, 2, 3)
    ]
    uris = [each for page in found for each in page.uris]
    assert len(uris) == len(set(uris)) == found[0].total == 2 * PAGE + 3


def test_a_url_parses_to_the_filters_it_was_made_from() -> None:
    filters = CopyFilters(relation="spun", sort="site", page=3)
    assert filters.path("/story/1", page=3) == "/story/1?relation=spun&sort=site&page=3#copies"
    assert CopyFilters.from_query({"relation": "spun", "sort": "site", "page": "3"}) == filters
    assert CopyFilters.from_query({"relation": "x", "sort": "x", "page": "x"}) == CopyFilters()
