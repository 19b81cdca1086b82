"""A quick look at a known text that says when a full comparison would find nothing.

Most texts that share a few keys with an article are of the same topic and no copies: they are told
by their record as it is stored, without laying it out. The answer is exact where it is given; where
it would take more, there is none.
"""

import numpy as np

from service.story.anchors import WINDOW, anchor_pair_marks
from service.story.compare import NEAR_ANCHORS, NEAR_CONTAINMENT, SHORT_CONTAINMENT, SHORT_WORDS
from service.story.hashing import Hashes, distinct, mix, run_marks
from service.story.record import TextRecord, read_tokens

_TABLE_BITS = 16
_SHIFT = np.uint64(64 - _TABLE_BITS)
_LOW = np.uint64((1 << _TABLE_BITS) - 1)
_HALF = np.uint64(32)
_RUN = 5
_FEW = 64


class Sieve:
    """Compares one text with many."""

    def __init__(self, text: TextRecord) -> None:
        self._words = len(text)
        self._fives = text.fives
        self._pairs = text.pairs
        self._has_five = np.zeros(1 << _TABLE_BITS, dtype=bool)
        self._has_five[mix(text.fives) >> _SHIFT] = True
        self._has_anchor = np.zeros(1 << _TABLE_BITS, dtype=bool)
        self._has_anchor[text.ids[text.anchors] & _LOW] = True

    def is_far(self, record: bytes) -> bool:
        """Whether the text of a record is certainly not near, see `service.story.compare`."""
        tokens = read_tokens(record)
        runs = run_marks(tokens.ids, _RUN)
        common = _common(distinct(runs[self._has_five[mix(runs) >> _SHIFT]]), self._fives)
        containment = 0.0
        if common:
            containment = common / min(len(distinct(runs)), len(self._fives))
        if containment >= min(NEAR_CONTAINMENT, SHORT_CONTAINMENT):
            return False
        if min(len(tokens.ids), self._words) < SHORT_WORDS:
            return True
        shared = tokens.anchors & self._has_anchor[tokens.ids & _LOW]
        pairs = _common(_pair_marks(tokens.ids, shared), self._pairs)
        return pairs == 0 or pairs < NEAR_ANCHORS * min(
            len(self._pairs), _fewest_pairs(tokens.ids[tokens.anchors], tokens.anchors)
        )


def _pair_marks(ids: Hashes, anchors: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Hashes:
    """As `anchor_pair_marks`, quicker where anchors are few."""
    places = np.flatnonzero(anchors)
    if len(places) > _FEW:
        return anchor_pair_marks(ids, anchors)
    gaps = places - places[:, None]
    first, second = np.nonzero((gaps > 0) & (gaps <= WINDOW))
    chosen = ids[places]
    left, right = chosen[first], chosen[second]
    marks = np.minimum(left, right) << _HALF | np.maximum(left, right)
    return distinct(marks[left != right])


def _fewest_pairs(ids: Hashes, anchors: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> int:
    """Pairs that a text has at least: those of neighbouring anchors, and of the next but one."""
    places = np.flatnonzero(anchors)
    marks = []
    for step in (1, 2):
        left, right = ids[:-step], ids[step:]
        pairs = (places[step:] - places[:-step] <= WINDOW) & (left != right)
        low, high = np.minimum(left, right), np.maximum(left, right)
        marks.append((low << _HALF | high)[pairs])
    return len(distinct(np.concatenate(marks)))


def _common(part: Hashes, whole: Hashes) -> int:
    """How many of these distinct, ascending hashes are in `whole`, which is such too."""
    if not len(part) or not len(whole):
        return 0
    places = whole.searchsorted(part)
    places[places == len(whole)] = 0
    return int(np.count_nonzero(whole[places] == part))
