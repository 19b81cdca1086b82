"""Anchors, the tokens that survive rewording, and the pairs of them that stand close together."""

import numpy as np
import numpy.typing as npt

from service.story.hashing import Hashes, pair_hashes
from service.story.tokens import NAME, NUMBER

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
    places = np.flatnonzero(anchor)
    chosen = ids[places]
    found = []
    for step in range(1, WINDOW + 1):
        if step >= len(places):
            break
        near = (places[step:] - places[:-step]) <= WINDOW
        if not near.any():
            break
        left, right = chosen[:-step][near], chosen[step:][near]
        different = left != right
        found.append(pair_hashes(left[different], right[different]))
    if not found:
        return np.empty(0, dtype=np.uint64)
    return np.unique(np.concatenate(found))
