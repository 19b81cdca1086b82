"""The list of stories: filters, search and order."""

import sqlite3

import pytest

from service.contract.story import Relation, StoryStatus
from service.desk.ingest.batch import ingest_batch
from service.desk.queries.story_filters import StoryFilters
from service.desk.queries.story_list import PAGE, list_stories, most_copied
from tests.desk.records import article, state

BRIDGE, DAM, PUENTE = "Harbour bridge reopens", "Old dam leaks", "El puente reabre"


@pytest.fixture(autouse=True)
def ingested(db: sqlite3.Connection) -> None:
    wire, farm = "https://wire.example/bridge", "https://farm.example/bridge"
    ingest_batch(
        db,
        [
            article(wire, title=BRIDGE, agency="ap"),
            article(
                farm,
                title="The bridge of the harbour opens anew",
                text="The crossing at Port Alder is open again, after pair of years.",
                relation=Relation.SPUN,
                parent=wire,
                hours=3,
                flags=["truncated"],
            ),
            article("https://b.example/bridge", relation=Relation.VERBATIM, parent=wire, hours=5),
            state(headline=BRIDGE, copies=2, agency="ap", hours=5),
            article("https://c.example/dam", "dam", title=DAM, text="Muddy water.", hours=9),
            state("dam", url="https://c.example/dam", headline=DAM, hours=9),
            article(
                "https://e.example/puente",
                "puente",
                title=PUENTE,
                text="La gente cruzó.",
                language="es",
                hours=1,
            ),
            state(
                "puente",
                url="https://e.example/puente",
                headline=PUENTE,
                language="es",
                hours=1,
                agency="efe",
            ),
        ],
        100,
    )


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (StoryFilters(), [DAM, BRIDGE, PUENTE]),
        (StoryFilters(sort="copied"), [BRIDGE, DAM, PUENTE]),
        (StoryFilters(agency="ap"), [BRIDGE]),
        (StoryFilters(agency="none"), [DAM]),
        (StoryFilters(language="es"), [PUENTE]),
        (StoryFilters(relation="spun"), [BRIDGE]),
        (StoryFilters(relation="translated"), []),
        (StoryFilters(host="farm.example"), [BRIDGE]),
        (StoryFilters(host="FARM.example"), [BRIDGE]),
        (StoryFilters(flag="truncated"), [BRIDGE]),
        (StoryFilters(copies="1"), [BRIDGE]),
        (StoryFilters(q="crossing"), [BRIDGE]),
        (StoryFilters(q="cruzo"), [PUENTE]),
        (StoryFilters(q="muddy bridge"), []),
        (StoryFilters(q="()"), []),
        # Of one and the same article: the spun copy is not the one on b.example.
        (StoryFilters(relation="spun", host="b.example"), []),
        (StoryFilters(relation="spun", host="farm.example", q="crossing"), [BRIDGE]),
        (StoryFilters(page=2), []),
    ],
)
def test_filters(db: sqlite3.Connection, filters: StoryFilters, expected: list[str]) -> None:
    assert [row.headline for row in list_stories(db, filters).rows] == expected


def test_a_row_summarises_the_storys_articles(db: sqlite3.Connection) -> None:
    (row,) = list_stories(db, StoryFilters(agency="ap", q="crossing")).rows
    assert sorted(row.relations) == [("spun", 1), ("verbatim", 1)]
    assert [time[11:13] for time in row.times] == ["06", "09", "11"]
    assert row.snippet is not None
    assert "\x02crossing\x03" in row.snippet


def test_a_merged_story_is_one_with_its_target(db: sqlite3.Connection) -> None:
    merged = state("dam", status=StoryStatus.MERGED, merged_into="bridge", headline=DAM)
    ingest_batch(db, [merged], 100)
    found = list_stories(db, StoryFilters(q="muddy"))
    assert [row.headline for row in found.rows] == [BRIDGE]


def test_most_copied_are_those_with_copies(db: sqlite3.Connection) -> None:
    assert [row.headline for row in most_copied(db)] == [BRIDGE]


def test_pages_hold_every_story_once(db: sqlite3.Connection) -> None:
    records = [state(f"s{n}", headline=f"s{n}", hours=n % 3) for n in range(2 * PAGE)]
    ingest_batch(db, records, 1000)
    seen, page = list[str](), 1
    while True:
        found = list_stories(db, StoryFilters(page=page))
        seen += [row.id for row in found.rows]
        if not found.more:
            break
        page += 1
    assert len(seen) == len(set(seen)) == 2 * PAGE + 3
