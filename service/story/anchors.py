"""Anchors, the tokens that survive rewording, and the pairs of them that stand close together."""

import numpy as np
import numpy.typing as npt

from service.story.hashing import Hashes, distinct, pair_hashes
from service.story.tokens import NAME, NUMBER

Ranks = npt.NDArray[np.int64]

_HALF = np.uint64(32)

WINDOW = 20
"""Tokens between two anchors of a pair, at most: about a sentence."""

RARE_WORD_ZIPF = 4.0
RARE_NAME_ZIPF = 5.2
"""A plain word is an anchor below the first, a capitalised one below the second: chosen on labelled
copies, where they find .99 of all pairs; both are edges of the record's classes."""


def is_anchor(zipf: npt.NDArray[np.float32], kinds: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Which tokens are anchors: numbers, rare words, and names that are not very common words."""
    found: npt.NDArray[np.bool_] = (
        (kinds == NUMBER) | (zipf < RARE_WORD_ZIPF) | ((kinds == NAME) & (zipf < RARE_NAME_ZIPF))
    )
    return found


def anchor_pairs(ids: Hashes, anchor: npt.NDArray[np.bool_]) -> Hashes:
    """Distinct hashes of the unordered pairs of different anchors within the window."""
    return distinct(pair_hashes(*_neighbours(ids, anchor)))


def anchor_pair_marks(ids: Hashes, anchor: npt.NDArray[np.bool_]) -> Hashes:
    """As `anchor_pairs`, for ids of at most 32 bits: the two ids side by side."""
    left, right = _neighbours(ids, anchor)
    return distinct(side_by_side(left, right))


def side_by_side(left: Hashes, right: Hashes) -> Hashes:
    """A mark of each unordered pair of ids of at most 32 bits."""
    return np.minimum(left, right) << _HALF | np.maximum(left, right)


def _neighbours(ids: Hashes, anchor: npt.NDArray[np.bool_]) -> tuple[Hashes, Hashes]:
    """The two ends of each pair of different anchors within the window."""
    places = anchor.nonzero()[0]
    first, second = close_pairs(places)
    chosen = ids.take(places)
    left, right = chosen.take(first), chosen.take(second)
    different = left != right
    return left.compress(different), right.compress(different)


def close_pairs(places: npt.NDArray[np.int64]) -> tuple[Ranks, Ranks]:
    """Each two of some places, ascending, that are within the window; by their ranks."""
    following = np.arange(1, len(places) + 1)
    reached = places.searchsorted(places + WINDOW, "right") - following
    first = (following - 1).repeat(reached)
    begins = following - (reached.cumsum() - reached)
    return first, np.arange(len(first)) + begins.take(first)
