"""Sealed stretches of the candidate index: which of a range of articles bear a key, 8 bytes a key.

An entry is one 64-bit integer: 47 bits of the key, spread evenly, above the article's place in the
run. One key in a million is found by an accident of these 47 bits among a hundred million others;
what is found is compared in full anyway. A table of buckets leads to the few entries of a key, so
that a look-up touches two lines of memory however large the run is.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from service.story.hashing import Hashes, mix

PLACE_BITS = 17
RUN_ARTICLES = 1 << PLACE_BITS
"""Numbers in a run, at most."""

_PLACE = np.uint64(RUN_ARTICLES - 1)
_SHIFT = np.uint64(PLACE_BITS)
_BUCKET_ENTRIES = 4
_THIS_AND_NEXT = np.arange(2)[:, None]


def fingerprints(keys: Hashes) -> Hashes:
    """Keys as they stand in the upper bits of an entry; the lower bits are 0.

    The keys of a text are the smallest of its hashes, so they must be spread anew.
    """
    return mix(keys) & ~_PLACE


class Run:
    """The keys of the articles with numbers from `first` to `last`, sorted, never changed.

    A fingerprint shifted by `bucket_shift` is the number of its bucket.
    """

    def __init__(self, first: int, last: int, entries: Hashes) -> None:
        """Take entries, ascending; they are not copied."""
        self.first = first
        self.last = last
        self.entries = entries
        bits = max((len(entries) // _BUCKET_ENTRIES).bit_length(), 1)
        self.bucket_shift = np.uint64(64 - bits)
        # Where each bucket begins: its smallest possible entry sought among the entries.
        begins = np.arange(1 << bits, dtype=np.uint64) << self.bucket_shift
        self._begins = np.empty((1 << bits) + 1, dtype=np.uint32)
        self._begins[:-1] = np.searchsorted(entries, begins)
        self._begins[-1] = len(entries)

    @property
    def articles(self) -> int:
        """Numbers that the run covers."""
        return self.last - self.first + 1

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self.entries.nbytes + self._begins.nbytes

    def edges(self, buckets: npt.NDArray[np.int64], out: npt.NDArray[np.uint32]) -> None:
        """Where the entries of some buckets begin."""
        # Clipping does nothing here, but without it numpy would copy `out`.
        self._begins.take(buckets, out=out, mode="clip")

    @classmethod
    def of(cls, numbers: Hashes, keys: Hashes) -> "Run":
        """A run of articles: keys[i] stands on the article numbers[i], in any order."""
        first, last = int(numbers.min()), int(numbers.max())
        entries = fingerprints(keys) | (numbers - np.uint64(first))
        entries.sort()
        return cls(first, last, entries)


def merged(older: Run, newer: Run) -> Run:
    """One run of two neighbours. The older one's entries are used up: it must not be asked again,
    which saves holding it twice."""
    entries, count = older.entries, len(older.entries)
    moved = np.uint64(newer.first - older.first)
    entries.resize(count + len(newer.entries), refcheck=False)
    np.add(newer.entries, moved, out=entries[count:])
    entries.sort()
    return Run(older.first, newer.last, entries)


def look_up(
    runs: Sequence[Run], prints: Hashes
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Every place where one of the fingerprints stands.

    Returns:
        Places in `prints`, and numbers of articles.
    """
    if not runs or not len(prints):
        nothing = np.empty(0, dtype=np.int64)
        return nothing, nothing
    shifts = np.array([[run.bucket_shift] for run in runs], dtype=np.uint64)
    buckets = (prints >> shifts).view(np.int64)[:, None] + _THIS_AND_NEXT
    edges = np.empty(buckets.shape, dtype=np.uint32)
    for run, asked, found_at in zip(runs, buckets, edges, strict=True):
        run.edges(asked, found_at)
    begins, stops = edges.astype(np.int64).swapaxes(0, 1).reshape(2, -1)
    counts = stops - begins
    ends = counts.cumsum()
    rows = np.arange(len(counts)).repeat(counts)
    places = np.arange(len(rows)) + (begins + counts - ends).take(rows)
    entries = np.empty(len(rows), dtype=np.uint64)
    start = 0
    for run, stop in zip(runs, ends[len(prints) - 1 :: len(prints)].tolist(), strict=True):
        run.entries.take(places[start:stop], out=entries[start:stop], mode="clip")
        start = stop
    every = np.concatenate([prints] * len(runs))
    found = ((entries & ~_PLACE) == every[rows]).nonzero()[0]
    run_numbers, which = np.divmod(rows[found], len(prints))
    firsts = np.array([run.first for run in runs], dtype=np.int64)
    return which, (entries[found] & _PLACE).view(np.int64) + firsts[run_numbers]
