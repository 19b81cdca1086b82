"""Features of two texts."""

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.story.compare import Features, compare
from service.story.record import TextRecord, pack, unpack
from service.story.tokens import tokenize
from tests.story.articles import told

STORIES = (
    ("ferry-ap", "original"),
    ("ferry-ap", "trimmed"),
    ("ferry-ap", "spun"),
    ("ferry-reuters", "original"),
    ("furnace", "original"),
)


def read(text: str) -> TextRecord:
    return unpack(pack(tokenize(text, "en", 3000)))


def features(a: tuple[str, str], b: tuple[str, str]) -> Features:
    return compare(read(told(*a)), read(told(*b)))


@pytest.mark.parametrize("a", STORIES)
@pytest.mark.parametrize("b", STORIES)
def test_the_order_of_the_texts_does_not_matter(a: tuple[str, str], b: tuple[str, str]) -> None:
    assert features(a, b) == features(b, a)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_texts_compare_the_same_both_ways(a: str, b: str) -> None:
    one = compare(read(a), read(b))
    assert one == compare(read(b), read(a))
    shares = [v for v in astuple(one) if isinstance(v, float)]
    assert all(-1e-6 <= share <= 1 + 1e-6 for share in shares)


@pytest.mark.parametrize("story", STORIES)
def test_one_object_twice_is_compared_as_two_that_are_equal(story: tuple[str, str]) -> None:
    text = read(told(*story))
    assert compare(text, text) == features(story, story)


def test_a_text_and_itself_have_all_in_common() -> None:
    found = features(STORIES[0], STORIES[0])
    assert found.containment == found.jaccard == found.anchors == found.length_ratio == 1
    assert found.all_names == found.all_numbers == 1


def test_a_trimmed_text_is_contained() -> None:
    found = features(("ferry-ap", "original"), ("ferry-ap", "trimmed"))
    assert found.containment > 0.95
    assert found.jaccard < 0.8


def test_a_spun_text_keeps_facts_and_not_phrases() -> None:
    found = features(("ferry-ap", "original"), ("ferry-ap", "spun"))
    assert found.containment < 0.15
    assert found.all_numbers > 0.6
    assert found.anchors > 0.2


def test_another_report_of_the_event_shares_some_names_only() -> None:
    found = features(("ferry-ap", "original"), ("ferry-reuters", "original"))
    assert found.containment < 0.05
    assert found.anchors < 0.1
    assert found.all_names > 0.2
