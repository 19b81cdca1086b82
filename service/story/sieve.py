"""A quick look at known texts that says which of them a full comparison would find near.

Most texts that share a few keys with an article are of the same topic and no copies: they are told
by their records as they are stored, all at once and for several articles at once, without laying
them out. The answer is exact: it is what `is_near` of `service.story.compare` says of the
comparison.
"""

from collections.abc import Callable, Sequence
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

AT_ONCE = 1 << 10
"""Texts that ask together, at most."""

_TABLE = 1 << 16
_TABLES = np.arange(AT_ONCE, dtype=np.int64) * _TABLE
_IN_TEXT = np.uint8(1)
_ANCHOR = np.uint8(2)
_BELOW_TOP = np.uint64(4)
_ID_SIZE = np.uint64(20)
_PLACE_SIZE = np.uint64(28)
_PLACE_BITS = np.uint64((1 << 28) - 1)
_RECORD = np.uint64(48)
_RUN = 5
_STEPS = np.arange(_RUN)
_MARKS_SIZE = 24
_NONE = np.empty(0, dtype=np.int64)

Counts = npt.NDArray[np.int64]


class Sieve:
    """Compares some texts, each with texts of its own."""

    def __init__(self, texts: Sequence[TextRecord]) -> None:
        self._texts = texts
        # Which tokens each text has, by the upper bits of their ids: one step leaves nearly all of
        # what the texts do not share.
        sizes = [len(text) for text in texts]
        tops = (np.concatenate([text.ids for text in texts]) >> _BELOW_TOP).view(np.int64)
        tops += _TABLES[: len(texts)].repeat(sizes)
        self._has = np.zeros(_TABLE * len(texts), dtype=np.uint8)
        self._has[tops] = _IN_TEXT
        self._has[tops.compress(self._anchors)] = _IN_TEXT | _ANCHOR

    @cached_property
    def _anchors(self) -> npt.NDArray[np.bool_]:
        return np.concatenate([text.anchors for text in self._texts])

    @cached_property
    def _fewest_pairs(self) -> Counts:
        """Anchor pairs that each text has at least; those it has are counted only if need be."""
        places = self._anchors.nonzero()[0]
        ends = np.array([len(text) for text in self._texts], dtype=np.int64).cumsum()
        holders = ends.searchsorted(places, "right")
        ids = np.concatenate([text.ids for text in self._texts]).take(places)
        return _fewest(ids, holders, places + holders * WINDOW, len(self._texts))

    def near(self, asking: Sequence[int], records: Sequence[bytes]) -> list[bool]:
        """Which of the texts are near.

        Args:
            asking: of each record, which text it is compared with, by its place; ascending.
            records: of the other texts, without base64.

        Raises:
            ValueError: one is no record.
        """
        if not records:
            return []
        tokens, askers = read_tokens(records), np.array(asking, dtype=np.int64)
        has = self._has.take(tokens.tops + _TABLES.take(askers).repeat(tokens.sizes))
        fives = self._common_fives(tokens, askers, has & _IN_TEXT).tolist()
        near = [
            fives > 0 and self._are_enough(self._texts[asker], fives, words)
            for asker, fives, words in zip(asking, fives, tokens.sizes, strict=True)
        ]
        for n, settled in enumerate(near):
            if settled:
                has[tokens.begin(n) : tokens.begin(n) + tokens.sizes[n]] = 0
        pairs = self._common_pairs(tokens, askers, has & _ANCHOR).tolist()
        for n, common in enumerate(zip(fives, pairs, strict=True)):
            if not near[n] and any(common):
                near[n] = _is_near(self._texts[asking[n]], tokens.of(n), *common)
        return near

    def _are_enough(self, text: TextRecord, fives: int, words: int) -> bool:
        """Whether a text of so many words is near by its common 5-grams alone, even if no two of
        its own are the same."""
        containment = fives / min(words - _RUN + 1, len(text.fives))
        return shares_are_near(min(words, len(text)), containment, 0.0)

    def _common_fives(
        self, tokens: PackedTokens, askers: Counts, has: npt.NDArray[np.uint8]
    ) -> Counts:
        """How many distinct 5-grams each text shares with the one that asks."""
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
        return self._counted(records, marks, askers, _fives)

    def _common_pairs(
        self, tokens: PackedTokens, askers: Counts, has: npt.NDArray[np.uint8]
    ) -> Counts:
        """How many distinct anchor pairs each text shares with the one that asks; 0 where they are
        too few to make it near."""
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
        own = self._fewest_pairs.take(askers)
        enough = (most >= NEAR_ANCHORS * np.minimum(theirs, own)) & (most > 0)
        if not enough.any():
            return np.zeros(count, dtype=np.int64)
        chosen = enough[holders]
        marks = side_by_side(ids[first[chosen]], ids[second[chosen]])
        return self._counted(holders[chosen], marks, askers, _pairs)

    def _counted(
        self,
        records: Counts,
        marks: Hashes,
        askers: Counts,
        known_of: Callable[[TextRecord], Hashes],
    ) -> Counts:
        """How many distinct marks of each record the text that asks has too.

        Args:
            records: of the marks, ascending.
            known_of: the marks of a text, ascending.
        """
        stops = records.searchsorted(askers.searchsorted(np.arange(len(self._texts)), "right"))
        cells, begin = [_NONE], 0
        for text, stop in zip(self._texts, stops.tolist(), strict=True):
            if begin < stop and len(known := known_of(text)):
                asked = marks[begin:stop]
                places = known.searchsorted(asked)
                held = known.take(places, mode="clip") == asked
                places += records[begin:stop] << _MARKS_SIZE
                cells.append(places.compress(held))
            begin = stop
        once = distinct(np.concatenate(cells).view(np.uint64)).view(np.int64)
        return np.bincount(once >> _MARKS_SIZE, minlength=len(askers))


def _fives(text: TextRecord) -> Hashes:
    return text.fives


def _pairs(text: TextRecord) -> Hashes:
    return text.pairs


def _is_near(asking: TextRecord, text: Words, fives: int, pairs: int) -> bool:
    """Whether a text is near that has so many 5-grams and anchor pairs in common."""
    ids, words = ids_of(text), min(len(text), len(asking))
    containment = 0.0
    if fives:
        own = len(distinct(run_marks(ids, _RUN)))
        containment = fives / min(own, len(asking.fives))
    if not pairs or not shares_tell(words, containment) or containment >= NEAR_CONTAINMENT:
        return shares_are_near(words, containment, 0.0)
    own = len(anchor_pair_marks(ids, are_anchors(text)))
    return shares_are_near(words, containment, pairs / min(own, len(asking.pairs)))


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
