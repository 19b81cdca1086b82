"""The index from keys to the stories in the window that have them.

It is a log-structured merge tree (O'Neil and others 1996): postings of new stories are sorted, from
some on sealed in a segment, and neighbouring segments of similar size are merged. Deletions are not
written: postings of stories that have left the window are skipped, and left out when segments are
merged. So what is found depends on the stories in the window alone.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from service.link.segment import (
    MOST_NUMBERS,
    Found,
    Positions,
    Segment,
    found_among,
    postings,
)
from service.text.hashing import Hashes

_SEALED = 1024
"""Stories whose postings are sealed in a segment."""

_LOADED = 16384
"""Stories that are loaded into one segment; their keys are held twice meanwhile."""

_GROWTH = 4
"""Two neighbouring segments are merged unless the older one is this many times the newer one."""

_NO_POSTINGS = np.empty(0, dtype=np.uint64)
_NOTHING = np.empty(0, dtype=np.int64)


class Alive(Protocol):
    """Knows which stories are in the window."""

    def are_alive(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return which of the numbers are those of stories in the window."""


class KeyIndex:
    """Keys by number of the story; numbers grow."""

    def __init__(self, stories: Alive) -> None:
        """Start empty.

        Args:
            stories: those in the window; postings of others are skipped.
        """
        self._stories = stories
        self._segments: list[Segment] = []
        self._newest = _NO_POSTINGS  # sorted, see `service.link.segment.postings`
        self._first: int | None = None  # of the newest and those that wait
        self._count = 0
        self._last = 0
        self._waiting: list[tuple[int, Hashes]] = []

    def add(self, number: int, keys: Hashes) -> None:
        """Add a story's keys; its number is higher than all before."""
        if self._first is not None and number - self._first >= MOST_NUMBERS:
            self._seal()
        if self._first is None:
            self._first = number
        self._waiting.append((number, keys))
        self._count += 1
        self._last = number
        if self._count >= _SEALED:
            self._seal()

    def load(self, entries: Iterable[tuple[int, Hashes]]) -> None:
        """Add many stories at once: numbers and keys, ascending by number."""
        some: list[tuple[int, Hashes]] = []
        for number, keys in entries:
            if some and (len(some) >= _LOADED or number - some[0][0] >= MOST_NUMBERS):
                self._append(_sealed(some))
                some = []
            some.append((number, keys))
        if some:
            self._append(_sealed(some))

    def look_up(self, wanted: Hashes, most: int) -> tuple[Found, npt.NDArray[np.bool_]]:
        """Return the postings in the window, but for those of keys that have more than `most`; and
        which keys have not.

        Args:
            wanted: different prints, ascending.
        """
        self._settle()
        counts = np.zeros(len(wanted), dtype=np.int64)
        open_ = np.arange(len(wanted))
        positions, numbers = [_NOTHING], [_NOTHING]
        for part in (None, *reversed(self._segments)):
            own = wanted.take(open_)
            found = (
                found_among(self._newest, self._first or 0, own) if part is None else part.find(own)
            )
            alive = self._stories.are_alive(found.number)
            position = open_.take(found.position.compress(alive))
            positions.append(position)
            numbers.append(found.number.compress(alive))
            counts += np.bincount(position, minlength=len(wanted))
            # Of keys that many have, the newest postings alone say that they are such.
            open_ = (counts <= most).nonzero()[0]
        position, number, usable = (
            np.concatenate(positions),
            np.concatenate(numbers),
            counts <= most,
        )
        if len(open_) < len(wanted):
            kept = usable.take(position)
            position, number = position.compress(kept), number.compress(kept)
        return Found(position, number), usable

    def expire(self, before: int) -> None:
        """Drop what is of stories with numbers below this one alone."""
        self._segments = [each for each in self._segments if each.last >= before]
        if self._last < before:
            self._begin_anew()

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        waiting = sum(keys.nbytes for _, keys in self._waiting)
        return sum(each.nbytes for each in self._segments) + self._newest.nbytes + waiting

    def _settle(self) -> None:
        """Sort the keys that wait into the newest postings."""
        if self._waiting:
            added = _postings_of(self._waiting, self._first or 0)
            self._waiting = []
            # Two ascending runs: this sort (Timsort) merges them.
            self._newest = np.concatenate([self._newest, added])
            self._newest.sort(kind="stable")

    def _seal(self) -> None:
        self._settle()
        if self._first is not None:
            self._append(Segment(self._first, self._last, self._newest))
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._newest, self._first, self._count, self._waiting = _NO_POSTINGS, None, 0, []

    def _append(self, segment: Segment) -> None:
        self._segments.append(segment)
        while len(self._segments) > 1 and _should_merge(*self._segments[-2:]):
            newer, older = self._segments.pop(), self._segments.pop()
            self._segments.append(self._merged(older, newer))

    def _merged(self, older: Segment, newer: Segment) -> Segment:
        """One segment made of two neighbours, without the postings of stories that have left."""
        both = [self._of_alive(each, older.first) for each in (older, newer)]
        merged = np.concatenate(both)
        del both
        merged.sort(kind="stable")
        return Segment(older.first, newer.last, merged)

    def _of_alive(self, segment: Segment, first: int) -> Hashes:
        numbers = np.arange(segment.first, segment.last + 1)
        return segment.postings(first, self._stories.are_alive(numbers))


def _should_merge(older: Segment, newer: Segment) -> bool:
    fits = newer.last - older.first < MOST_NUMBERS
    return older.numbers < _GROWTH * newer.numbers and fits


def _sealed(entries: Sequence[tuple[int, Hashes]]) -> Segment:
    first, last = entries[0][0], entries[-1][0]
    return Segment(first, last, _postings_of(entries, first))


def _postings_of(entries: Sequence[tuple[int, Hashes]], first: int) -> Hashes:
    sizes = [len(keys) for _, keys in entries]
    numbers: Positions = np.array([number for number, _ in entries]).repeat(sizes)
    return postings(np.concatenate([keys for _, keys in entries]), numbers, first)
