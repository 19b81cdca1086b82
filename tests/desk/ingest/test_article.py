"""The row of an article: its text from one event, its place in its story from another."""

import sqlite3
from itertools import permutations

import pytest

from service.contract.story import Relation
from service.desk.ingest.batch import ingest_batch
from service.desk.ingest.record import Arrived
from service.desk.queries.article import load_article
from service.desk.queries.history import history
from service.desk.queries.story import load_story
from service.desk.queries.story_copies import CopyFilters
from tests.desk.records import article, state, story_id, uri

LATE, FIRST = "https://wire.example/bridge", "https://farm.example/bridge"
TEXT = "Hundreds crossed the bridge at Vargstrand."

TOLD = article(FIRST, text=TEXT, sequence=256)
RESTATED = article(
    FIRST, relation=Relation.TRIMMED, parent=LATE, sequence=512, restated=True, hours=1
)
TAKEN_DOWN = article(
    FIRST, text="", relation=Relation.WITHDRAWAL, canceled=True, sequence=768, hours=2
)
AGAIN = article(FIRST, text=TEXT, relation=Relation.TRIMMED, version=2, sequence=1024, hours=3)
ORIGINAL = article(LATE, sequence=512, hours=1)
STATE = state(copies=1, url=LATE)


def shown(db: sqlite3.Connection) -> tuple[object, ...]:
    return tuple(db.execute("SELECT relation, version, canceled, words FROM articles").fetchone())


@pytest.mark.parametrize("order", list(permutations((TOLD, RESTATED))))
def test_what_is_stated_again_leaves_the_text_as_it_is(
    db: sqlite3.Connection, order: tuple[Arrived, ...]
) -> None:
    ingest_batch(db, [*order, ORIGINAL, STATE], 100)
    story = load_story(db, story_id("bridge"), CopyFilters())
    assert story is not None
    assert dict(story.relations) == {"original": 1, "trimmed": 1}
    assert story.original is not None
    assert story.original.row["uri"] == uri(LATE)
    (copy,) = story.copies
    assert copy.event.bodies[0].value == TEXT
    assert copy.event.copydesk.story.relation is Relation.TRIMMED
    assert copy.row["words"] == len(TEXT.split())
    found = db.execute("SELECT count(*) FROM article_text WHERE article_text MATCH 'vargstrand'")
    assert found.fetchone()[0] == 1
    assert "version 1 is trimmed now" in {entry.what for entry in history(story)}
    page = load_article(db, uri(FIRST))
    assert page is not None
    assert page.parent is not None
    assert page.parent["uri"] == uri(LATE)
    assert [row["type"].rpartition(".")[2] for row in page.versions] == ["copied", "restated"]


@pytest.mark.parametrize("order", list(permutations((TOLD, RESTATED, TAKEN_DOWN, AGAIN))))
def test_the_events_of_an_article_give_one_row_in_any_order(
    db: sqlite3.Connection, order: tuple[Arrived, ...]
) -> None:
    ingest_batch(db, order, 100)
    assert shown(db) == ("trimmed", 2, 0, len(TEXT.split()))
    member = load_article(db, uri(FIRST))
    assert member is not None
    assert member.member.event.bodies[0].value == TEXT


def test_without_its_text_an_article_has_a_row(db: sqlite3.Connection) -> None:
    """The event with the text may be older than what the topic keeps."""
    ingest_batch(db, [RESTATED], 100)
    assert shown(db) == ("trimmed", 1, 0, 0)
