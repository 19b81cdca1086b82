"""Keys by which a text finds its translations: pairs of ids near each other.

A key only helps if it survives translation, and ids differ in how well they do: a number is written
alike nearly everywhere, a name is transcribed, a word is one choice of several. So the keys are
taken by class of their pair, the most durable first, and by the smallest hash within a class, as a
sketch (Broder, 1997); the sides of a pair take the same ones where they have the same ids.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from service.text.concepts.stream import NAME, NUMBER, Concepts
from service.text.hashing import Hashes, firsts, pair_hashes

WINDOW = 30
"""Maximum distance in tokens between the two ids of a pair: a sentence or two."""

KEYS_BY_CLASS = (32, 32, 16, 16)
"""Keys taken of each class: number with name or number; two names, or number with word; name with
word; two words."""

LEAST_WEIGHT = 1.5
"""Lighter ids, which are frequent words and single digits, are in no key."""

_CLASSES = 8
"""Room for them, and for pairs that are none, beside the number of a text."""

_NO_PAIR = len(KEYS_BY_CLASS)
_MOST_OF_GROUP = np.array([*KEYS_BY_CLASS, *[0] * (_CLASSES - len(KEYS_BY_CLASS))])

_TOGETHER = 16
"""Texts whose pairs are hashed together: more do not fit into the cache of a core."""

_SPARE = 4
"""So many times the hashes that are taken are looked at, of those spread evenly."""

_ALL = np.uint64(2**64 - 1)

_CLASS = np.full((4, 4), 3, dtype=np.int8)
_CLASS[NUMBER, NUMBER] = _CLASS[NUMBER, NAME] = _CLASS[NAME, NUMBER] = 0
_CLASS[NAME, NAME] = _CLASS[NUMBER, 0] = _CLASS[0, NUMBER] = 1
_CLASS[NAME, 0] = _CLASS[0, NAME] = 2
_CLASS_OF_PAIR = _CLASS.ravel()
"""By four times the kind of one id and the kind of the other."""


def link_keys(text: Concepts) -> Hashes:
    """Return the keys of a text, ascending; at most 96."""
    return link_keys_together([text])[0]


def link_keys_together(texts: Sequence[Concepts]) -> list[Hashes]:
    """Return the keys of several texts; for a few dozen it takes two thirds of the time that they
    take one by one."""
    found: list[Hashes] = []
    for first in range(0, len(texts), _TOGETHER):
        found += _keys_of_some(texts[first : first + _TOGETHER])
    return found


def _keys_of_some(texts: Sequence[Concepts]) -> list[Hashes]:
    ids = np.concatenate([text.ids for text in texts])
    kept = (np.concatenate([text.weights for text in texts]) >= LEAST_WEIGHT).nonzero()[0]
    if not len(kept):
        return [np.empty(0, dtype=np.uint64) for _ in texts]
    tokens = np.concatenate([text.tokens for text in texts]).take(kept).astype(np.int64)
    edges = np.array([0, *accumulate(map(len, texts))])
    text = np.arange(len(texts)).repeat(np.diff(edges)).take(kept)
    # Each text stands beyond the window of the one before.
    first, second = _close(tokens + text * (int(tokens.max()) + WINDOW + 1))
    ids = ids.take(kept).astype(np.uint64)
    kinds = (ids >> np.uint64(24)).astype(np.int8)
    left, right = ids.take(first), ids.take(second)
    classes = _CLASS_OF_PAIR.take((kinds << 2).take(first) | kinds.take(second))
    classes[left == right] = _NO_PAIR
    groups = (text * _CLASSES).take(first) + classes
    return _smallest(pair_hashes(left, right), groups, len(texts))


def _smallest(hashes: Hashes, groups: npt.NDArray[np.int64], texts: int) -> list[Hashes]:
    """The smallest different hashes of each group, as many as its class has keys, by text.

    Args:
        groups: of each hash: number of its text and class.
    """
    most = np.tile(_MOST_OF_GROUP, texts)
    sizes = np.bincount(groups, minlength=len(most))
    # Sorting takes most of the time: what is far above the last one that is taken is left out.
    share = np.divide(_SPARE * most, sizes, out=np.ones(len(most)), where=sizes > _SPARE * most)
    share[most == 0] = 0.0
    own, group = _below(hashes, groups, share)
    short = (np.bincount(group, minlength=len(most)) < most) & (share < 1.0)
    if short.any():
        # What a text has many times is not spread evenly.
        more, of_more = _below(hashes, groups, short.astype(np.float64))
        others = ~short.take(group)
        own = np.concatenate([own.compress(others), more])
        group = np.concatenate([group.compress(others), of_more])
        order = group.argsort(kind="stable")
        own, group = own.take(order), group.take(order)
    edges = group.searchsorted(np.arange(len(most)))
    taken = (np.arange(len(group)) - edges.take(group) < most.take(group)).nonzero()[0]
    own, owner = _distinct(own.take(taken), group.take(taken) // _CLASSES)
    ends = owner.searchsorted(np.arange(texts + 1)).tolist()
    # Each in memory of its own: a part of what is of all would keep all.
    return [own[begin:end].copy() for begin, end in pairwise(ends)]


def _below(
    hashes: Hashes, groups: npt.NDArray[np.int64], share: npt.NDArray[np.float64]
) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """The different hashes of each group in the lowest share of all that there may be."""
    most = np.full(len(share), _ALL)
    np.copyto(most, (share * (share < 1.0) * 2.0**64).astype(np.uint64), where=share < 1.0)
    kept = (hashes <= most.take(groups)).nonzero()[0]
    return _distinct(hashes.take(kept), groups.take(kept))


def _distinct(
    hashes: Hashes, groups: npt.NDArray[np.int64]
) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """The different hashes of each group, ascending by group and hash, and their groups."""
    order = hashes.argsort()
    # There are few groups: NumPy sorts numbers of 16 bits by counting.
    order = order.take(groups.take(order).astype(np.uint16).argsort(kind="stable"))
    hashes, groups = hashes.take(order), groups.take(order)
    new = (firsts(hashes) | firsts(groups)).nonzero()[0]
    return hashes.take(new), groups.take(new)


def _close(
    positions: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Indices of the first and second of each pair within the window; positions ascend."""
    following = np.arange(1, len(positions) + 1)
    reached = positions.searchsorted(positions + WINDOW, "right") - following
    first = (following - 1).repeat(reached)
    begins = following - (reached.cumsum() - reached)
    return first, np.arange(len(first)) + begins.take(first)
