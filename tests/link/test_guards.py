"""What is never linked, whatever the score."""

from dataclasses import replace

import pytest

from service.link.features import compare_concepts
from service.link.guards import (
    LEAST_KEYS,
    LEAST_WORDS,
    SHORT_KEYS,
    SHORT_WORDS,
    has_facts_in_order,
    keys_needed,
    may_be_linked,
)
from service.link.story import LinkStory
from service.text.concepts.stream import NAME
from tests.link.texts import text_of, told_in

FERRY = {language: told_in(language, "ferry") for language in ("de", "es")}
PAIR = compare_concepts(text_of([[(NAME, 1)]]), text_of([[(NAME, 1)]]), 2)


def of_words(words: int) -> LinkStory:
    return replace(FERRY["de"], concepts=replace(FERRY["de"].concepts, words=words))


@pytest.mark.parametrize(
    ("one", "other", "linked"),
    [("dpa", "dpa", True), ("dpa", "efe", False), (None, "efe", True), (None, None, True)],
)
def test_two_agencies_are_no_translation(one: str | None, other: str | None, linked: bool) -> None:
    left, right = replace(FERRY["de"], agency=one), replace(FERRY["es"], agency=other)
    assert may_be_linked(left, right) is linked


def test_one_language_is_no_translation() -> None:
    assert not may_be_linked(FERRY["de"], replace(FERRY["de"], id="another"))


def test_short_texts_are_not_linked_or_need_more() -> None:
    assert not may_be_linked(of_words(LEAST_WORDS - 1), FERRY["es"])
    assert may_be_linked(of_words(LEAST_WORDS), FERRY["es"])
    assert keys_needed(of_words(SHORT_WORDS - 1), FERRY["es"]) == SHORT_KEYS
    assert keys_needed(of_words(SHORT_WORDS), of_words(SHORT_WORDS)) == LEAST_KEYS


@pytest.mark.parametrize(
    ("names", "numbers", "order", "enough"),
    [
        (0, 1, None, True),
        (2, 0, None, True),
        (1, 0, None, False),
        (2, 2, 0.4, False),
        (2, 2, 0.8, True),
    ],
)
def test_a_pair_has_facts_in_order(
    names: int, numbers: int, order: float | None, enough: bool
) -> None:
    pair = replace(PAIR, common_names=names, common_numbers=numbers, order=order)
    assert has_facts_in_order(pair) is enough
