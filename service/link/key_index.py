"""Which stories share keys with a new one, and how rare these keys are.

In a large window two texts about nothing in common share two keys by chance: a key that twenty of
200,000 stories have is one in ten thousand, and a text has some eighty keys, so three thousand
pairs of them. So it counts how rare what is shared is, not only how much it is. A key is rare if
few strangers have it: stories that share nothing else with the new one. Thirty translations of one
text, which share many keys with each other, make none of them frequent.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from math import log2
from typing import NamedTuple

import numpy as np

from service.fold.candidates.candidate import SHINGLE, Numbers
from service.fold.candidates.index import STOP_KEY_POSTINGS, Alive, CandidateIndex
from service.fold.candidates.memtable import as_list
from service.fold.candidates.segment import Found, Segment
from service.text.hashing import Hashes, distinct, firsts

LEAST_RARITY = 10.0
"""Rarity of what a candidate shares: the sum over its keys of log2(150 / strangers with the key).
Where a window of 100,000 made stories has 17 candidates by chance for each story, one is left. On
the training half of the data, 10 of 1,202 links between translations are lost."""

_UNITS = 1024
"""Rarities are counted in whole parts of one, whose sums are the same in any order."""

_RARITY = np.array(
    [round(_UNITS * log2(STOP_KEY_POSTINGS / max(n, 1))) for n in range(STOP_KEY_POSTINGS + 1)]
)
_LEAST_RARITY = round(LEAST_RARITY * _UNITS)


_KEY_BITS = 8
_KEY = (1 << _KEY_BITS) - 1


class Sharing(NamedTuple):
    """A story that shares keys with the one looked up.

    Attributes:
        number: of the story.
        keys: how many it shares.
    """

    number: int
    keys: int


class KeyIndex(CandidateIndex):
    """FOLD's candidate index, of which the postings themselves are asked."""

    def __init__(self, stories: Alive) -> None:
        """Start empty.

        Args:
            stories: those in the window; postings of others are skipped.
        """
        super().__init__(stories)
        self._ahead: dict[bytes, Found] = {}

    def look_up_together(self, queries: Sequence[Hashes]) -> None:
        """Look up the keys of several stories in the segments; until one is added, `sharing` then
        looks for them among the newest stories only."""
        found = self.look_up(np.concatenate([np.empty(0, dtype=np.uint64), *queries]))
        order = found.position.argsort(kind="stable")
        position, number = found.position.take(order), found.number.take(order)
        ends = np.cumsum([len(keys) for keys in queries], dtype=np.int64)
        edges = [0, *position.searchsorted(ends).tolist()]
        cuts = [0, *found.cut.searchsorted(ends).tolist()]
        self._ahead = {}
        for place, keys in enumerate(queries):
            first = int(ends[place]) - len(keys)
            own, cut = slice(edges[place], edges[place + 1]), slice(cuts[place], cuts[place + 1])
            self._ahead[keys.tobytes()] = Found(
                position[own] - first, number[own], found.cut[cut] - first
            )

    def sharing(self, keys: Hashes, least: int) -> Iterator[Sharing]:
        """Return the stories that share enough keys, and rare ones, ascending by number.

        Args:
            keys: of a story, see `index_keys`.
            least: number of keys.
        """
        newest = [
            (place, as_list(postings))
            for place, postings in enumerate(map(self.memtable.postings.get, keys.tolist()))
            if postings is not None
        ]
        counts = np.zeros(len(keys), dtype=np.int64)
        for place, numbers in newest:
            counts[place] = len(numbers)
        position, number, counts = self.find_in_segments(
            keys, counts, self._ahead.get(keys.tobytes())
        )
        usable = [each for each in newest if counts[each[0]] <= STOP_KEY_POSTINGS]
        if usable:
            added = np.fromiter(chain.from_iterable(own for _, own in usable), np.int64)
            places = np.repeat([place for place, _ in usable], [len(own) for _, own in usable])
            position, number = np.concatenate([position, places]), np.concatenate([number, added])
        return _rare(position, number, len(keys), least)

    def _append(self, segment: Segment) -> None:
        self._ahead = {}
        super()._append(segment)


def index_keys(keys: Hashes) -> Hashes:
    """Return keys as the index has those of pairs, ascending."""
    return distinct(keys & ~SHINGLE)


def _rare(position: Numbers, number: Numbers, keys: int, least: int) -> Iterator[Sharing]:
    """The stories that share enough; position[i] is of a key that number[i] shares."""
    if not len(number):
        return iter(())
    # The story's number above that of the key: so sorted, both can be told apart again.
    shared = number << _KEY_BITS | position
    shared.sort()
    number, position = shared >> _KEY_BITS, shared & _KEY
    begins = firsts(number).nonzero()[0]
    counts = np.empty_like(begins)
    np.subtract(begins[1:], begins[:-1], out=counts[:-1])
    counts[-1] = len(number) - begins[-1]
    alone = (counts == 1).repeat(counts)
    strangers = np.bincount(position.compress(alone), minlength=keys)
    sums = np.add.reduceat(_RARITY.take(strangers.take(position)), begins)
    chosen = ((counts >= least) & (sums >= _LEAST_RARITY)).nonzero()[0]
    numbers = number.take(begins.take(chosen)).tolist()
    return map(Sharing, numbers, counts.take(chosen).tolist())
