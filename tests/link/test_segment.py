"""Segments: every posting is found, whatever range of numbers a segment has."""

import numpy as np
import pytest

from service.link.segment import MOST_NUMBERS, Segment, found_among, postings, prints


@pytest.mark.parametrize("numbers", [1, 2, 17, 5_000, MOST_NUMBERS])
def test_what_is_in_a_segment_is_found_as_before_it_was_sealed(numbers: int) -> None:
    lot, first = np.random.default_rng(numbers), 3_000_000_000
    keys = lot.integers(2_000, size=6_000).astype(np.uint64)
    of = np.append(lot.integers(numbers, size=5_999), numbers - 1) + first
    sorted_postings = postings(keys, of, first)
    segment = Segment(first, first + numbers - 1, sorted_postings)
    assert segment.numbers == numbers
    query = prints(np.arange(1_500, 2_500, dtype=np.uint64))
    expected = sorted(
        (key - 1_500, number)
        for key, number in zip(keys.tolist(), of.tolist(), strict=True)
        if key >= 1_500
    )
    for found in (segment.find(query), found_among(sorted_postings, first, query)):
        assert sorted(zip(*map(np.ndarray.tolist, found), strict=True)) == expected


def test_the_postings_of_a_segment_are_those_it_was_made_of_but_for_the_dead() -> None:
    lot, first = np.random.default_rng(1), 700
    keys, of = lot.integers(500, size=4_000).astype(np.uint64), lot.integers(700, 1_000, size=4_000)
    segment = Segment(first, 999, postings(keys, of, first))
    kept = lot.random(300) < 0.5
    alive = kept.take(of - first)
    expected = postings(keys.compress(alive), of.compress(alive), 650)
    assert segment.postings(650, kept).tolist() == expected.tolist()
    everything = np.ones(300, dtype=bool)
    assert segment.postings(first, everything).tolist() == postings(keys, of, first).tolist()


def test_a_posting_takes_four_bytes_and_the_table_one_more() -> None:
    lot = np.random.default_rng(1)
    keys = lot.integers(2**63, size=80 * 4_096).astype(np.uint64)
    segment = Segment(0, 4_095, postings(keys, np.arange(4_096).repeat(80), 0))
    assert segment.nbytes <= 4.9 * len(keys)
