"""The candidate index: from keys to the articles in the window that have them, about 8 bytes a key.

It is a log-structured merge tree (O'Neil and others 1996). New articles go into a small memtable.
A full memtable becomes a sealed, sorted segment, and neighbouring segments of similar size are
merged. Deletions are not written: postings of articles that have left the window are skipped, left
out when segments are merged, and a segment is dropped when all its articles have left. So the
result of a look-up depends on the articles in the window alone, not on when segments were written
or merged.

Of a story with very many copies, most are not in the index (see
`service.fold.state.indexed_members`). Spam still makes keys that tens of thousands of articles of
different stories have. Such a key is a stop key, and that is known as soon as a few more postings
than the limit are found: no look-up reads them all.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from service.contract.extracted import Signature
from service.fold.candidates.candidate import SHINGLE, Candidates, Numbers, counted
from service.fold.candidates.memtable import Memtable, as_list
from service.fold.candidates.segment import (
    SEGMENT_ARTICLES,
    Found,
    Segment,
    fingerprints,
    look_up,
    merged,
)
from service.text.hashing import Hashes

STOP_KEY_POSTINGS = 150
"""Keys with more postings than this are ignored (stop keys)."""

LEAST_PAIRS = 2
"""Shared rare pairs that make a candidate of an article that shares no shingle."""

_MEMTABLE_ARTICLES = 1024
_SEGMENT_ARTICLES = SEGMENT_ARTICLES
_GROWTH = 2
"""Two neighbouring segments are merged unless the older one is this many times the newer one."""

_LOADED = 8192
"""Articles that are loaded into one segment; their keys are held twice meanwhile."""

_REMOVED_AT_MOST = 4096
"""Articles that may leave the window before prefetched results are dropped."""

_NUMBER_SIZE = 32
_NUMBER = (1 << _NUMBER_SIZE) - 1
_NO_KEYS = np.empty(0, dtype=np.uint64)


class Alive(Protocol):
    """Knows which articles are in the window."""

    def are_alive(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return which of the numbers are those of articles in the window."""


def keys_of(signature: Signature, alone: Hashes | None = None) -> Hashes:
    """Return the keys of a signature; the lowest bit is 1 for a shingle and 0 for a pair.

    Args:
        alone: further keys of which, as of shingles, one in common is enough.
    """
    further = () if alone is None else alone.tolist()
    keys = np.array([*signature.rare_pairs, *signature.shingles, *further], dtype=np.uint64)
    keys |= SHINGLE
    keys[: len(signature.rare_pairs)] ^= SHINGLE
    return keys


