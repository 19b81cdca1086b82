"""Sentences that are found in another text."""

import numpy as np
import pytest

from service.link.alignment import NOTHING, Alignment, SharedIds
from service.link.alignment import align as align_ids
from service.link.profile import Profile
from service.text.concepts.stream import NAME, NUMBER, WORD, Concepts
from tests.link.texts import text_of

FIRST = [(WORD, 1), (WORD, 2), (NAME, 3), (NUMBER, 4)]
SECOND = [(WORD, 5), (WORD, 6), (NAME, 7), (NUMBER, 8)]
THIRD = [(WORD, 9), (WORD, 10), (NAME, 11), (NUMBER, 12)]


def align(a: Concepts, b: Concepts) -> Alignment:
    one, other = Profile(a), Profile(b)
    _, in_one, in_other = np.intersect1d(one.ids, other.ids, return_indices=True)
    return align_ids(SharedIds(one, in_one), SharedIds(other, in_other))


def test_a_text_is_found_in_itself() -> None:
    text = text_of([FIRST, SECOND, THIRD])
    found = align(text, text)
    assert (found.soft, found.covered, found.order, found.clash) == (1, 1, 1, 0)
    assert found.partners == 3


def test_sentences_joined_or_cut_are_still_found() -> None:
    cut, joined = text_of([FIRST, SECOND]), text_of([FIRST + SECOND])
    assert align(cut, joined).covered == align(joined, cut).covered == 1


def test_another_order_shows() -> None:
    found = align(text_of([FIRST, SECOND, THIRD, FIRST]), text_of([THIRD, THIRD, SECOND, FIRST]))
    assert found.order is not None
    assert found.order < 1


def test_other_facts_in_the_same_words_clash() -> None:
    changed = [(WORD, 1), (WORD, 2), (NAME, 30), (NUMBER, 40)]
    found = align(text_of([FIRST]), text_of([changed]))
    assert (found.covered, found.clash) == (1, 1)


def test_what_cannot_be_measured_is_unknown() -> None:
    words = [[(WORD, 1), (WORD, 2)], [(WORD, 3), (WORD, 4)]]
    assert align(text_of(words), text_of(words)).clash is None
    assert align(text_of([FIRST]), text_of([THIRD])).order is None


@pytest.mark.parametrize("weight", [0.5, 3.0])
def test_an_empty_text_is_nowhere(weight: float) -> None:
    text = text_of([FIRST], weight)
    assert align(text_of([]), text) == align(text, text_of([])) == NOTHING


def test_sentences_of_little_weight_are_not_aligned() -> None:
    text = text_of([[(WORD, 1)], [(WORD, 2)]], 1.0)
    assert align(text, text) == NOTHING
