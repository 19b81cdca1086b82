"""Records to rows: each once, in any order of the topics; texts are deleted by takedowns."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from service.contract.record import Topic
from service.contract.story import Relation, StoryStatus
from service.desk.ingest.batch import ingest_batch, positions
from service.desk.read_model import ReadModel
from tests.desk.records import article, failure, rejection, state, story_id, uri

HERE = "https://wire.example/bridge"
THERE = "https://farm.example/bridge"


def rows(db: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.execute(query)]


def files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir()]


def test_a_repeat_changes_nothing(db: sqlite3.Connection) -> None:
    records = [
        article(HERE),
        article(THERE, relation=Relation.VERBATIM, parent=HERE),
        state(copies=1),
        rejection("https://farm.example/contact"),
        failure("https://farm.example/broken"),
    ]
    ingest_batch(db, records, 100)
    before = list(db.iterdump())
    again = [replace(record, offset=record.offset + 1000) for record in records]
    ingest_batch(db, again, 100)
    changed = set(db.iterdump()) ^ set(before)
    assert {line.split('"')[1] for line in changed} <= {"meta", "positions"}


def test_positions_are_the_offsets_after_the_last_records(db: sqlite3.Connection) -> None:
    ingest_batch(db, [replace(article(HERE), offset=4), replace(article(THERE), offset=9)], 100)
    ingest_batch(db, [replace(rejection(None), partition=3, offset=0)], 100)
    assert positions(db) == {("articles", 0): 10, ("pages.rejected", 3): 1}


@pytest.mark.parametrize("value", [None, b"", b"not JSON", b"[]", b'{"uri": 1}'])
@pytest.mark.parametrize("topic", [Topic.ARTICLES, Topic.STORIES, Topic.REJECTED])
def test_invalid_records_are_skipped(
    db: sqlite3.Connection, topic: Topic, value: bytes | None
) -> None:
    strange = replace(article(HERE), topic=topic, value=value, offset=5)
    ingest_batch(db, [strange, article(THERE)], 100)
    assert rows(db, "SELECT uri FROM articles") == [(uri(THERE),)]
    assert positions(db)[(topic.value, 0)] >= 6


def test_numbers_too_large_for_a_column_are_skipped(db: sqlite3.Connection) -> None:
    strange = state(copies=2**63)
    ingest_batch(db, [article(HERE), strange, replace(article(THERE), timestamp=2**62)], 100)
    assert rows(db, "SELECT count(*) FROM articles") == [(2,)]
    assert rows(db, "SELECT stated FROM stories") == [(0,)]


def test_an_article_may_be_read_before_the_state_of_its_story(db: sqlite3.Connection) -> None:
    ingest_batch(db, [article(HERE, title="Seen first")], 100)
    assert rows(db, "SELECT headline, stated FROM stories") == [("Seen first", 0)]
    ingest_batch(db, [state(headline="As FOLD says")], 100)
    assert rows(db, "SELECT headline, stated FROM stories") == [("As FOLD says", 1)]


def test_the_newest_version_wins_in_any_order(db: sqlite3.Connection) -> None:
    ingest_batch(db, [article(HERE, title="Second", version=2, text="Quite other words.")], 100)
    ingest_batch(db, [article(HERE, title="First", text="The words it began with.")], 100)
    assert rows(db, "SELECT title, version FROM articles") == [("Second", 2)]
    assert len(rows(db, "SELECT 1 FROM versions")) == 2
    found = "SELECT count(*) FROM article_text WHERE article_text MATCH "
    assert rows(db, found + "'other'") == [(1,)]
    assert rows(db, found + "'began'") == [(0,)]


def test_flags_are_those_of_the_newest_version(db: sqlite3.Connection) -> None:
    ingest_batch(db, [article(HERE, flags=["truncated", "gallery"])], 100)
    ingest_batch(db, [article(HERE, flags=["gallery"], version=2, text="More.")], 100)
    assert rows(db, "SELECT flag FROM article_flags") == [("gallery",)]


def test_text_that_is_taken_down_is_nowhere_in_the_database(model: ReadModel) -> None:
    db = sqlite3.connect(model.path, isolation_level=None)
    db.row_factory = sqlite3.Row
    secret = "The novelist Ingrid Halvard has died at Vargstrand."
    ingest_batch(db, [article(HERE, text=secret), article(HERE, text=secret * 2, version=2)], 100)
    takedown = article(HERE, text="", version=2, canceled=True, relation=Relation.WITHDRAWAL)
    ingest_batch(db, [takedown], 100)
    assert not [line for line in db.iterdump() if "Vargstrand" in line]
    assert rows(db, "SELECT canceled FROM articles") == [(1,)]
    assert rows(db, "SELECT count(*) FROM article_text WHERE article_text MATCH 'vargstrand'") == [
        (0,)
    ]
    db.close()


async def test_text_that_is_taken_down_is_not_in_the_files_bytes(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    secret = "The novelist Ingrid Halvard has died at Vargstrand."
    with ReadModel(path) as model:
        await model.write(ingest_batch, [article(HERE, text=secret)], 100)
        takedown = article(HERE, text="", canceled=True)
        await model.write(ingest_batch, [takedown], 100)
    assert secret.encode() not in b"".join(files(tmp_path))


def test_the_advisory_that_withdraws_a_story_is_kept_without_its_text(
    db: sqlite3.Connection,
) -> None:
    kill = article(HERE, title="BC-US--Bridge, KILL", text="Kill the story.", canceled=True)
    ingest_batch(db, [kill], 100)
    assert rows(db, "SELECT title FROM articles") == [("BC-US--Bridge, KILL",)]
    assert not [line for line in db.iterdump() if "Kill the story" in line]


def test_a_takedown_that_is_read_first_is_not_undone(db: sqlite3.Connection) -> None:
    ingest_batch(db, [article(HERE, text="", canceled=True), article(HERE)], 100)
    assert rows(db, "SELECT canceled FROM articles") == [(1,)]


def test_merges_are_followed_to_their_end(db: sqlite3.Connection) -> None:
    merged = StoryStatus.MERGED
    ingest_batch(
        db,
        [
            state("a"),
            state("b", url=THERE),
            state("c", url="https://c.example/1"),
            state("a", status=merged, merged_into="b"),
            state("b", url=THERE, status=merged, merged_into="c"),
        ],
        100,
    )
    roots = dict(db.execute("SELECT id, root FROM stories").fetchall())
    assert set(roots.values()) == {story_id("c")}


def test_a_merge_into_a_story_that_was_not_read_yet(db: sqlite3.Connection) -> None:
    merged = StoryStatus.MERGED
    ingest_batch(db, [state("a", status=merged, merged_into="b")], 100)
    ingest_batch(db, [state("b", status=merged, merged_into="c"), state("c")], 100)
    roots = dict(db.execute("SELECT id, root FROM stories").fetchall())
    assert set(roots.values()) == {story_id("c")}


def test_changes_of_a_story_are_stored(db: sqlite3.Connection) -> None:
    ingest_batch(db, [state(), state(headline="Bridge open", agency="ap", copies=3)], 100)
    found = rows(db, "SELECT what, before, after FROM story_changes ORDER BY what")
    before = "Harbour bridge reopens after two years"
    assert found == [("agency", None, "ap"), ("headline", before, "Bridge open")]


def test_pages_are_counted_by_host_once_each(db: sqlite3.Connection) -> None:
    broken = "https://farm.example/broken"
    ingest_batch(
        db,
        [
            article(HERE),
            article(HERE, version=2, text="More."),
            article(HERE, version=2, text="", canceled=True),
            rejection("https://FARM.example/contact", hours=1),
            failure(broken),
            failure(broken),
            failure(broken, attempts=2),
        ],
        100,
    )
    assert rows(db, "SELECT host, hour, outcome, pages FROM host_hours ORDER BY 1, 2, 3") == [
        ("farm.example", "2026-03-10T06", "failed", 2),
        ("farm.example", "2026-03-10T07", "no_article", 1),
        ("wire.example", "2026-03-10T06", "article", 2),
    ]


def test_the_stories_without_news_for_longest_are_deleted_first(db: sqlite3.Connection) -> None:
    for number in range(30):
        name, url = f"story-{number}", f"https://a.example/{number}"
        ingest_batch(db, [article(url, name, hours=number), state(name, url=url, hours=number)], 20)
    kept = [row[0] for row in rows(db, "SELECT url FROM articles ORDER BY seen")]
    assert len(kept) == 20
    assert kept[-1] == "https://a.example/29"
    for table in ("stories", "versions", "article_text"):
        assert rows(db, f"SELECT count(*) FROM {table}") == [(20,)]
