"""A quick look at known texts that says which of them a full comparison would find near.

Most texts that share a few keys with an article are of the same topic and no copies: they are told
by their records as they are stored, all at once, without laying them out. The answer is exact: it
is what `is_near` of `service.story.compare` says of the comparison.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from service.story.anchors import WINDOW, anchor_pair_marks, close_pairs, side_by_side
from service.story.compare import (
    NEAR_ANCHORS,
    NEAR_CONTAINMENT,
    shares_are_near,
    shares_tell,
)
from service.story.hashing import Hashes, distinct, next_mark, run_marks
from service.story.packed import PackedTokens, Words, are_anchors, ids_of, read_tokens
from service.story.record import TextRecord

_TABLE = 1 << 16
_IN_TEXT = np.uint8(1)
_ANCHOR = np.uint8(2)
_LOW = np.uint64(_TABLE - 1)
_ID_SIZE = np.uint64(20)
_RUN = 5
_STEPS = np.arange(_RUN)

Counts = npt.NDArray[np.int64]


class Sieve:
    """Compares one text with many."""

    def __init__(self, text: TextRecord) -> None:
        self._words = len(text)
        self._fives = text.fives
        self._pairs = text.pairs
        # Which tokens the text has, by the lowest bits of their ids: one step leaves nearly all
        # of what the texts do not share.
        self._has = np.zeros(_TABLE, dtype=np.uint8)
        self._has[_places(text.ids)] = _IN_TEXT
        self._has[_places(text.ids[text.anchors])] = _IN_TEXT | _ANCHOR

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
        has = self._has.take(_places(ids_of(tokens.words)))
        fives = self._common_fives(tokens, has & _IN_TEXT)
        pairs = self._common_pairs(tokens, has & _ANCHOR)
        if pairs.any():
            # To count all pairs of a text is slow, and most have so many that few are shared.
            most = np.minimum(_fewest_pairs(tokens), len(self._pairs))
            pairs[pairs < NEAR_ANCHORS * most] = 0
        found = zip(fives.tolist(), pairs.tolist(), strict=True)
        return [self._is_near(tokens.of(n), *common) for n, common in enumerate(found)]

    def _is_near(self, text: Words, fives: int, pairs: int) -> bool:
        """Whether a text is near that has so many 5-grams and anchor pairs in common."""
        if not fives and not pairs:
            return False
        ids, words = ids_of(text), min(len(text), self._words)
        containment = 0.0
        if fives:
            containment = fives / min(len(distinct(run_marks(ids, _RUN))), len(self._fives))
        if not pairs or not shares_tell(words, containment) or containment >= NEAR_CONTAINMENT:
            return shares_are_near(words, containment, 0.0)
        shared = pairs / min(len(anchor_pair_marks(ids, are_anchors(text))), len(self._pairs))
        return shares_are_near(words, containment, shared)

    def _common_fives(self, tokens: PackedTokens, has: npt.NDArray[np.uint8]) -> Counts:
        """How many distinct 5-grams each text shares with this one."""
        twos = has[:-1] & has[1:]
        begins = (twos[:-3] & twos[2:-1] & has[4:]).view(bool).nonzero()[0]
        if not len(begins):
            return np.zeros(len(tokens.ends), dtype=np.int64)
        records = tokens.ends.searchsorted(begins, "right")
        whole = begins + _RUN <= tokens.ends[records]
        begins, records = begins[whole], records[whole]
        runs = ids_of(tokens.words[begins + _STEPS[:, None]])
        marks = runs[0]
        for following in runs[1:]:
            marks = next_mark(marks, following)
        return _counted(records, marks, self._fives, len(tokens.ends))

    def _common_pairs(self, tokens: PackedTokens, has: npt.NDArray[np.uint8]) -> Counts:
        """How many distinct anchor pairs each text shares with this one."""
        ids, records, spread = _anchors(tokens, has.nonzero()[0])
        first, second = close_pairs(spread)
        marks = side_by_side(ids[first], ids[second])
        return _counted(records[first], marks, self._pairs, len(tokens.ends))


def _places(ids: Hashes) -> npt.NDArray[np.int64]:
    """Where tokens stand in the table."""
    return (ids & _LOW).view(np.int64)


def _anchors(tokens: PackedTokens, places: Counts) -> tuple[Hashes, Counts, Counts]:
    """The anchors among some tokens: ids, records, and places with the texts set so far apart that
    no pair has an end in each of two."""
    places = places[are_anchors(tokens.words[places])]
    records = tokens.ends.searchsorted(places, "right")
    return ids_of(tokens.words[places]), records, places + records * WINDOW


def _fewest_pairs(tokens: PackedTokens) -> Counts:
    """Pairs that each text has at least.

    Neighbouring anchors that are close are pairs, and these join all anchors of a stretch: so many
    as are different, less one for each stretch.
    """
    ids, records, spread = _anchors(tokens, np.arange(len(tokens.words)))
    count = len(tokens.ends)
    different = distinct(records.view(np.uint64) << _ID_SIZE | ids) >> _ID_SIZE
    apart = records[1:][spread[1:] - spread[:-1] > WINDOW]
    stretches = np.bincount(apart, minlength=count) + 1
    return np.bincount(different.view(np.int64), minlength=count) - stretches


def _counted(records: Counts, marks: Hashes, known: Hashes, count: int) -> Counts:
    """How many distinct marks of each record are known; `known` is ascending."""
    if not len(marks) or not len(known):
        return np.zeros(count, dtype=np.int64)
    places = known.searchsorted(marks)
    places[places == len(known)] = 0
    held = known[places] == marks
    once = distinct((records[held] * len(known) + places[held]).view(np.uint64)).view(np.int64)
    return np.bincount(once // len(known), minlength=count)
