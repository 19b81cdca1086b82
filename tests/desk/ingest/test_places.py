"""Rows that are counted follow the events and states that come, whatever changed."""

import sqlite3

from service.contract.story import Relation, StoryStatus
from service.desk.ingest.batch import ingest_batch
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


def test_a_record_that_changes_nothing_writes_no_row(db: sqlite3.Connection) -> None:
    records = [article(WIRE, sequence=1), state(url=WIRE)]
    ingest_batch(db, records, 100)
    db.execute("CREATE TEMP TABLE written (number INTEGER)")
    db.execute(
        "CREATE TEMP TRIGGER note AFTER UPDATE ON main.places"
        " BEGIN INSERT INTO written VALUES (new.number); END"
    )
    ingest_batch(db, records, 100)
    assert db.execute("SELECT count(*) FROM written").fetchone()[0] == 0
    ingest_batch(db, [state(url=WIRE, agency="ap")], 100)
    assert db.execute("SELECT count(*) FROM written").fetchone()[0] == 1
