"""What is typed into the search box becomes filters and words."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contract.identity import article_uri
from service.contract.story import Relation
from service.desk.ingest.batch import ingest_batch
from service.desk.queries.search_box import apply_typed, parse_typed
from service.desk.queries.story_filters import StoryFilters
from service.desk.queries.story_list import list_stories
from tests.desk.records import article, state, story_id

WIRE, FARM = "https://wire.example/bridge", "https://www.farm.example/bridge/"
ID = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("text", "filters", "words"),
    [
        ("bridge harbour", {}, "bridge harbour"),
        ("host:Farm.example bridge", {"host": "Farm.example"}, "bridge"),
        ("relation:spun lang:en", {"relation": "spun", "language": "en"}, ""),
        ("relation:copy status:Withdrawn", {"relation": "copy", "status": "withdrawn"}, ""),
        ("relation:nonsense", {}, "relation:nonsense"),
        ("status:merged", {}, "status:merged"),
        ('agency:"Associated Press"', {"agency": "ap"}, ""),
        ("agency:AP agency:none", {"agency": "none"}, ""),
        ('by:"Ines Rovira" tram', {"by": "Ines Rovira"}, "tram"),
        ("since:2026-03-10 until:2026-03-11", {"since": "2026-03-10", "until": "2026-03-11"}, ""),
        ("since:yesterday", {}, "since:yesterday"),
        ('"host:a.example"', {}, '"host:a.example"'),
        ("mayor: no", {}, "mayor: no"),
        (ID, {"id": ID}, ""),
        (f"urn:copydesk:story:{ID}", {"id": f"urn:copydesk:story:{ID}"}, ""),
        ("https://a.example/b?c=d", {"id": "https://a.example/b?c=d"}, ""),
        ("a.example/b", {"id": "a.example/b"}, ""),
    ],
)
def test_names_and_values(text: str, filters: dict[str, str], words: str) -> None:
    typed = parse_typed(text)
    assert (dict(typed.filters), typed.words) == (filters, words)


@given(st.text(max_size=80))
def test_any_text_is_filters_and_words(text: str) -> None:
    typed = parse_typed(text)
    assert StoryFilters.from_query({**typed.filters}).q == ""


@pytest.fixture(autouse=True)
def ingested(db: sqlite3.Connection) -> None:
    ingest_batch(
        db,
        [
            article(WIRE, by="Ines Rovira, Jón Þór"),
            article(FARM, relation=Relation.SPUN, parent=WIRE, hours=30, by="Ana Farm"),
            state(copies=1, hours=30),
            article("https://c.example/dam", "dam", text="Muddy node.js water.", hours=9),
            state("dam", url="https://c.example/dam", headline="Dam", hours=9),
        ],
        100,
    )


def found(db: sqlite3.Connection, typed: str) -> list[str]:
    filters = apply_typed(db, StoryFilters(q=typed))
    return [row.id for row in list_stories(db, filters).rows]


BRIDGE, DAM = story_id("bridge"), story_id("dam")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("farm.example", [BRIDGE]),
        ("www.wire.example", [BRIDGE]),
        ("host:farm.example relation:spun", [BRIDGE]),
        ("host:wire.example relation:spun", []),
        ("original:wire.example relation:spun", [BRIDGE]),
        ("node.js", [DAM]),
        ("by:rovira", [BRIDGE]),
        ('by:"jon þor"', [BRIDGE]),
        ("by:rovira by:nobody", []),
        ("rovira", [BRIDGE]),
        (FARM, [BRIDGE]),
        ("http://farm.example/bridge?utm_source=x#top", [BRIDGE]),
        ("farm.example/bridge", [BRIDGE]),
        ("farm.example/other", []),
        (article_uri(FARM), [BRIDGE]),
        (article_uri(FARM)[-32:], [BRIDGE]),
        (BRIDGE, [BRIDGE]),
        (BRIDGE[-32:], [BRIDGE]),
        ("since:2026-03-11", [BRIDGE]),
        ("until:2026-03-10", [BRIDGE, DAM]),
        ("since:2026-03-10T14:00 until:2026-03-10", [DAM]),
        ("since:2026-03-12", []),
    ],
)
def test_what_is_found(db: sqlite3.Connection, typed: str, expected: list[str]) -> None:
    assert sorted(found(db, typed)) == sorted(expected)


def test_an_event_is_found_by_its_id(db: sqlite3.Connection) -> None:
    (event_id,) = db.execute("SELECT event_id FROM articles WHERE host = 'c.example'").fetchone()
    assert found(db, event_id) == [DAM]


def test_the_list_counts_hits_and_pages(db: sqlite3.Connection) -> None:
    page = list_stories(db, StoryFilters(limit=1))
    assert (page.total, page.pages, page.more, page.at_least) == (2, 2, True, False)
