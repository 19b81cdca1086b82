"""Anchors, which are tokens that survive rewording, and pairs of anchors close to each other."""

import numpy as np
import numpy.typing as npt

from service.text.hashing import Hashes, distinct, pair_hashes
from service.text.tokens import NAME, NUMBER

Ranks = npt.NDArray[np.int64]

_HALF = np.uint64(32)

WINDOW = 20
"""Maximum distance in tokens between the two anchors of a pair: about a sentence."""

RARE_WORD_ZIPF = 4.0
RARE_NAME_ZIPF = 5.2
"""A plain word is an anchor if its Zipf frequency is below the first limit, a name if it is below
the second. Chosen on labelled copies: with these limits, .99 of all copies are found. Both are also
class limits of the packed record (`packed.EDGES`)."""


def is_anchor(zipf: npt.NDArray[np.float32], kinds: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """True for each token that is an anchor: a number, a rare word, or a name that is not a very
    common word."""
    found: npt.NDArray[np.bool_] = (
        (kinds == NUMBER) | (zipf < RARE_WORD_ZIPF) | ((kinds == NAME) & (zipf < RARE_NAME_ZIPF))
    )
    return found


def anchor_pairs(ids: Hashes, anchor: npt.NDArray[np.bool_]) -> Hashes:
    """Hashes of the unordered pairs of different anchors within the window, distinct, ascending."""
    return distinct(pair_hashes(*_neighbours(ids, anchor)))


def anchor_pair_marks(ids: Hashes, anchor: npt.NDArray[np.bool_]) -> Hashes:
    """As `anchor_pairs`, but for ids of at most 32 bits: a pair is its two ids in one integer."""
    left, right = _neighbours(ids, anchor)
    return distinct(side_by_side(left, right))


def side_by_side(left: Hashes, right: Hashes) -> Hashes:
    """One integer for each unordered pair of ids of at most 32 bits: the smaller id in the upper
    half, the larger in the lower."""
    return np.minimum(left, right) << _HALF | np.maximum(left, right)


def _neighbours(ids: Hashes, anchor: npt.NDArray[np.bool_]) -> tuple[Hashes, Hashes]:
    """First and second id of each pair of different anchors within the window."""
    positions = anchor.nonzero()[0]
    first, second = close_pairs(positions)
    chosen = ids.take(positions)
    left, right = chosen.take(first), chosen.take(second)
    different = left != right
    return left.compress(different), right.compress(different)


def close_pairs(positions: npt.NDArray[np.int64]) -> tuple[Ranks, Ranks]:
    """Find all pairs of positions that are within the window.

    Args:
        positions: positions of tokens, ascending.

    Returns:
        For each pair, the index in `positions` of its first and of its second position.
    """
    following = np.arange(1, len(positions) + 1)
    reached = positions.searchsorted(positions + WINDOW, "right") - following
    first = (following - 1).repeat(reached)
    begins = following - (reached.cumsum() - reached)
    return first, np.arange(len(first)) + begins.take(first)
