"""What holds for any text whatever."""

from hypothesis import given
from hypothesis import strategies as st

from service.read.attribution import attribute
from tests.read.attribution.articles import article

LINES = """
AP|Reuters|(AP)|(Reuters) -|dpa|新华社|BERLIN|, |Jan 1|—|--|/|by|Von|. |(|)|[|=|©|2017|Copyright
contributed to this report.|UPDATE 1-|(Adds details)|The road|told AFP| |With files from|Quelle:
"""
PIECES = st.sampled_from(["\n", "\n\n", *LINES.strip().replace("\n", "|").split("|")])
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join)


@given(text=TEXTS, title=TEXTS, credit=TEXTS)
def test_attribution_never_fails_and_its_spans_hold(text: str, title: str, credit: str) -> None:
    page = article(text, title=title, credits=(("byline", credit), ("canonical", credit)))
    result = attribute(page)
    sources = {"text": result.body, "byline": credit, "canonical": credit}
    for item in result.wire.evidence:
        if item.span is not None and item.where in sources:
            start, end = item.span
            assert 0 <= start < end <= len(sources[item.where])
    assert 0 <= result.wire.confidence <= 1
    assert (result.wire.agency is None) == (result.wire.agencies == ())
    assert result.wire.confidence == 0 or result.wire.agency is not None


@given(text=TEXTS)
def test_attribution_is_a_function_of_the_article(text: str) -> None:
    assert attribute(article(text)) == attribute(article(text))


@given(text=TEXTS)
def test_the_core_holds_nothing_that_the_body_does_not(text: str) -> None:
    result = attribute(article(text))
    words = result.body.split()
    assert all(word in result.body for word in result.core.split())
    assert len(result.core.split()) <= len(words) + 1
    assert len(result.body) <= len(text)


def test_long_and_hostile_texts_come_back() -> None:
    for piece in ("(", "AP, ", "AP/", "Paris, Jan 1 ", "1. ", " ", "\n", "By ", "(Adds ", "新华社"):
        text = piece * (200_000 // len(piece))
        page = article(text, title=text, credits=(("byline", text[:200]), ("canonical", text)))
        assert attribute(page).wire.confidence <= 1
