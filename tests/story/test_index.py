"""The candidate index against a plain dictionary."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import service.story.index as index_module
from service.events.signature import Signature
from service.story.index import CROWDED, Candidate, CandidateIndex, keys_of


def keys(*numbers: int) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    return np.array(sorted(set(numbers)), dtype=np.uint64)


def oracle(entries: dict[int, set[int]], wanted: set[int]) -> list[Candidate]:
    load = Counter(key for held in entries.values() for key in held)
    usable = {key for key in wanted if load[key] <= CROWDED}
    found = []
    for number, held in sorted(entries.items()):
        pairs = sum(key % 2 == 0 for key in held & usable)
        shingles = sum(key % 2 == 1 for key in held & usable)
        if pairs >= 2 or shingles:
            found.append(Candidate(number, pairs, shingles))
    return found


article_keys = st.sets(st.integers(0, 30), min_size=1, max_size=8)


@given(
    st.lists(article_keys, min_size=1, max_size=60),
    st.sets(st.integers(0, 59)),
    st.sets(st.integers(0, 30)),
    st.integers(1, 7),
)
def test_it_finds_what_a_dictionary_finds(
    articles: list[set[int]], gone: set[int], wanted: set[int], sealed_at: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "_OPEN_ARTICLES", sealed_at)
        index = CandidateIndex()
        for number, held in enumerate(articles):
            index.add(number, keys(*held))
        for number in gone:
            index.discard(number)
        entries = {n: held for n, held in enumerate(articles) if n not in gone}
        assert index.find(keys(*wanted)) == oracle(entries, wanted)


@given(
    st.lists(article_keys, min_size=1, max_size=40),
    st.lists(article_keys, max_size=12),
    st.sets(st.integers(0, 51)),
    st.lists(st.sets(st.integers(0, 30)), min_size=1, max_size=4),
    st.integers(1, 20),
    st.integers(1, 6),
)
def test_looking_ahead_changes_no_answer(
    before: list[set[int]],
    after: list[set[int]],
    gone: set[int],
    asked: list[set[int]],
    sealed_at: int,
    crowded: int,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "_OPEN_ARTICLES", sealed_at)
        patch.setattr(index_module, "CROWDED", crowded)
        index, plain = CandidateIndex(), CandidateIndex()
        for each in (index, plain):
            for number, held in enumerate(before):
                each.add(number, keys(*held))
        for number in sorted(gone)[::2]:
            index.discard(number)
            plain.discard(number)
        index.look_ahead([keys(*wanted) for wanted in asked])
        for each in (index, plain):
            for number, held in enumerate(after, len(before)):
                each.add(number, keys(*held))
            for number in gone:
                each.discard(number)
        for wanted in asked:
            for least in (1, 2):
                assert index.find(keys(*wanted), least) == plain.find(keys(*wanted), least)


def test_a_key_that_an_article_bears_twice_counts_twice_open_or_sealed() -> None:
    twice = np.array([2, 2], dtype=np.uint64)
    index = CandidateIndex()
    index.add(1, twice)
    index.load([(2, twice)])
    assert index.find(keys(2)) == [Candidate(1, 2, 0), Candidate(2, 2, 0)]


def test_one_rare_pair_is_not_enough_and_one_shingle_is() -> None:
    index = CandidateIndex()
    index.add(1, keys(2, 4))
    index.add(2, keys(3))
    assert index.find(keys(2)) == []
    assert index.find(keys(2, 4)) == [Candidate(1, 2, 0)]
    assert index.find(keys(2, 3)) == [Candidate(2, 0, 1)]


def test_crowded_keys_are_passed_over_until_enough_articles_have_left() -> None:
    index = CandidateIndex()
    for number in range(CROWDED + 1):
        index.add(number, keys(1))
    assert index.find(keys(1)) == []
    index.discard(0)
    assert len(index.find(keys(1))) == CROWDED


def test_runs_that_left_the_window_are_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_OPEN_ARTICLES", 4)
    monkeypatch.setattr(index_module, "_RUN_ARTICLES", 4)
    index = CandidateIndex()
    for number in range(8):
        index.add(number, keys(1, 2 * number))
    before = index.nbytes
    index.expire(4)
    assert index.nbytes == before // 2
    assert [found.number for found in index.find(keys(1))] == [4, 5, 6, 7]


def test_runs_are_merged_as_they_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_OPEN_ARTICLES", 2)
    index = CandidateIndex()
    for number in range(64):
        index.add(number, keys(2 * number, 2 * number + 1))
    assert index.run_count <= 7
    assert index.find(keys(1, 127)) == [Candidate(0, 0, 1), Candidate(63, 0, 1)]


def test_a_key_takes_8_bytes_and_its_share_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_OPEN_ARTICLES", 10)
    index = CandidateIndex()
    for number in range(10):
        index.add(number, keys(*range(100 * number, 100 * number + 80)))
    assert index.runs[0].entries.nbytes == 10 * 80 * 8
    assert index.nbytes <= 10 * 80 * 10


def test_pairs_shingles_and_further_keys_are_told_by_their_lowest_bit() -> None:
    signature = Signature(exact="", words=0, rare_pairs=(7,), shingles=(10,), record="")
    assert keys_of(signature, keys(4)).tolist() == [6, 11, 5]