class CandidateIndex:
    """Keys of recent articles, by article number (0 to 2**32 - 1, growing).

    Attributes:
        memtable: the part that is not sealed yet, with the newest articles.
    """

    def __init__(self, articles: Alive) -> None:
        """Start empty.

        Args:
            articles: the articles in the window; postings of others are skipped.
        """
        self._articles = articles
        self.memtable = Memtable()
        self._segments: list[Segment] = []
        self._prefetched: dict[bytes, _Prefetched] = {}
        self._removed: set[int] = set()
        self._oldest = 0

    def add(self, number: int, keys: Hashes) -> None:
        """Add an article's keys; its number is higher than all before."""
        held = self.memtable.numbers
        if held and number - held[0] >= _SEGMENT_ARTICLES:
            self._flush()
        self.memtable.add(number, keys)
        if len(self.memtable.numbers) >= _MEMTABLE_ARTICLES:
            self._flush()

    def load(self, entries: Iterable[tuple[int, Hashes]]) -> None:
        """Add many articles at once: numbers and keys, ascending by number."""
        numbers: list[int] = []
        keys: list[Hashes] = []
        for number, own in entries:
            if numbers and (len(numbers) >= _LOADED or number - numbers[0] >= _SEGMENT_ARTICLES):
                self._append(_segment_of(numbers, keys))
                numbers, keys = [], []
            numbers.append(number)
            keys.append(own)
        if numbers:
            self._append(_segment_of(numbers, keys))

    def add_segment(self, segment: Segment) -> None:
        """Add a segment as it is; its articles come after those that are here."""
        self._prefetched = {}
        self._segments.append(segment)

    def remove(self, number: int) -> None:
        """Remove an article from the memtable; in segments it is only skipped from now on."""
        self.memtable.remove(number)
        if self._prefetched:
            self._removed.add(number)
            if len(self._removed) > _REMOVED_AT_MOST:
                self._prefetched = {}

    def find(self, keys: Hashes, least_pairs: int = LEAST_PAIRS) -> Candidates:
        """Return the articles that share `least_pairs` rare pairs or one shingle, ascending by
        number."""
        listed = keys.tolist()
        newest = [
            (place, as_list(postings))
            for place, postings in enumerate(map(self.memtable.postings.get, listed))
            if postings is not None
        ]
        ahead = self._prefetched.get(keys.tobytes()) if least_pairs == LEAST_PAIRS else None
        most = max((len(numbers) for _, numbers in newest), default=0)
        if ahead is not None and ahead.postings + most <= STOP_KEY_POSTINGS:
            # An article is in a segment or in the memtable, and those in the memtable are newer.
            found = ahead.found.without(self._removed)
            if not newest:
                return found
            positions, added = _as_arrays(newest)
            return found.followed_by(counted(added, keys.take(positions), least_pairs))
        counts = np.zeros(len(keys), dtype=np.int64)
        for row, numbers in newest:
            counts[row] = len(numbers)
        in_segments = None if ahead is None else ahead.in_segments
        position, number, counts = self.find_in_segments(keys, counts, in_segments)
        newest = [each for each in newest if counts[each[0]] <= STOP_KEY_POSTINGS]
        if newest:
            positions, added = _as_arrays(newest)
            position = np.concatenate([position, positions])
            number = np.concatenate([number, added])
        return counted(number, keys.take(position), least_pairs)

    def find_in_segments(
        self, keys: Hashes, counts: Numbers, found: Found | None = None
    ) -> tuple[Numbers, Numbers, Numbers]:
        """Return the postings in segments of the keys that are no stop keys, as positions of keys
        and article numbers; and how many postings each key has in segments and memtable: of a stop
        key, more than the limit.

        Args:
            counts: postings of each key in the memtable.
            found: the result of looking the keys up in the segments, if there is one.
        """
        if found is None:
            wanted = (counts <= STOP_KEY_POSTINGS).nonzero()[0]
            found = self.look_up(keys.take(wanted))
            found = Found(wanted.take(found.position), found.number, wanted.take(found.cut))
        position, number = self._alive(found.position, found.number)
        total = counts + np.bincount(position, minlength=len(keys))
        # If so many of a key's newest postings are of articles that have left, all are needed.
        again = found.cut[total.take(found.cut) <= STOP_KEY_POSTINGS]
        if len(again):
            rest = look_up(self._segments, fingerprints(keys.take(again)))
            added, numbers = self._alive(again.take(rest.position), rest.number)
            others = np.isin(position, again, invert=True)
            position = np.concatenate([position.compress(others), added])
            number = np.concatenate([number.compress(others), numbers])
            total = counts + np.bincount(position, minlength=len(keys))
        usable = total <= STOP_KEY_POSTINGS
        if not usable.all():
            usable = usable.take(position)
            position, number = position.compress(usable), number.compress(usable)
        return position, number, total

    def look_up(self, keys: Hashes) -> Found:
        """Return postings in the segments; of a stop key, a few more than the limit."""
        return look_up(self._segments, fingerprints(keys), STOP_KEY_POSTINGS + 1, self._oldest)

    def prefetch(self, queries: Sequence[Hashes]) -> None:
        """Look the keys of several queries up in the segments, together.

        Until a segment is added, `find` then looks for these keys in the memtable only.
        """
        self._prefetched = {}
        self._removed.clear()
        every = np.concatenate([_NO_KEYS, *queries])
        found = self.look_up(every)
        position, number = self._alive(found.position, found.number)
        sizes = [len(keys) for keys in queries]
        query = np.arange(len(queries)).repeat(sizes)
        postings = np.bincount(position, minlength=len(every))
        # A cut key is one of more postings than the limit, however many of those found are alive.
        postings[found.cut] = STOP_KEY_POSTINGS + 1
        has_stop_key = np.bincount(query, postings > STOP_KEY_POSTINGS, len(queries)) > 0
        usable = ~has_stop_key.take(query.take(position))
        # Numbers are counted per query: the query's own number stands above the article's.
        candidates = counted(
            query.take(position[usable]) << _NUMBER_SIZE | number[usable],
            every.take(position[usable]),
            LEAST_PAIRS,
        )
        begin = 0
        for place, (keys, stops) in enumerate(zip(queries, has_stop_key.tolist(), strict=True)):
            own = candidates.between(place << _NUMBER_SIZE, (place + 1) << _NUMBER_SIZE)
            own.numbers = own.numbers & _NUMBER  # not in place: it is a part of all numbers
            end = begin + len(keys)
            most = int(postings[begin:end].max(initial=0))
            in_segments = None
            if stops:
                chosen = (position >= begin) & (position < end)
                cut = found.cut[(found.cut >= begin) & (found.cut < end)]
                in_segments = Found(position[chosen] - begin, number[chosen], cut - begin)
            self._prefetched[keys.tobytes()] = _Prefetched(own, most, in_segments)
            begin = end

    def expire(self, before: int) -> None:
        """Drop the segments in which all articles have numbers below this one."""
        self._oldest = before
        self._segments = [each for each in self._segments if each.last >= before]

    @property
    def segments(self) -> Sequence[Segment]:
        """The segments, oldest first."""
        return tuple(self._segments)

    @property
    def nbytes(self) -> int:
        """Bytes held by the segments."""
        return sum(segment.nbytes for segment in self._segments)

    def _alive(self, position: Numbers, number: Numbers) -> tuple[Numbers, Numbers]:
        alive = self._articles.are_alive(number)
        return position.compress(alive), number.compress(alive)

    def _flush(self) -> None:
        numbers, keys = self.memtable.take()
        if sum(map(len, keys)):
            self._append(_segment_of(numbers, keys))

    def _append(self, segment: Segment) -> None:
        self._prefetched = {}
        self._segments.append(segment)
        while len(self._segments) > 1 and self._should_merge(*self._segments[-2:]):
            newer, older = self._segments.pop(), self._segments.pop()
            self._segments.append(merged(older, newer, self._articles.are_alive))

    @staticmethod
    def _should_merge(older: Segment, newer: Segment) -> bool:
        fits = newer.last - older.first < _SEGMENT_ARTICLES
        return older.articles < _GROWTH * newer.articles and fits


def _segment_of(numbers: Sequence[int], keys: Sequence[Hashes]) -> Segment:
    counts = [len(own) for own in keys]
    each = np.repeat(np.array(numbers, dtype=np.uint64), counts)
    return Segment.of(each, np.concatenate(keys))


def _as_arrays(newest: Sequence[tuple[int, Sequence[int]]]) -> tuple[Numbers, Numbers]:
    """Return the position of the key and the article number of each posting."""
    numbers = np.fromiter(chain.from_iterable(numbers for _, numbers in newest), np.int64)
    repeats = [len(numbers) for _, numbers in newest]
    return np.repeat(np.array([place for place, _ in newest]), repeats), numbers


class _Prefetched(NamedTuple):
    """The result of a look-up in the segments.

    Attributes:
        found: candidates, ascending by number.
        postings: number of postings of the key that has most.
        in_segments: where a key is a stop key, the postings of all keys.
    """

    found: Candidates
    postings: int
    in_segments: Found | None
