import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contract.outcome import Rejected, RejectionReason
from service.read.page.limits import Limits, check_markup, check_tree, long_stretches
from service.read.page.parse import parse_markup
from tests.read.page.pages import news_page

LIMITS = Limits(tag_attributes=500, tag_bytes=20_000, nodes=100)


def attributes(count: int) -> str:
    return " ".join(f'data-a{i}="value of it"' for i in range(count))


@pytest.mark.parametrize(
    "tag",
    [
        f"<div {attributes(501)}>",
        f"<DIV\n{attributes(501)}/>",
        "<p " + "a" * 20_000 + ">",
        "<p style='" + "a" * 20_000,
        f"<a title='>' href=x {attributes(600)}>",
    ],
    ids=["attributes", "upper case", "one long name", "a quote never closed", "a quoted bracket"],
)
def test_outsize_tags_are_refused(tag: str) -> None:
    with pytest.raises(Rejected) as outcome:
        check_markup(news_page(after=tag), LIMITS)
    assert outcome.value.reason is RejectionReason.TOO_COMPLEX


@pytest.mark.parametrize(
    "part",
    [
        f"<div {attributes(400)}>x</div>",
        f"<div data-state='{'a=1 ' * 4_000}'>x</div>",
        f"<script>for(i=0;i<n.length;i++){{{'a = b = c ' * 4_000}}}</script>",
        "a < b " * 900,
        "word " * 10_000,
    ],
    ids=["many attributes", "settings in an attribute", "a script", "comparisons", "a long text"],
)
def test_what_real_pages_hold_passes(part: str) -> None:
    check_markup(news_page(after=part), LIMITS)


def test_trees_are_counted() -> None:
    check_tree(parse_markup(news_page()), LIMITS)
    with pytest.raises(Rejected, match="over 100"):
        check_tree(parse_markup(news_page(after="<b>x</b>" * 100)), LIMITS)


@given(st.text("<ab1 é", max_size=60), st.integers(0, 8))
def test_stretches_are_those_that_a_pattern_finds(text: str, short: int) -> None:
    first = re.match(f"[^<]{{{short + 1}}}", text)
    rest = re.finditer(f"<(?=[a-zA-Z])[^<]{{{short + 1}}}", text)
    expected = [0] * bool(first) + [stretch.start() + 1 for stretch in rest]
    assert list(long_stretches(text, short)) == expected
