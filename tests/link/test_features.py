"""What two texts have in common."""

import numpy as np

from service.link.features import LinkFeatures, compare_concepts, in_same_order
from service.text.concepts.stream import NAME, NUMBER, WORD
from tests.link.texts import text_of

ONE = [[(WORD, 1), (WORD, 2), (NAME, 3), (NUMBER, 4)], [(WORD, 5), (NAME, 6), (NUMBER, 7)]]
OTHER = [[(WORD, 1), (NAME, 3), (NUMBER, 4)], [(WORD, 50), (NAME, 60), (NUMBER, 7), (WORD, 51)]]


def compare(one: list[list[tuple[int, int]]], other: list[list[tuple[int, int]]]) -> LinkFeatures:
    return compare_concepts(text_of(one), text_of(other), 0)


def test_shares_are_by_kind() -> None:
    found = compare(ONE, OTHER)
    assert (found.numbers, found.long_numbers) == (1, 1)
    assert (found.names, found.long_names) == (0.5, 0.5)
    assert found.common_words == 1
    assert (found.common_names, found.common_numbers) == (1, 2)


def test_the_order_of_the_two_texts_does_not_matter() -> None:
    assert compare(ONE, OTHER) == compare(OTHER, ONE)


def test_a_kind_that_a_text_lacks_is_unknown() -> None:
    found = compare([[(WORD, 1), (WORD, 2)]], [[(WORD, 1), (WORD, 3), (NAME, 4)]])
    assert (found.names, found.numbers, found.long_numbers) == (None, None, None)
    assert found.long_names == 0


def test_light_facts_are_not_counted() -> None:
    one = text_of([[(NUMBER, 1), (NAME, 2)]], 1.0)
    found = compare_concepts(one, one, 0)
    assert (found.common_names, found.common_numbers, found.names) == (0, 0, 1)


def test_the_longest_run_in_order_counts() -> None:
    places = np.array([0, 1, 2, 3], dtype=np.int32)
    assert in_same_order(places, places + 7) == 1
    assert in_same_order(places, places[::-1].copy()) == 0.25
    assert in_same_order(places, np.array([5, 0, 6, 9], dtype=np.int32)) == 0.75
    assert in_same_order(places[:2], places[:2]) is None


def test_empty_texts_have_nothing_in_common() -> None:
    found = compare([], [])
    assert (found.cosine, found.common_weight, found.words, found.head) == (0, 0, None, 0)
