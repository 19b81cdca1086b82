"""What LINK says of a story is kept beside the story's state, and leaves with it."""

import sqlite3
from dataclasses import replace

import pytest

from service.desk.ingest.batch import ingest_batch
from tests.desk.records import article, state, story_id, translated, translation

HERE, THERE = "https://wire.example/bridge", "https://kurier.example/bruecke"


def stories(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Those of which something is said, with the other."""
    return [tuple(row) for row in db.execute("SELECT story, other FROM translations")]


def test_it_is_not_taken_for_the_state_of_the_story(db: sqlite3.Connection) -> None:
    said = translated("bridge", translation("bruecke", THERE))
    ingest_batch(db, [said, state(url=HERE, headline="Open"), said], 100)
    rows = [tuple(row) for row in db.execute("SELECT id, headline FROM stories")]
    assert rows == [(story_id("bridge"), "Open")]
    assert stories(db) == [(story_id("bridge"), story_id("bruecke"))]
    assert db.execute("SELECT count(*) FROM story_changes").fetchone()[0] == 0


def test_pages_of_both_stories_are_told(db: sqlite3.Connection) -> None:
    change = ingest_batch(db, [translated("bridge", translation("bruecke", THERE))], 100)
    assert change.ids == {story_id("bridge"), story_id("bruecke")}
    change = ingest_batch(db, [translated("bridge")], 100)
    assert change.ids == {story_id("bridge"), story_id("bruecke")}


@pytest.mark.parametrize("value", [None, b"[]", b'{"story": 1}'])
def test_what_cannot_be_read_is_skipped(db: sqlite3.Connection, value: bytes | None) -> None:
    said = translated("bridge", translation("bruecke", THERE))
    ingest_batch(db, [said, replace(said, value=value, offset=said.offset + 1)], 100)
    assert len(stories(db)) == 1


def test_it_leaves_with_its_story(db: sqlite3.Connection) -> None:
    for hours in range(4):
        name, url = f"story {hours}", f"https://wire.example/{hours}"
        said = translated(name, translation(f"other {hours}", THERE), hours=hours)
        records = [article(url, name, hours=hours), state(name, url=url, hours=hours), said]
        ingest_batch(db, records, 2)
    kept = {story_id("story 2"), story_id("story 3")}
    assert {story for story, _ in stories(db)} == kept
    late = translated("story 0", translation("other 0", THERE), hours=1)
    more = [article(f"https://wire.example/{n}", f"story {n}", hours=n) for n in (4, 5)]
    ingest_batch(db, [late, *more], 2)
    assert stories(db) == []
