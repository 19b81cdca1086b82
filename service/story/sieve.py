"""A quick look at known texts that says which of them a full comparison would find near.

Most texts that share a few keys with an article are of the same topic and no copies: they are told
by their records as they are stored, all at once, without laying them out. The answer is exact: it
is what `is_near` of `service.story.compare` says of the comparison.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from service.story.anchors import WINDOW, anchor_pair_marks, close_pairs, side_by_side
from service.story.compare import NEAR_CONTAINMENT, shares_are_near, shares_tell
from service.story.hashing import Hashes, distinct, run_marks
from service.story.packed import PackedTokens, read_tokens
from service.story.record import TextRecord

_TABLE_BITS = 16
_SHIFT = np.uint64(64 - _TABLE_BITS)
_LOW = np.uint64((1 << _TABLE_BITS) - 1)
_RUN = 5

Counts = npt.NDArray[np.int64]


class Sieve:
    """Compares one text with many."""

    def __init__(self, text: TextRecord) -> None:
        self._words = len(text)
        self._fives = text.fives
        self._pairs = text.pairs
        # Tables that one step asks: nearly all of what the texts do not share is left there.
        self._has_five = np.zeros(1 << _TABLE_BITS, dtype=bool)
        self._has_five[text.fives >> _SHIFT] = True
        self._has_anchor = np.zeros(1 << _TABLE_BITS, dtype=bool)
        self._has_anchor[text.ids[text.anchors] & _LOW] = True

    def near(self, records: Sequence[bytes]) -> list[bool]:
        """Which of the texts are near.

        Args:
            records: of the texts, without base64.

        Raises:
            ValueError: one is no record.
        """
        if not records:
            return []
        tokens = read_tokens(records)
        fives = self._common_fives(tokens).tolist()
        pairs = self._common_pairs(tokens).tolist()
        return [self._is_near(tokens, n, fives[n], pairs[n]) for n in range(len(records))]

    def _is_near(self, tokens: PackedTokens, record: int, fives: int, pairs: int) -> bool:
        """Whether a text is near that has so many 5-grams and anchor pairs in common."""
        if not fives and not pairs:
            return False
        ids, anchors = tokens.part(record)
        words = min(len(ids), self._words)
        containment = 0.0
        if fives:
            containment = fives / min(len(distinct(run_marks(ids, _RUN))), len(self._fives))
        if not pairs or not shares_tell(words, containment) or containment >= NEAR_CONTAINMENT:
            return shares_are_near(words, containment, 0.0)
        shared = pairs / min(len(anchor_pair_marks(ids, anchors)), len(self._pairs))
        return shares_are_near(words, containment, shared)

    def _common_fives(self, tokens: PackedTokens) -> Counts:
        """How many distinct 5-grams each text shares with this one."""
        runs = run_marks(tokens.ids, _RUN)
        begins = np.flatnonzero(self._has_five[(runs >> _SHIFT).view(np.int64)])
        records = tokens.ends.searchsorted(begins, "right")
        whole = begins + _RUN <= tokens.ends[records]
        return _counted(records[whole], runs[begins[whole]], self._fives, len(tokens.ends))

    def _common_pairs(self, tokens: PackedTokens) -> Counts:
        """How many distinct anchor pairs each text shares with this one."""
        known = self._has_anchor[(tokens.ids & _LOW).view(np.int64)]
        places = np.flatnonzero(known & tokens.anchors)
        records = tokens.ends.searchsorted(places, "right")
        # Texts are set apart, so that no pair has an end in each of two.
        first, second = close_pairs(places + records * WINDOW)
        ids = tokens.ids[places]
        left, right = ids[first], ids[second]
        marks = side_by_side(left, right)
        return _counted(records[first], marks, self._pairs, len(tokens.ends))


def _counted(records: Counts, marks: Hashes, known: Hashes, count: int) -> Counts:
    """How many distinct marks of each record are known; `known` is ascending."""
    if not len(marks) or not len(known):
        return np.zeros(count, dtype=np.int64)
    places = known.searchsorted(marks)
    places[places == len(known)] = 0
    held = known[places] == marks
    once = np.unique(records[held] * len(known) + places[held])
    return np.bincount(once // len(known), minlength=count)
