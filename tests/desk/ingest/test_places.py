"""Rows that are counted follow the events and states that come, whatever changed."""

import sqlite3
from collections.abc import Callable

import pytest

from service.contract.story import Relation, StoryStatus
from service.desk.ingest.batch import ingest_batch
from service.desk.ingest.record import Arrived
from tests.desk.records import article, state, story_id

WIRE, FARM = "https://wire.example/bridge", "https://farm.example/bridge"


def places(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Story and place by host."""
    rows = db.execute("SELECT host, story, place FROM places")
    return {row["host"]: (row["story"], row["place"]) for row in rows}


def test_a_story_that_was_merged_into_one_not_read_yet_is_not_counted(
    db: sqlite3.Connection,
) -> None:
    ingest_batch(db, [article(WIRE, sequence=1), state(url=WIRE)], 100)
    assert places(db) == {"wire.example": (story_id("bridge"), "original")}
    merged = state(url=WIRE, status=StoryStatus.MERGED, merged_into="tram")
    ingest_batch(db, [merged], 100)
    assert places(db) == {}
    ingest_batch(db, [state("tram", url=FARM)], 100)
    assert places(db) == {"wire.example": (story_id("tram"), "former")}


def test_an_article_that_was_taken_out_of_its_story_counts_where_it_is(
    db: sqlite3.Connection,
) -> None:
    copy = article(FARM, relation=Relation.SPUN, parent=WIRE, hours=1, sequence=1)
    ingest_batch(db, [article(WIRE, sequence=1), copy, state(url=WIRE, copies=1)], 100)
    assert places(db)["farm.example"] == (story_id("bridge"), "spun")
    alone = article(FARM, "farm", relation=Relation.ORIGINAL, hours=1, sequence=2, restated=True)
    ingest_batch(db, [alone, state("farm", url=FARM), state(url=WIRE)], 100)
    assert places(db)["farm.example"] == (story_id("farm"), "original")
    heads = db.execute("SELECT count(DISTINCT head) FROM places").fetchone()[0]
    assert heads == 2


def test_before_a_story_is_read_its_articles_are_what_their_events_say(
    db: sqlite3.Connection,
) -> None:
    ingest_batch(db, [article(FARM, relation=Relation.SPUN, parent=WIRE, sequence=1)], 100)
    assert places(db) == {"farm.example": (story_id("bridge"), "spun")}


@pytest.fixture
def written(db: sqlite3.Connection) -> Callable[[], int]:
    """Returns how many rows were changed that were there before."""
    ingest_batch(db, [article(WIRE, sequence=1), state(url=WIRE)], 100)
    db.execute("CREATE TEMP TABLE written (number INTEGER)")
    db.execute(
        "CREATE TEMP TRIGGER note AFTER UPDATE ON main.places"
        " BEGIN INSERT INTO written VALUES (new.number); END"
    )
    return lambda: int(db.execute("SELECT count(*) FROM written").fetchone()[0])


def test_what_does_not_change_is_not_written(
    db: sqlite3.Connection, written: Callable[[], int]
) -> None:
    ingest_batch(db, [state(url=WIRE, headline="Bridge is open")], 100)
    copy = article(FARM, relation=Relation.SPUN, parent=WIRE, hours=1, sequence=1)
    ingest_batch(db, [copy, state(url=WIRE, copies=1, hours=1)], 100)
    assert set(places(db)) == {"wire.example", "farm.example"}
    assert written() == 0


@pytest.mark.parametrize(
    "changed",
    [
        state(url=WIRE, agency="ap"),
        state(url=WIRE, status=StoryStatus.WITHDRAWN),
        state(url=FARM),
        article(WIRE, relation=Relation.UPDATE, sequence=2, canceled=True),
    ],
)
def test_what_changes_is_written(
    db: sqlite3.Connection, written: Callable[[], int], changed: Arrived
) -> None:
    ingest_batch(db, [changed], 100)
    assert written() == 1


def test_a_copy_is_as_late_as_the_original_that_comes_after_it_says(db: sqlite3.Connection) -> None:
    copy = article(FARM, relation=Relation.SPUN, parent=WIRE, hours=3, sequence=1)
    ingest_batch(db, [copy, state(url=WIRE, copies=1, hours=3)], 100)
    assert db.execute("SELECT delay FROM places").fetchone()[0] is None
    ingest_batch(db, [article(WIRE, hours=1, sequence=1)], 100)
    (delay,) = db.execute("SELECT delay FROM places WHERE host = 'farm.example'").fetchone()
    assert delay == 7200
