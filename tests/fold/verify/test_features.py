"""Features of a pair of texts."""

from dataclasses import astuple, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.fold.verify.features import Features, compare
from service.fold.verify.text_record import TextRecord, unpack
from service.text.packed import pack
from service.text.tokens import tokenize
from tests.fold.articles import text_of

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
    return compare(read(text_of(*a)), read(text_of(*b)))


@pytest.mark.parametrize("a", STORIES)
@pytest.mark.parametrize("b", STORIES)
def test_the_order_of_two_stories_does_not_matter(a: tuple[str, str], b: tuple[str, str]) -> None:
    assert features(a, b) == features(b, a)


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_order_of_any_texts_does_not_matter(a: str, b: str) -> None:
    one = compare(read(a), read(b))
    assert one == compare(read(b), read(a))
    shares = [v for v in astuple(replace(one, rarity=0.0)) if isinstance(v, float)]
    assert all(-1e-6 <= share <= 1 + 1e-6 for share in shares)


@pytest.mark.parametrize("story", STORIES)
def test_an_object_and_itself_have_the_features_of_two_equal_ones(story: tuple[str, str]) -> None:
    text = read(text_of(*story))
    assert compare(text, text) == features(story, story)


def test_a_text_and_itself_have_everything_in_common() -> None:
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
    assert (found.all_numbers or 0.0) > 0.6
    assert found.anchors > 0.2


def test_another_report_of_the_event_shares_only_some_names() -> None:
    found = features(("ferry-ap", "original"), ("ferry-reuters", "original"))
    assert found.containment < 0.05
    assert found.anchors < 0.1
    assert (found.all_names or 0.0) > 0.2


def test_a_text_without_numbers_says_nothing_about_numbers() -> None:
    plain = "The mayor of Eden Crossing said that thieves had emptied the barrels of maple syrup."
    found = compare(read(plain + " " + plain), read(plain))
    assert found.numbers is found.all_numbers is found.number_order is None
    assert found.names == found.all_names == 1
