"""Candidate keys to the recent articles that bear them, at 12 bytes a key.

New articles go into a small open table; full tables are sealed into sorted arrays, and sealed runs
of like size are merged (a log-structured merge tree, O'Neil and others 1996). Nothing is removed
singly: an article that has left is passed over, and a run goes when its newest article has left. So
what is found depends on the articles that count, and not on how they came to be there.
"""

from collections.abc import Iterable, Sequence
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
        # Most keys stand on one article: a list for each would keep the garbage collector busy.
        self._open: dict[int, int | list[int]] = {}
        self._open_articles = 0
        self._open_newest = 0.0
        self._runs: list[_Run] = []

    def add(self, number: int, keys: Hashes, seen: float) -> None:
        """Enter an article's keys; `seen` is its event time in seconds since the epoch."""
        self._live.set(number)
        for key in keys.tolist():
            held = self._open.get(key)
            if held is None:
                self._open[key] = number
            elif isinstance(held, int):
                self._open[key] = [held, number]
            else:
                held.append(number)
        self._open_articles += 1
        self._open_newest = max(self._open_newest, seen)
        if self._open_articles >= _OPEN_ARTICLES:
            self._seal()

    def load(self, entries: Iterable[tuple[int, Hashes, float]]) -> None:
        """Enter many articles at once: numbers, keys and event times, ascending by number."""
        numbers: list[int] = []
        keys: list[Hashes] = []
        newest = 0.0
        for number, own, seen in entries:
            self._live.set(number)
            numbers.append(number)
            keys.append(own)
            newest = max(newest, seen)
            if len(numbers) == _RUN_ARTICLES:
                self._runs.append(_run_of(numbers, keys, newest))
                numbers, keys, newest = [], [], 0.0
        if numbers:
            self._runs.append(_run_of(numbers, keys, newest))

    def discard(self, number: int) -> None:
        """Leave an article out from now on; what it takes up is freed when its run expires."""
        self._live.clear(number)

    def find(self, keys: Hashes, least_pairs: int = 2) -> list[Candidate]:
        """Articles that share `least_pairs` rare pairs or one shingle, ascending by number."""
        held = [_listed(self._open.get(key)) for key in keys.tolist()]
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
        held = [_listed(numbers) for numbers in self._open.values()]
        counts = np.array([len(numbers) for numbers in held], dtype=np.int64)
        keys = np.repeat(np.fromiter(self._open, dtype=np.uint64, count=len(held)), counts)
        numbers = np.fromiter(chain.from_iterable(held), dtype=np.uint32, count=len(keys))
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


def _run_of(numbers: Sequence[int], keys: Sequence[Hashes], newest: float) -> _Run:
    counts = [len(own) for own in keys]
    each = np.repeat(np.array(numbers, dtype=np.uint32), counts)
    return _sorted_run(np.concatenate(keys), each, len(numbers), newest)


def _sorted_run(
    keys: Hashes, numbers: npt.NDArray[np.uint32], articles: int, newest: float
) -> _Run:
    order = np.argsort(keys, kind="stable")
    return _Run(keys[order], numbers[order], articles, newest)


def _listed(numbers: int | list[int] | None) -> Sequence[int]:
    if numbers is None:
        return ()
    return (numbers,) if isinstance(numbers, int) else numbers


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
