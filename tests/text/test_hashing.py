"""Hashes of pairs and sequences."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.text.hashing import mix, pair_hashes, shingle_hashes, smallest

values = st.lists(st.integers(0, 2**64 - 1), max_size=40)


def array(numbers: list[int]) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    return np.array(numbers, dtype=np.uint64)


@given(values)
def test_mixing_keeps_values_apart(numbers: list[int]) -> None:
    assert len(set(mix(array(numbers)).tolist())) == len(set(numbers))


@given(values, values)
def test_a_pair_has_no_order(left: list[int], right: list[int]) -> None:
    count = min(len(left), len(right))
    one, other = array(left[:count]), array(right[:count])
    assert pair_hashes(one, other).tolist() == pair_hashes(other, one).tolist()


@given(values, st.integers(1, 6))
def test_the_hash_of_a_sequence_depends_on_its_words_and_their_order(
    numbers: list[int], length: int
) -> None:
    runs = shingle_hashes(array(numbers), length).tolist()
    tuples = [tuple(numbers[i : i + length]) for i in range(len(numbers) - length + 1)]
    assert len(runs) == len(tuples)
    assert len(set(zip(runs, tuples, strict=True))) == len(set(tuples)) == len(set(runs))


@given(values, st.integers(0, 20))
def test_the_smallest_are_distinct_ascending_and_few(numbers: list[int], count: int) -> None:
    assert smallest(array(numbers), count).tolist() == sorted(set(numbers))[:count]
