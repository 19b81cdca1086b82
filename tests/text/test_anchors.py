"""Anchors, and pairs of anchors close to each other."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.text.anchors import WINDOW, anchor_pairs, close_pairs, is_anchor
from service.text.tokens import NAME, NUMBER, PLAIN


def test_numbers_rare_words_and_names_are_anchors() -> None:
    zipf = np.array([3.0, 3.0, 6.0, 5.0, 6.5], dtype=np.float32)
    kinds = np.array([NUMBER, PLAIN, PLAIN, NAME, NAME], dtype=np.uint8)
    assert is_anchor(zipf, kinds).tolist() == [True, True, False, True, False]


def pairs(ids: list[int], anchors: list[bool]) -> int:
    return len(anchor_pairs(np.array(ids, dtype=np.uint64), np.array(anchors)))


def test_each_pair_in_reach_counts_once_in_either_order() -> None:
    assert pairs([1, 2, 3], [True] * 3) == 3
    assert pairs([1, 2, 1, 2], [True] * 4) == 1
    assert pairs([1, 2, 3], [True, False, True]) == 1
    assert pairs([1], [True]) == 0


def test_anchors_too_far_apart_are_no_pair() -> None:
    def apart(distance: int) -> int:
        ids = [1, *range(100, 99 + distance), 2]
        return pairs(ids, [True] + [False] * (distance - 1) + [True])

    assert apart(WINDOW) == 1
    assert apart(WINDOW + 1) == 0


@given(st.sets(st.integers(0, 200), max_size=40))
def test_close_pairs_finds_every_pair(places: set[int]) -> None:
    ordered = sorted(places)
    first, second = close_pairs(np.array(ordered, dtype=np.int64))
    expected = [
        (i, j) for i, j in combinations(range(len(ordered)), 2) if ordered[j] - ordered[i] <= WINDOW
    ]
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == expected
