import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.read.page.structured_data import Facts, read_blocks
from tests.read.page.pages import TITLE, news_page, read

ARTICLE = {"@type": "NewsArticle", "headline": "Harbour reopens after storm", "author": "Ada Quist"}
GOOD = json.dumps(ARTICLE)

MALFORMED = {
    "trailing comma": GOOD[:-1] + ",}",
    "trailing comma in array": "[" + GOOD + ",]",
    "HTML comment": f"<!-- {GOOD} -->",
    "CDATA": f"//<![CDATA[\n{GOOD}\n//]]>",
    "control characters": GOOD.replace("after", "after\x01\x1f"),
    "line break in a string": GOOD.replace("after storm", "after\nstorm"),
    "tab in a string": GOOD.replace("after storm", "after\tstorm"),
    "semicolon": GOOD + ";",
    "byte order mark": "\ufeff" + GOOD,
    "stray backslash": GOOD.replace("storm", "storm\\'s").replace("storm\\'s", "storm\\_"),
    "missing comma": GOOD.replace('", "author"', '"\n "author"'),
    "two values": GOOD + GOOD,
    "escaped quotes": GOOD.replace('"', "&quot;"),
}


@pytest.mark.parametrize("block", MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_blocks_are_mended(block: str) -> None:
    facts = Facts(read_blocks([block], 100_000))
    assert (facts.text("headline") or "").startswith("Harbour reopens after")
    assert facts.texts("author") == ["Ada Quist"]


@pytest.mark.parametrize(
    "blocks",
    [
        [json.dumps([{"@type": "WebSite", "name": "x"}, ARTICLE])],
        [json.dumps({"@context": "x", "@graph": [{"@type": "Organization"}, ARTICLE]})],
        ["{broken", json.dumps({"@type": "BreadcrumbList"}), GOOD],
        [json.dumps({"@type": "WebPage", "headline": "The page", "mainEntity": ARTICLE})],
        [json.dumps({**ARTICLE, "@type": ["Thing", "http://schema.org/NewsArticle"]})],
    ],
    ids=["array", "graph", "several blocks", "main entity", "several types"],
)
def test_the_article_is_found_among_other_nodes(blocks: list[str]) -> None:
    assert Facts(read_blocks(blocks, 100_000)).text("headline") == "Harbour reopens after storm"


def test_authors_named_by_reference_are_resolved() -> None:
    graph = {
        "@graph": [
            {**ARTICLE, "author": {"@id": "#a"}},
            {"@id": "#a", "@type": "Person", "name": "B C"},
        ]
    }
    (found,) = Facts(read_blocks([json.dumps(graph)], 100_000)).people("author")
    assert (found.name, found.kind) == ("B C", "person")


@pytest.mark.parametrize(
    "block", ["[" * 100_000, '{"a":' * 100_000, "", "null", "7", '"x"', "{}" * 9]
)
def test_hopeless_blocks_leave_the_page_readable(block: str) -> None:
    page = news_page(head=f'<script type="application/ld+json">{block}</script>')
    assert read(page).title == TITLE


def test_a_block_over_the_limit_is_skipped() -> None:
    assert read_blocks([GOOD], len(GOOD) - 1) == []


NAMES = st.sampled_from(["@graph", "@type", "@id", "author", "headline", "name", "x"])
VALUES = st.recursive(
    st.none() | st.text() | st.floats() | st.booleans(),
    lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner),
)


@given(VALUES)
def test_no_value_breaks_the_questions(value: object) -> None:
    facts = Facts(read_blocks([json.dumps(value)], 100_000))
    assert facts.text("headline") is None or isinstance(facts.text("headline"), str)
    assert isinstance(facts.people("author"), list)
    assert isinstance(facts.types, set)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"cut \ud83d", "cut \ufffd"),
        (r"\ude00 cut", "\ufffd cut"),
        (r"whole \ud83d\ude00", "whole \U0001f600"),
        (r"\ud83d\ud83d\ude00", "\ufffd\U0001f600"),
        (r"no escape \\ud83d", r"no escape \ud83d"),
    ],
)
def test_half_a_character_is_replaced(written: str, read: str) -> None:
    block = f'{{"headline": "{written}"}}'
    (node,) = read_blocks([block], limit=1000)
    assert node["headline"] == read
    # Also where the block needs mending for another reason, or ends in something else.
    (node,) = read_blocks([block[:-1] + ",} ;;"], limit=1000)
    assert node["headline"] == read
