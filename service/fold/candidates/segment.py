"""Segments of the candidate index: the postings of a range of articles, sorted, 8 bytes each.

An entry is one 64-bit integer: 47 bits of the key, spread evenly, above the article's number
relative to the segment's first. Among a hundred million entries, one key in a million matches
another by chance; candidates are compared in full anyway. A table of buckets leads to the few
entries of a key, so that a look-up touches two cache lines however large the segment is.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.text.hashing import Hashes, mix

_NUMBER_BITS = 17
SEGMENT_ARTICLES = 1 << _NUMBER_BITS
"""Largest range of article numbers in a segment."""

_NUMBER = np.uint64(SEGMENT_ARTICLES - 1)
_BUCKET_ENTRIES = 4
_THIS_AND_NEXT = np.arange(2)[:, None]
_NOTHING = np.empty(0, dtype=np.int64)

Positions = npt.NDArray[np.int64]
AreAlive = Callable[[npt.NDArray[np.int64]], npt.NDArray[np.bool_]]


def fingerprints(keys: Hashes) -> Hashes:
    """Return keys as they are in the upper bits of entries; the lower bits are 0.

    The keys of a text are the smallest of its hashes, so they are mixed again.
    """
    return mix(keys) & ~_NUMBER


class Segment:
    """The keys of the articles with numbers from `first` to `last`, sorted; immutable.

    A fingerprint shifted by `bucket_shift` is the number of its bucket.
    """

    def __init__(self, first: int, last: int, entries: Hashes) -> None:
        """Wrap entries, which are ascending; they are not copied."""
        self.first = first
        self.last = last
        self.entries = entries
        bits = max((len(entries) // _BUCKET_ENTRIES).bit_length(), 1)
        self.bucket_shift = np.uint64(64 - bits)
        # Where each bucket begins: the position of its smallest possible entry.
        begins = np.arange(1 << bits, dtype=np.uint64) << self.bucket_shift
        self._begins = np.empty((1 << bits) + 1, dtype=np.uint32)
        self._begins[:-1] = np.searchsorted(entries, begins)
        self._begins[-1] = len(entries)

    @property
    def articles(self) -> int:
        """Length of the range of article numbers."""
        return self.last - self.first + 1

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self.entries.nbytes + self._begins.nbytes

    def edges(self, buckets: npt.NDArray[np.int64], out: npt.NDArray[np.uint32]) -> None:
        """Write to `out` where the entries of some buckets begin."""
        # Clipping does nothing here, but without it numpy would copy `out`.
        self._begins.take(buckets, out=out, mode="clip")

    @classmethod
    def of(cls, numbers: Hashes, keys: Hashes) -> "Segment":
        """Return the segment of some postings: article numbers[i] has keys[i], in any order."""
        first, last = int(numbers.min()), int(numbers.max())
        entries = fingerprints(keys) | (numbers - np.uint64(first))
        entries.sort()
        return cls(first, last, entries)


def merged(older: Segment, newer: Segment, are_alive: AreAlive) -> Segment:
    """Return one segment made of two neighbours, without the postings of articles that have left
    the window: of a page that changes all the time, all versions but the last.

    The array of the older one is extended in place, which saves memory: the older segment must not
    be used afterwards. Meanwhile the shorter of the two is held once more.
    """
    entries, added = _of_alive(older, are_alive), _of_alive(newer, are_alive)
    count, moved = len(entries), np.uint64(newer.first - older.first)
    entries.resize(count + len(added), refcheck=False)
    np.add(added, moved, out=entries[count:])
    # Two ascending runs: this sort (Timsort) merges them, in a tenth of the time of the other one.
    entries.sort(kind="stable")
    return Segment(older.first, newer.last, entries)


def _of_alive(segment: Segment, are_alive: AreAlive) -> Hashes:
    """Return the entries of articles in the window: the segment's own array if that is all."""
    numbers = np.arange(segment.first, segment.last + 1)
    alive = are_alive(numbers)
    if alive.all():
        return segment.entries
    return segment.entries.compress(alive.take((segment.entries & _NUMBER).view(np.int64)))


class Found(NamedTuple):
    """Postings found in segments.

    Attributes:
        position: of each posting, the position of its key among those looked up.
        number: of each posting, the article.
        cut: positions of the keys of which older postings were left out.
    """

    position: Positions
    number: Positions
    cut: Positions


def look_up(
    segments: Sequence[Segment], prints: Hashes, most: int | None = None, oldest: int = 0
) -> Found:
    """Look fingerprints up in all segments.

    Args:
        segments: ascending by article number.
        most: newest postings of a key that are enough. A key with so many in one segment is cut:
            its older ones there and in older segments may be left out, so that a key that each of
            a hundred thousand articles has costs no more than one of a few hundred.
        oldest: number of the oldest article in the window; postings of older ones may be left out.
    """
    if not segments or not len(prints):
        return Found(_NOTHING, _NOTHING, _NOTHING)
    shifts = np.array([[segment.bucket_shift] for segment in segments], dtype=np.uint64)
    buckets = (prints >> shifts).view(np.int64)[:, None] + _THIS_AND_NEXT
    edges = np.empty(buckets.shape, dtype=np.uint32)
    for segment, wanted, found_at in zip(segments, buckets, edges, strict=True):
        segment.edges(wanted, found_at)
    ranges = edges.astype(np.int64).swapaxes(0, 1)
    cut = _NOTHING
    if most is not None and (ranges[1] - ranges[0]).max() > most:
        cut = _cut(segments, prints, ranges, most, oldest)
    begins, stops = ranges.reshape(2, -1)
    counts = stops - begins
    ends = counts.cumsum()
    rows = np.arange(len(counts)).repeat(counts)
    positions = np.arange(len(rows)) + (begins + counts - ends).take(rows)
    entries = np.empty(len(rows), dtype=np.uint64)
    start = 0
    for segment, stop in zip(segments, ends[len(prints) - 1 :: len(prints)].tolist(), strict=True):
        segment.entries.take(positions[start:stop], out=entries[start:stop], mode="clip")
        start = stop
    every = np.concatenate([prints] * len(segments))
    found = ((entries & ~_NUMBER) == every[rows]).nonzero()[0]
    segment_numbers, which = np.divmod(rows[found], len(prints))
    firsts = np.array([segment.first for segment in segments], dtype=np.int64)
    numbers = (entries[found] & _NUMBER).view(np.int64) + firsts[segment_numbers]
    return Found(which, numbers, cut)


def _cut(
    segments: Sequence[Segment], prints: Hashes, ranges: Positions, most: int, oldest: int
) -> Positions:
    """Shorten the ranges of entries that are longer than `most`, in place; returns the positions of
    the keys that were cut.

    Args:
        ranges: of entries, (2, segments, prints): where each begins and stops.
    """
    begins, stops = ranges
    is_cut = np.zeros(len(prints), dtype=bool)
    for place in reversed(range(len(segments))):
        begins[place, is_cut] = stops[place, is_cut]
        long = (stops[place] - begins[place] > most).nonzero()[0]
        if not len(long):
            continue
        segment, wanted = segments[place], prints.take(long)
        first_alive = np.uint64(min(max(oldest - segment.first, 0), SEGMENT_ARTICLES - 1))
        begin = segment.entries.searchsorted(wanted | first_alive)
        stop = segment.entries.searchsorted(wanted | _NUMBER, "right")
        begins[place, long] = np.maximum(begin, stop - most)
        stops[place, long] = stop
        is_cut[long[stop - begin >= most]] = True
    return is_cut.nonzero()[0]
