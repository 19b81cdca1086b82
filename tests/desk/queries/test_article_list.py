"""The articles that match the filters of the story list."""

import sqlite3

import pytest

from service.contract.story import Relation, StoryStatus
from service.desk.ingest.batch import ingest_batch
from service.desk.queries import article_list, story_list
from service.desk.queries.article_list import list_articles, list_members
from service.desk.queries.story_filters import StoryFilters
from service.desk.queries.story_list import list_stories
from tests.desk.records import article, state, story_id

WIRE = "https://wire.example/bridge"


@pytest.fixture(autouse=True)
def ingested(db: sqlite3.Connection) -> None:
    ingest_batch(
        db,
        [
            article(WIRE),
            article("https://a.example/1", relation=Relation.SPUN, parent=WIRE, hours=1),
            article("https://b.example/1", relation=Relation.SPUN, parent=WIRE, hours=2),
            state(copies=2, hours=2),
            article("https://c.example/dam", "dam", title="Dam", hours=3),
            state("dam", url="https://c.example/dam", headline="Dam", hours=3),
        ],
        100,
    )


def hosts(db: sqlite3.Connection, filters: StoryFilters) -> str:
    return "".join(row["host"][0] for row in list_articles(db, filters).rows)


FOUND = [
    (StoryFilters(), "cbaw"),
    (StoryFilters(relation="spun"), "ba"),
    (StoryFilters(original="wire.example", relation="spun"), "ba"),
    (StoryFilters(host="wire.example", relation="spun"), ""),
    (StoryFilters(limit=1, page=2), "b"),
    (StoryFilters(until="2026-03-10T07:00:00Z"), "aw"),
]


@pytest.mark.parametrize(("filters", "expected"), FOUND)
def test_filters(db: sqlite3.Connection, filters: StoryFilters, expected: str) -> None:
    assert hosts(db, filters) == expected


@pytest.mark.parametrize(("filters", "expected"), FOUND)
def test_many_are_found_as_few_are(
    db: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
    filters: StoryFilters,
    expected: str,
) -> None:
    few = [row.id for row in list_stories(db, filters).rows]
    monkeypatch.setattr(article_list, "MOST_HITS", 1)
    monkeypatch.setattr(story_list, "MOST_HITS", 1)
    monkeypatch.setattr(story_list, "MOST_COUNTED", 1)
    assert hosts(db, filters) == expected
    found = list_stories(db, filters)
    assert [row.id for row in found.rows] == few
    assert found.total <= 1 or not filters.relation


def test_a_merged_storys_articles_are_those_of_its_target(db: sqlite3.Connection) -> None:
    merged = state(
        "dam", url="https://c.example/dam", status=StoryStatus.MERGED, merged_into="bridge"
    )
    ingest_batch(db, [merged], 100)
    found = list_members(db, story_id("bridge"), StoryFilters())
    assert [row["host"][0] for row in found.rows] == ["c", "b", "a", "w"]
    assert (found.total, found.more, found.at_least) == (4, False, False)
