"""The result of a look-up in the candidate index: arrays, since among spam it can be thousands of
articles, of which few are read."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.text.hashing import Hashes, firsts

Numbers = npt.NDArray[np.int64]

SHINGLE = np.uint64(1)
"""The lowest bit of a key: 1 for a shingle, 0 for a rare pair."""

_NONE = np.empty(0, dtype=np.int64)


class Candidate(NamedTuple):
    """An article that shares keys with the one looked up, and how many of each kind."""

    number: int
    rare_pairs: int
    shingles: int


class Candidates:
    """Articles that share keys with the one looked up, ascending by number.

    Attributes:
        numbers: of the articles.
        rare_pairs, shingles: how many keys of each kind each shares.
    """

    __slots__ = ("numbers", "rare_pairs", "shingles")

    def __init__(
        self, numbers: Numbers = _NONE, rare_pairs: Numbers = _NONE, shingles: Numbers = _NONE
    ) -> None:
        self.numbers = numbers
        self.rare_pairs = rare_pairs
        self.shingles = shingles

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Candidate]:
        columns = (self.numbers.tolist(), self.rare_pairs.tolist(), self.shingles.tolist())
        return map(Candidate, *columns)

    def get(self, number: int) -> Candidate | None:
        """Return what an article shares; None if it is no candidate."""
        place = int(self.numbers.searchsorted(number))
        if place == len(self.numbers) or self.numbers[place] != number:
            return None
        return Candidate(number, int(self.rare_pairs[place]), int(self.shingles[place]))

    def without(self, numbers: Collection[int]) -> "Candidates":
        """Return these candidates but for some articles."""
        if not numbers or not len(self.numbers):
            return self
        kept = [number not in numbers for number in self.numbers.tolist()]
        columns = (self.numbers, self.rare_pairs, self.shingles)
        return Candidates(*(column.compress(kept) for column in columns))

    def followed_by(self, others: "Candidates") -> "Candidates":
        """Return these candidates and others, whose numbers are higher."""
        if not len(self) or not len(others):
            return others if len(others) else self
        return Candidates(
            np.concatenate([self.numbers, others.numbers]),
            np.concatenate([self.rare_pairs, others.rare_pairs]),
            np.concatenate([self.shingles, others.shingles]),
        )

    def between(self, first: int, last: int) -> "Candidates":
        """Return the candidates with numbers from `first` to below `last`."""
        begin, end = self.numbers.searchsorted([first, last])
        columns = (self.numbers, self.rare_pairs, self.shingles)
        return Candidates(*(column[begin:end] for column in columns))


def counted(numbers: Numbers, keys: Hashes, least_pairs: int) -> Candidates:
    """Return the articles that share enough keys; keys[i] is shared with numbers[i]."""
    if not len(numbers):
        return Candidates()
    # A number above the kind of the key it shares: once sorted, they can be counted.
    shared = numbers << 1 | (keys & SHINGLE).view(np.int64)
    shared.sort()
    number = shared >> 1
    begins = firsts(number).nonzero()[0]
    both = np.empty_like(begins)
    np.subtract(begins[1:], begins[:-1], out=both[:-1])
    both[-1] = len(number) - begins[-1]
    shingles = np.add.reduceat(shared & 1, begins)
    pairs = both - shingles
    chosen = ((pairs >= least_pairs) | (shingles > 0)).nonzero()[0]
    return Candidates(number.take(begins.take(chosen)), pairs.take(chosen), shingles.take(chosen))
