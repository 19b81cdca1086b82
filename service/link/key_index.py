"""Which stories share keys with a new one, and how rare these keys are.

In a large window two texts about nothing in common share two keys by chance: a key that twenty of
200,000 stories have is one in ten thousand, and a text has some eighty keys, so three thousand
pairs of them. So it counts how rare what is shared is, not only how much it is. A key is rare if
few strangers have it: stories that share nothing else with the new one. Thirty translations of one
text, which share many keys with each other, make none of them frequent.
"""

from collections.abc import Sequence
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


_KEY_BITS, _NUMBER_BITS = 8, 32
_QUERY_SHIFT = _KEY_BITS + _NUMBER_BITS
_KEY, _NUMBER = (1 << _KEY_BITS) - 1, (1 << _NUMBER_BITS) - 1
_AT_ONCE = np.zeros(1, dtype=np.int64)


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

    def sharing_together(self, queries: Sequence[Hashes], least: int) -> list[list[Sharing]]:
        """Return what `sharing` does for the keys of several stories; it is cheaper together.

        Until a segment is added, `sharing` then looks for these keys among the newest stories only.
        """
        every = np.concatenate([np.empty(0, dtype=np.uint64), *queries])
        found = self.look_up(every)
        self._keep_ahead(queries, found)
        position, number = self._postings(every, found)
        sizes = np.array([len(keys) for keys in queries], dtype=np.int64)
        query = np.arange(len(queries)).repeat(sizes).take(position)
        return _rare(position, number, query, sizes.cumsum() - sizes, least)

    def _keep_ahead(self, queries: Sequence[Hashes], found: Found) -> None:
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

    def sharing(self, keys: Hashes, least: int) -> list[Sharing]:
        """Return the stories that share enough keys, and rare ones, ascending by number.

        Args:
            keys: of a story, see `index_keys`.
            least: number of keys.
        """
        position, number = self._postings(keys, self._ahead.get(keys.tobytes()))
        return _rare(position, number, np.zeros_like(position), _AT_ONCE, least)[0]

    def _postings(self, keys: Hashes, ahead: Found | None) -> tuple[Numbers, Numbers]:
        """Return the postings of the keys that are no stop keys: positions of keys, and numbers.

        Args:
            ahead: those in the segments, if they are looked up.
        """
        newest = [
            (place, as_list(postings))
            for place, postings in enumerate(map(self.memtable.postings.get, keys.tolist()))
            if postings is not None
        ]
        counts = np.zeros(len(keys), dtype=np.int64)
        for place, numbers in newest:
            counts[place] = len(numbers)
        position, number, counts = self.find_in_segments(keys, counts, ahead)
        usable = [each for each in newest if counts[each[0]] <= STOP_KEY_POSTINGS]
        if usable:
            added = np.fromiter(chain.from_iterable(own for _, own in usable), np.int64)
            places = np.repeat([place for place, _ in usable], [len(own) for _, own in usable])
            position, number = np.concatenate([position, places]), np.concatenate([number, added])
        return position, number

    def _append(self, segment: Segment) -> None:
        self._ahead = {}
        super()._append(segment)


def index_keys(keys: Hashes) -> Hashes:
    """Return keys as the index has those of pairs, ascending."""
    return distinct(keys & ~SHINGLE)


def _rare(
    position: Numbers, number: Numbers, query: Numbers, begins: Numbers, least: int
) -> list[list[Sharing]]:
    """The stories that share enough with each of those looked up.

    Args:
        position: of keys, among those of all that are looked up.
        number: number[i] has the key at position[i].
        query: whose key it is.
        begins: where the keys of each begin.
    """
    found: list[list[Sharing]] = [[] for _ in begins]
    if not len(number):
        return found
    # The story's number above that of the key: so sorted, both can be told apart again.
    shared = query << _QUERY_SHIFT | number << _KEY_BITS | position - begins.take(query)
    shared.sort()
    pair = shared >> _KEY_BITS
    position = (shared & _KEY) + begins.take(shared >> _QUERY_SHIFT)
    starts = firsts(pair).nonzero()[0]
    counts = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=counts[:-1])
    counts[-1] = len(pair) - starts[-1]
    alone = (counts == 1).repeat(counts)
    strangers = np.bincount(position.compress(alone), minlength=int(position.max()) + 1)
    sums = np.add.reduceat(_RARITY.take(strangers.take(position)), starts)
    chosen = ((counts >= least) & (sums >= _LEAST_RARITY)).nonzero()[0]
    pairs = pair.take(starts.take(chosen)).tolist()
    for each, keys in zip(pairs, counts.take(chosen).tolist(), strict=True):
        found[each >> _NUMBER_BITS].append(Sharing(each & _NUMBER, keys))
    return found
