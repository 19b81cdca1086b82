"""Candidate keys to the recent articles that bear them, at 12 bytes a key.

New articles go into a small open table; full tables are sealed into sorted arrays, and sealed runs
of like size are merged (a log-structured merge tree, O'Neil and others 1996). Nothing is removed
singly: an article that has left is passed over, and a run goes when its newest article has left. So
what is found depends on the articles that count, and not on how they came to be there.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from service.events.signature import Signature
from service.story.hashing import Hashes

CROWDED = 150
"""Keys on more articles than this say nothing: they are passed over."""

_OPEN_ARTICLES = 1024
_RUN_ARTICLES = 131_072
_GROWTH = 2

_PAIR, _SHINGLE = np.uint64(0), np.uint64(1)


@dataclass(frozen=True, slots=True)
class _Run:
    """A sealed, sorted stretch of the index: keys[i] stands on article numbers[i]."""

    keys: Hashes
    numbers: npt.NDArray[np.uint32]
    articles: int
    newest: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that shares keys with the one looked up."""

    number: int
    rare_pairs: int
    shingles: int


def keys_of(signature: Signature, alone: Hashes | None = None) -> Hashes:
    """The keys of a signature; the lowest bit tells a shingle's from a pair's.

    Args:
        alone: further keys of which, as of shingles, one in common is enough.
    """
    pairs = np.array(signature.rare_pairs, dtype=np.uint64)
    shingles = np.array(signature.shingles, dtype=np.uint64)
    further = () if alone is None else (alone | _SHINGLE,)
    return np.concatenate([pairs & ~_SHINGLE, shingles | _SHINGLE, *further])


class CandidateIndex:
    """Keys of recent articles, by arrival number (0 to 2**32 - 1)."""

    def __init__(self) -> None:
        self._live = _Live()
        self._open: dict[int, list[int]] = defaultdict(list)
        self._open_articles = 0
        self._open_newest = 0.0
        self._runs: list[_Run] = []

    def add(self, number: int, keys: Hashes, seen: float) -> None:
        """Enter an article's keys; `seen` is its event time in seconds since the epoch."""
        self._live.set(number)
        for key in keys.tolist():
            self._open[key].append(number)
        self._open_articles += 1
        self._open_newest = max(self._open_newest, seen)
        if self._open_articles >= _OPEN_ARTICLES:
            self._seal()

    def discard(self, number: int) -> None:
        """Leave an article out from now on; what it takes up is freed when its run expires."""
        self._live.clear(number)

    def find(self, keys: Hashes, least_pairs: int = 2) -> list[Candidate]:
        """Articles that share `least_pairs` rare pairs or one shingle, ascending by number."""
        held = [self._open.get(key, ()) for key in keys.tolist()]
        counts = np.array([len(numbers) for numbers in held], dtype=np.int64)
        places = [np.repeat(np.arange(len(keys)), counts)]
        found = [np.fromiter(chain.from_iterable(held), dtype=np.uint32, count=counts.sum())]
        for run in self._runs:
            left = np.searchsorted(run.keys, keys, "left")
            counts = np.searchsorted(run.keys, keys, "right") - left
            places.append(np.repeat(np.arange(len(keys)), counts))
            begins = np.repeat(left - (np.cumsum(counts) - counts), counts)
            found.append(run.numbers[np.arange(len(begins)) + begins])
        place, number = np.concatenate(places), np.concatenate(found).astype(np.int64)
        live = self._live.are(number)
        place, number = place[live], number[live]
        usable = (np.bincount(place, minlength=len(keys)) <= CROWDED)[place]
        place, number = place[usable], number[usable]
        numbers, owner = np.unique(number, return_inverse=True)
        shingles = np.bincount(owner[(keys[place] & _SHINGLE) == _SHINGLE], minlength=len(numbers))
        pairs = np.bincount(owner, minlength=len(numbers)) - shingles
        chosen = (pairs >= least_pairs) | (shingles > 0)
        columns = (numbers[chosen], pairs[chosen], shingles[chosen])
        return [
            Candidate(*row) for row in zip(*(column.tolist() for column in columns), strict=True)
        ]

    def expire(self, before: float) -> None:
        """Drop the runs whose newest article was seen before this time."""
        self._runs = [run for run in self._runs if run.newest >= before]

    @property
    def nbytes(self) -> int:
        """Bytes held by the sealed runs."""
        return sum(run.keys.nbytes + run.numbers.nbytes for run in self._runs)

    @property
    def run_count(self) -> int:
        """Sealed runs."""
        return len(self._runs)

    def _seal(self) -> None:
        keys = np.fromiter(
            (key for key, found in self._open.items() for _ in found), dtype=np.uint64
        )
        numbers = np.fromiter(
            (number for found in self._open.values() for number in found), dtype=np.uint32
        )
        self._runs.append(_sorted_run(keys, numbers, self._open_articles, self._open_newest))
        self._open.clear()
        self._open_articles = 0
        self._open_newest = 0.0
        while len(self._runs) > 1 and self._should_merge(*self._runs[-2:]):
            newer, older = self._runs.pop(), self._runs.pop()
            self._runs.append(
                _sorted_run(
                    np.concatenate([older.keys, newer.keys]),
                    np.concatenate([older.numbers, newer.numbers]),
                    older.articles + newer.articles,
                    max(older.newest, newer.newest),
                )
            )

    @staticmethod
    def _should_merge(older: _Run, newer: _Run) -> bool:
        return (
            older.articles < _GROWTH * newer.articles
            and older.articles + newer.articles <= _RUN_ARTICLES
        )


def _sorted_run(
    keys: Hashes, numbers: npt.NDArray[np.uint32], articles: int, newest: float
) -> _Run:
    order = np.argsort(keys, kind="stable")
    return _Run(keys[order], numbers[order], articles, newest)


class _Live:
    """Which article numbers still count, a byte each."""

    def __init__(self) -> None:
        self._first = 0
        self._flags = np.zeros(0, dtype=bool)

    def set(self, number: int) -> None:
        """Let an article count; numbers only grow."""
        if not len(self._flags):
            self._first = number
        if number >= self._first + len(self._flags):
            begin = int(self._flags.argmax()) if self._flags.any() else len(self._flags)
            flags = np.zeros(2 * (number - self._first - begin) + 1024, dtype=bool)
            flags[: len(self._flags) - begin] = self._flags[begin:]
            self._first, self._flags = self._first + begin, flags
        self._flags[number - self._first] = True

    def clear(self, number: int) -> None:
        """Let an article count no more."""
        if self._first <= number < self._first + len(self._flags):
            self._flags[number - self._first] = False

    def are(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Which of the numbers count."""
        places = numbers - self._first
        inside = (places >= 0) & (places < len(self._flags))
        inside[inside] = self._flags[places[inside]]
        return inside
