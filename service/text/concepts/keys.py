"""Keys by which a text finds its translations: pairs of ids near each other.

A key only helps if it survives translation, and ids differ in how well they do: a number is written
alike nearly everywhere, a name is transcribed, a word is one choice of several. So the keys are
taken by class of their pair, the most durable first, and by the smallest hash within a class, as a
sketch (Broder, 1997); the sides of a pair take the same ones where they have the same ids.
"""

import numpy as np
import numpy.typing as npt

from service.text.concepts.stream import NAME, NUMBER, Concepts
from service.text.hashing import Hashes, distinct, pair_hashes, smallest

WINDOW = 30
"""Maximum distance in tokens between the two ids of a pair: a sentence or two."""

KEYS_BY_CLASS = (32, 32, 16, 16)
"""Keys taken of each class: number with name or number; two names, or number with word; name with
word; two words."""

LEAST_WEIGHT = 1.5
"""Lighter ids, which are frequent words and single digits, are in no key."""

_CLASS = np.full((4, 4), 3, dtype=np.int8)
_CLASS[NUMBER, NUMBER] = _CLASS[NUMBER, NAME] = _CLASS[NAME, NUMBER] = 0
_CLASS[NAME, NAME] = _CLASS[NUMBER, 0] = _CLASS[0, NUMBER] = 1
_CLASS[NAME, 0] = _CLASS[0, NAME] = 2
_CLASS_OF_PAIR = _CLASS.ravel()
"""By four times the kind of one id and the kind of the other."""


def link_keys(text: Concepts) -> Hashes:
    """Return the keys of a text, ascending; at most 96."""
    kept = (text.weights >= LEAST_WEIGHT).nonzero()[0]
    ids = text.ids.take(kept).astype(np.uint64)
    kinds = (ids >> np.uint64(24)).astype(np.int8)
    first, second = _close(text.tokens.take(kept).astype(np.int64))
    left, right = ids.take(first), ids.take(second)
    classes = _CLASS_OF_PAIR.take((kinds << 2).take(first) | kinds.take(second))
    classes[left == right] = len(KEYS_BY_CLASS)  # a pair of an id with itself is none
    hashes = pair_hashes(left, right)
    chosen = [
        smallest(hashes.compress(classes == number), count)
        for number, count in enumerate(KEYS_BY_CLASS)
    ]
    return distinct(np.concatenate(chosen))


def _close(
    positions: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Indices of the first and second of each pair within the window; positions ascend."""
    following = np.arange(1, len(positions) + 1)
    reached = positions.searchsorted(positions + WINDOW, "right") - following
    first = (following - 1).repeat(reached)
    begins = following - (reached.cumsum() - reached)
    return first, np.arange(len(first)) + begins.take(first)
