"""Keys of a range of stories, sorted, four bytes a key and about one for the table that leads to
it.

A key is kept as its print, `PRINT_BITS` of its mixed bits: the upper ones are the number of its
bucket, the lower ones stand in the entry above the story's number, counted from the segment's
first. So a segment of fewer stories has fewer buckets and longer entries, and all have the same
prints: what is found does not depend on how the stories are spread over segments. In a window of
200,000 stories one key in four thousand meets another's print; a story found by it alone shares
too little to be compared.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.text.hashing import Hashes, mix

PRINT_BITS = 36

NUMBER_BITS = 16
MOST_NUMBERS = 1 << NUMBER_BITS
"""Largest range of numbers in a segment."""

_LEAST_BITS = 4
_ENTRY_BITS = 32
_POSTING_SHIFT = np.uint64(64 - PRINT_BITS)
_POSTING_NUMBER = (np.uint64(1) << _POSTING_SHIFT) - np.uint64(1)

Positions = npt.NDArray[np.int64]


class Found(NamedTuple):
    """Postings of some keys.

    Attributes:
        position: of each posting, the position of its key among those looked up.
        number: of each, the story.
    """

    position: Positions
    number: Positions


def prints(keys: Hashes) -> Hashes:
    """Return keys as they are kept. The keys of a text are the smallest of its hashes, so they are
    mixed again."""
    return mix(keys) >> np.uint64(64 - PRINT_BITS)


def postings(keys: Hashes, numbers: Positions, first: int) -> Hashes:
    """Return postings, ascending: print of a key, and below it the number from `first` on.

    Args:
        numbers: of stories; numbers[i] has keys[i].
    """
    made = prints(keys) << _POSTING_SHIFT | (numbers - first).astype(np.uint64)
    made.sort()
    return made


def found_among(sorted_postings: Hashes, first: int, wanted: Hashes) -> Found:
    """Look prints up among postings that are in no segment yet; see `postings`."""
    low = wanted << _POSTING_SHIFT
    begins = sorted_postings.searchsorted(low)
    ends = sorted_postings.searchsorted(low | _POSTING_NUMBER, "right")
    position, places = _spread(begins, ends - begins)
    number = (sorted_postings.take(places) & _POSTING_NUMBER).view(np.int64) + first
    return Found(position, number)


class Segment:
    """The keys of the stories with numbers from `first` to `last`; immutable."""

    __slots__ = ("_begins", "_bits", "_entries", "first", "last")

    def __init__(self, first: int, last: int, sorted_postings: Hashes) -> None:
        """Take postings, which are ascending; see `postings`."""
        self.first, self.last = first, last
        self._bits = bits = max((last - first).bit_length(), _LEAST_BITS)
        rest = _ENTRY_BITS - bits
        buckets = (sorted_postings >> np.uint64(64 - PRINT_BITS + rest)).view(np.int64)
        counts = np.bincount(buckets, minlength=1 << PRINT_BITS - rest)
        del buckets
        self._begins = np.zeros(len(counts) + 1, dtype=np.uint32)
        counts.cumsum(out=counts)
        self._begins[1:] = counts
        # The bucket's bits of the print are above those that an entry has room for.
        entries = (sorted_postings >> _POSTING_SHIFT).astype(np.uint32)
        entries <<= np.uint32(bits)
        entries |= sorted_postings.astype(np.uint32) & np.uint32((1 << bits) - 1)
        self._entries = entries

    @property
    def numbers(self) -> int:
        """Length of the range of numbers."""
        return self.last - self.first + 1

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self._entries.nbytes + self._begins.nbytes

    def find(self, wanted: Hashes) -> Found:
        """Look prints up."""
        rest = _ENTRY_BITS - self._bits
        buckets = (wanted >> np.uint64(rest)).view(np.int64)
        begins = self._begins.take(buckets).astype(np.int64)
        ends = self._begins.take(buckets + 1).astype(np.int64)
        position, places = _spread(begins, ends - begins)
        entries = self._entries.take(places)
        own = (wanted & np.uint64((1 << rest) - 1)).astype(np.uint32)
        same = (entries >> np.uint32(self._bits) == own.take(position)).nonzero()[0]
        number = entries.take(same) & np.uint32((1 << self._bits) - 1)
        return Found(position.take(same), number.astype(np.int64) + self.first)

    def postings(self, first: int, are_kept: npt.NDArray[np.bool_]) -> Hashes:
        """Return the postings, ascending, with numbers from `first` on.

        Args:
            are_kept: by number from the segment's first on.
        """
        counts = self._begins[1:] - self._begins[:-1]
        made = np.arange(len(counts), dtype=np.uint64).repeat(counts)
        entries, number = self._entries, np.uint32((1 << self._bits) - 1)
        if not are_kept.all():
            kept = are_kept.take(entries & number)
            entries, made = entries.compress(kept), made.compress(kept)
        made <<= np.uint64(_ENTRY_BITS - self._bits)
        made |= entries >> np.uint32(self._bits)
        made <<= _POSTING_SHIFT
        made |= entries & number
        made += np.uint64(self.first - first)
        return made


def _spread(
    begins: npt.NDArray[np.integer], counts: npt.NDArray[np.integer]
) -> tuple[Positions, Positions]:
    """The places from `begins` on, as many as are counted; and whose each is."""
    whose: Positions = np.arange(len(counts)).repeat(counts)
    offsets = begins.astype(np.int64) - (counts.cumsum() - counts)
    return whose, np.arange(len(whose)) + offsets.take(whose)
