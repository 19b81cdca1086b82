"""A quick look at known texts that says which of them a full comparison would find near.

Most texts that share a few keys with an article are of the same topic and no copies: they are told
by their records as they are stored, all at once, without laying them out. The answer is exact: it
is what `is_near` of `service.story.compare` says of the comparison.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from service.story.anchors import WINDOW, anchor_pair_marks, close_pairs, side_by_side
from service.story.compare import (
    NEAR_ANCHORS,
    NEAR_CONTAINMENT,
    shares_are_near,
    shares_tell,
)
from service.story.hashing import Hashes, distinct, firsts, next_mark, run_marks
from service.story.packed import PackedTokens, Words, are_anchors, ids_of, read_tokens
from service.story.record import TextRecord

_TABLE = 1 << 16
_IN_TEXT = np.uint8(1)
_ANCHOR = np.uint8(2)
_BELOW_TOP = np.uint64(4)
_ID_SIZE = np.uint64(20)
_PLACE_SIZE = np.uint64(28)
_PLACE_BITS = np.uint64((1 << 28) - 1)
_RECORD = np.uint64(48)
_RUN = 5
_STEPS = np.arange(_RUN)

Counts = npt.NDArray[np.int64]


class Sieve:
    """Compares one text with many."""

    def __init__(self, text: TextRecord) -> None:
        self._text = text
        # Which tokens the text has, by the upper bits of their ids: one step leaves nearly all of
        # what the texts do not share.
        tops = (text.ids >> _BELOW_TOP).view(np.int64)
        self._has = np.zeros(_TABLE, dtype=np.uint8)
        self._has[tops] = _IN_TEXT
        self._has[tops[text.anchors]] = _IN_TEXT | _ANCHOR

    @cached_property
    def _fewest_pairs(self) -> int:
        """Anchor pairs that the text has at least; those it has are counted only if need be."""
        places = self._text.anchors.nonzero()[0]
        return int(_fewest(self._text.ids[places], np.zeros_like(places), places, 1)[0])

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
        has = self._has.take(tokens.tops)
        fives = self._common_fives(tokens, has & _IN_TEXT).tolist()
        near = [self._are_enough(common, tokens.sizes[n]) for n, common in enumerate(fives)]
        for n, settled in enumerate(near):
            if settled:
                has[tokens.begin(n) : tokens.begin(n) + tokens.sizes[n]] = 0
        pairs = self._common_pairs(tokens, has & _ANCHOR).tolist()
        return [
            settled or self._is_near(tokens.of(n), *common)
            for n, (settled, *common) in enumerate(zip(near, fives, pairs, strict=True))
        ]

    def _are_enough(self, fives: int, words: int) -> bool:
        """Whether a text of so many words is near by its common 5-grams alone, even if no two of
        its own are the same."""
        if not fives:
            return False
        containment = fives / min(words - _RUN + 1, len(self._text.fives))
        return shares_are_near(min(words, len(self._text)), containment, 0.0)

    def _is_near(self, text: Words, fives: int, pairs: int) -> bool:
        """Whether a text is near that has so many 5-grams and anchor pairs in common."""
        if not fives and not pairs:
            return False
        ids, words = ids_of(text), min(len(text), len(self._text))
        containment = 0.0
        if fives:
            own = len(distinct(run_marks(ids, _RUN)))
            containment = fives / min(own, len(self._text.fives))
        if not pairs or not shares_tell(words, containment) or containment >= NEAR_CONTAINMENT:
            return shares_are_near(words, containment, 0.0)
        own = len(anchor_pair_marks(ids, are_anchors(text)))
        return shares_are_near(words, containment, pairs / min(own, len(self._text.pairs)))

    def _common_fives(self, tokens: PackedTokens, has: npt.NDArray[np.uint8]) -> Counts:
        """How many distinct 5-grams each text shares with this one."""
        twos = has[:-1] & has[1:]
        begins = (twos[:-3] & twos[2:-1] & has[4:]).view(bool).nonzero()[0]
        if not len(begins):
            return np.zeros(len(tokens.ends), dtype=np.int64)
        records = tokens.ends.searchsorted(begins, "right")
        whole = begins + _RUN <= tokens.ends[records]
        begins, records = begins.compress(whole), records.compress(whole)
        runs = ids_of(tokens.words[begins + _STEPS[:, None]])
        marks = runs[0]
        for following in runs[1:]:
            marks = next_mark(marks, following)
        return _counted(records, marks, self._text.fives, len(tokens.ends))

    def _common_pairs(self, tokens: PackedTokens, has: npt.NDArray[np.uint8]) -> Counts:
        """How many distinct anchor pairs each text shares with this one; 0 where they are too few
        to make it near."""
        count = len(tokens.ends)
        places = has.view(bool).nonzero()[0]
        ids, records, spread = _spread(tokens, places[are_anchors(tokens.words[places])])
        first, second = close_pairs(spread)
        holders = records[first]
        if not len(holders):
            return np.zeros(count, dtype=np.int64)
        # What both texts have close together, anchors that both have make close together here: so
        # many pairs are common at most, and most texts need more.
        most = np.bincount(holders, minlength=count)
        theirs = _fewest(*_spread(tokens, are_anchors(tokens.words).nonzero()[0]), count)
        enough = most >= NEAR_ANCHORS * np.minimum(theirs, self._fewest_pairs)
        if not (enough & (most > 0)).any():
            return np.zeros(count, dtype=np.int64)
        chosen = enough[holders]
        marks = side_by_side(ids[first[chosen]], ids[second[chosen]])
        return _counted(holders[chosen], marks, self._text.pairs, count)


def _spread(tokens: PackedTokens, anchors: Counts) -> tuple[Hashes, Counts, Counts]:
    """Of anchors at some places: ids, records, and places with the texts set so far apart that no
    pair has an end in each of two."""
    records = tokens.ends.searchsorted(anchors, "right")
    return ids_of(tokens.words[anchors]), records, anchors + records * WINDOW


def _fewest(ids: Hashes, records: Counts, places: Counts, count: int) -> Counts:
    """Pairs that each of `count` texts has at least: those of anchors that are close where each
    stands first. No two of these are the same, and to find them is cheaper than all."""
    cells = (records.view(np.uint64) << _ID_SIZE | ids) << _PLACE_SIZE | places.view(np.uint64)
    cells.sort()
    cells = cells.compress(firsts(cells >> _PLACE_SIZE))
    order = (cells & _PLACE_BITS).view(np.int64)
    holders = (cells >> _RECORD).view(np.int64)
    order.sort()
    reached = order.searchsorted(order + WINDOW, "right") - np.arange(1, len(order) + 1)
    # Texts stand one after the other, so that in order of places the holders are as they are.
    return np.bincount(holders, reached, count).astype(np.int64)


def _counted(records: Counts, marks: Hashes, known: Hashes, count: int) -> Counts:
    """How many distinct marks of each record are known; `known` is ascending."""
    if not len(marks) or not len(known):
        return np.zeros(count, dtype=np.int64)
    places = known.searchsorted(marks)
    held = known.take(places, mode="clip") == marks
    cells = records.compress(held) * len(known) + places.compress(held)
    once = distinct(cells.view(np.uint64)).view(np.int64)
    return np.bincount(once // len(known), minlength=count)
