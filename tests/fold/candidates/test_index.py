"""The candidate index, compared with a plain dictionary."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import service.fold.candidates.index as index_module
from service.contract.extracted import Signature
from service.fold.candidates.candidate import Candidate
from service.fold.candidates.index import STOP_KEY_POSTINGS, CandidateIndex, keys_of
from service.fold.state.columns import ArticleColumns
from service.text.hashing import Hashes


class Index(CandidateIndex):
    """A candidate index, and the columns of the articles in its window."""

    def __init__(self) -> None:
        self.window = ArticleColumns()
        self.numbers: set[int] = set()
        super().__init__(self.window)

    def add(self, number: int, keys: Hashes) -> None:
        self.enter(number)
        super().add(number, keys)

    def enter(self, number: int) -> None:
        self.window.add(number, 1, 0.0)
        self.numbers.add(number)

    def remove(self, number: int) -> None:
        if number in self.numbers:
            self.numbers.remove(number)
            self.window.remove(number)
        super().remove(number)


def keys(*numbers: int) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    return np.array(sorted(set(numbers)), dtype=np.uint64)


def oracle(entries: dict[int, set[int]], wanted: set[int]) -> list[Candidate]:
    load = Counter(key for held in entries.values() for key in held)
    usable = {key for key in wanted if load[key] <= index_module.STOP_KEY_POSTINGS}
    found = []
    for number, own in sorted(entries.items()):
        pairs = sum(key % 2 == 0 for key in own & usable)
        shingles = sum(key % 2 == 1 for key in own & usable)
        if pairs >= 2 or shingles:
            found.append(Candidate(number, pairs, shingles))
    return found


article_keys = st.sets(st.integers(0, 30), min_size=1, max_size=8)


@given(
    st.lists(article_keys, min_size=1, max_size=60),
    st.sets(st.integers(0, 59)),
    st.sets(st.integers(0, 30)),
    st.integers(1, 7),
    st.integers(1, 20),
    st.booleans(),
)
def test_it_finds_what_a_dictionary_finds(
    articles: list[set[int]],
    gone: set[int],
    wanted: set[int],
    sealed_at: int,
    crowded: int,
    at_once: bool,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "_MEMTABLE_ARTICLES", sealed_at)
        patch.setattr(index_module, "STOP_KEY_POSTINGS", crowded)
        index = Index()
        for number, held in enumerate(articles):
            index.add(number, keys(*held))
            if at_once and number in gone:
                index.remove(number)
        for number in gone:
            index.remove(number)
        index.expire(index.window.oldest)
        entries = {n: held for n, held in enumerate(articles) if n not in gone}
        assert list(index.find(keys(*wanted))) == oracle(entries, wanted)


@given(
    st.lists(article_keys, min_size=1, max_size=40),
    st.lists(article_keys, max_size=12),
    st.sets(st.integers(0, 51)),
    st.lists(st.sets(st.integers(0, 30)), min_size=1, max_size=4),
    st.integers(1, 20),
    st.integers(1, 6),
)
def test_prefetching_changes_no_result(
    before: list[set[int]],
    after: list[set[int]],
    removed: set[int],
    queries: list[set[int]],
    flushed_at: int,
    stop_at: int,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "_MEMTABLE_ARTICLES", flushed_at)
        patch.setattr(index_module, "STOP_KEY_POSTINGS", stop_at)
        index, plain = Index(), Index()
        for each in (index, plain):
            for number, own in enumerate(before):
                each.add(number, keys(*own))
        for number in sorted(removed)[::2]:
            index.remove(number)
            plain.remove(number)
        index.prefetch([keys(*wanted) for wanted in queries])
        for each in (index, plain):
            for number, own in enumerate(after, len(before)):
                each.add(number, keys(*own))
            for number in removed:
                each.remove(number)
        for wanted in queries:
            for least in (1, 2):
                found = list(index.find(keys(*wanted), least))
                assert found == list(plain.find(keys(*wanted), least))


def test_a_key_that_an_article_has_twice_counts_twice_in_memtable_and_segment() -> None:
    twice = np.array([2, 2], dtype=np.uint64)
    index = Index()
    index.add(1, twice)
    index.enter(2)
    index.load([(2, twice)])
    assert list(index.find(keys(2))) == [Candidate(1, 2, 0), Candidate(2, 2, 0)]


def test_one_rare_pair_is_not_enough_and_one_shingle_is() -> None:
    index = Index()
    index.add(1, keys(2, 4))
    index.add(2, keys(3))
    assert list(index.find(keys(2))) == []
    assert list(index.find(keys(2, 4))) == [Candidate(1, 2, 0)]
    assert list(index.find(keys(2, 3))) == [Candidate(2, 0, 1)]


def test_stop_keys_are_ignored_until_enough_articles_have_left() -> None:
    index = Index()
    for number in range(STOP_KEY_POSTINGS + 1):
        index.add(number, keys(1))
    assert list(index.find(keys(1))) == []
    index.remove(0)
    assert len(index.find(keys(1))) == STOP_KEY_POSTINGS


def test_segments_that_left_the_window_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_MEMTABLE_ARTICLES", 4)
    monkeypatch.setattr(index_module, "_SEGMENT_ARTICLES", 4)
    index = Index()
    for number in range(8):
        index.add(number, keys(1, 2 * number))
    before = index.nbytes
    index.expire(4)
    assert index.nbytes == before // 2
    assert [found.number for found in index.find(keys(1))] == [4, 5, 6, 7]


def test_segments_are_merged_as_they_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_MEMTABLE_ARTICLES", 2)
    index = Index()
    for number in range(64):
        index.add(number, keys(2 * number, 2 * number + 1))
    assert len(index.segments) <= 7
    assert list(index.find(keys(1, 127))) == [Candidate(0, 0, 1), Candidate(63, 0, 1)]


def test_a_key_takes_8_bytes_and_its_share_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_MEMTABLE_ARTICLES", 10)
    index = Index()
    for number in range(10):
        index.add(number, keys(*range(100 * number, 100 * number + 80)))
    assert index.segments[0].entries.nbytes == 10 * 80 * 8
    assert index.nbytes <= 10 * 80 * 10


def test_the_lowest_bit_of_a_key_separates_pairs_from_shingles_and_headlines() -> None:
    signature = Signature(exact="", words=0, rare_pairs=(7,), shingles=(10,), record="")
    assert keys_of(signature, keys(4)).tolist() == [6, 11, 5]


@pytest.mark.parametrize("prefetched", [False, True])
def test_a_stop_key_of_segments_finds_nothing_in_the_memtable(
    monkeypatch: pytest.MonkeyPatch, *, prefetched: bool
) -> None:
    monkeypatch.setattr(index_module, "_MEMTABLE_ARTICLES", 4 * STOP_KEY_POSTINGS)
    index = Index()
    for number in range(4 * STOP_KEY_POSTINGS + 3):
        index.add(number, keys(1, 3 + 2 * (number % 2)))
    index.add(4 * STOP_KEY_POSTINGS + 3, keys(7))
    assert len(index.segments) == 1
    if prefetched:
        index.prefetch([keys(1, 3, 7)])
    assert [found.number for found in index.find(keys(1, 3, 7))] == [4 * STOP_KEY_POSTINGS + 3]


def test_a_key_is_found_though_most_of_its_articles_have_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_module, "_MEMTABLE_ARTICLES", 4 * STOP_KEY_POSTINGS)
    index = Index()
    for number in range(4 * STOP_KEY_POSTINGS):
        index.add(number, keys(1, 2 * number))
    for number in range(3, 4 * STOP_KEY_POSTINGS - 2):
        index.remove(number)
    assert [found.number for found in index.find(keys(1))] == [0, 1, 2, 598, 599]


def test_postings_of_articles_that_have_left_are_gone_after_a_merger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_module, "_MEMTABLE_ARTICLES", 4)
    index = Index()
    for number in range(64):
        if number:
            index.remove(number - 1)
        index.add(number, keys(1))
    assert sum(len(segment.entries) for segment in index.segments) <= 7
    assert [found.number for found in index.find(keys(1))] == [63]
