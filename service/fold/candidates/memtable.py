"""The memtable: the part of the candidate index that new articles are written to."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

import numpy as np

from service.text.hashing import Hashes

_NO_KEYS: Hashes = np.empty(0, dtype=np.uint64)

Postings = int | list[int]
"""Numbers of the articles with a key, ascending. Most keys have one posting: a list for each would
keep the garbage collector busy."""


class Memtable:
    """Keys of the newest articles.

    Attributes:
        postings: by key.
        numbers: of the articles, ascending.
    """

    def __init__(self) -> None:
        self.postings: dict[int, Postings] = {}
        self.numbers: list[int] = []
        self._keys: list[Hashes] = []

    def add(self, number: int, keys: Hashes) -> None:
        """Add an article's keys; its number is higher than all before."""
        listed = keys.tolist()
        # Most keys are new: all are set in one step, and those that others have are mended after.
        shared = {key: self.postings[key] for key in self.postings.keys() & listed}
        new = dict.fromkeys(listed, number)
        self.postings.update(new)
        for key, postings in shared.items():
            numbers = postings if isinstance(postings, list) else [postings]
            numbers.append(number)
            self.postings[key] = numbers
        if len(new) < len(listed):
            self._add_repeated(listed, number)
        self._keys.append(keys)
        self.numbers.append(number)

    def remove(self, number: int) -> None:
        """Remove the keys of an article, if it is here."""
        place = bisect_left(self.numbers, number)
        if self.numbers[place : place + 1] != [number]:
            return
        for key in set(self._keys[place].tolist()):
            postings = self.postings[key]
            if isinstance(postings, list):
                del postings[bisect_left(postings, number) : bisect_right(postings, number)]
            if not isinstance(postings, list) or not postings:
                del self.postings[key]
        self._keys[place] = _NO_KEYS

    def take(self) -> tuple[list[int], list[Hashes]]:
        """Remove all articles; returns their numbers, ascending, and the keys of each."""
        taken = self.numbers, self._keys
        self.numbers, self._keys = [], []
        self.postings.clear()
        return taken

    def _add_repeated(self, listed: Sequence[int], number: int) -> None:
        """Add further postings for keys that an article has more than once."""
        for key, times in Counter(listed).items():
            if times > 1:
                self.postings[key] = [*as_list(self.postings[key]), *[number] * (times - 1)]


def as_list(postings: Postings) -> Sequence[int]:
    """Return postings as a sequence, which is not to be changed."""
    return (postings,) if isinstance(postings, int) else postings
