"""Tells many pairs of texts apart together: those that are surely no translations, without their
features in full.

Most pairs that share keys are none. What decides that is computed here for all pairs of a batch in
arrays, where single pairs would wait for NumPy's calls. Sums are of another type than those of
`service.link.features`, and differ in their last digits: so a value near a threshold of the trees
is taken for one on either side, and a pair is told apart only if neither gives it the score. What
is left is compared in full.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from service.link.features import HEAD, LEAST_FACT_WEIGHT, by_length, in_same_order
from service.link.guards import LEAST_NAMES, LEAST_NUMBERS, LEAST_ORDER
from service.link.profile import Profile
from service.link.verifier import NAMES, highest_scores
from service.text.concepts.stream import NAME, NUMBER, WORD

Pair = tuple[Profile, Profile, int]
"""Two texts, in either order, and how many keys both have."""

_PAIR_BITS = np.uint64(32)
_KINDS = 3
_KIND_BITS = np.uint32(24)
_Floats = npt.NDArray[np.float64]


def told_apart(pairs: Sequence[Pair], least: float) -> list[bool]:
    """Return for each pair whether it surely fails `service.link.guards.has_facts_in_order`, or
    has a score below `least`."""
    if not pairs:
        return []
    count = len(pairs)
    both = [by_length(a, b) for a, b, _ in pairs]
    short, long = _Side([a for a, _ in both]), _Side([b for _, b in both])
    place = long.every.searchsorted(short.every)
    found = (
        long.every.take(place, mode="clip") == short.every
        if len(long.every)
        else np.zeros(len(place), dtype=bool)
    )
    in_short = found.nonzero()[0]
    in_long = place.take(in_short)
    pair, groups = short.pair.take(in_short), short.groups.take(in_short)
    weights, long_weights = short.weights.take(in_short), long.weights.take(in_long)
    common = _by_kind(groups, None, count)
    solid = _by_kind(groups, weights >= LEAST_FACT_WEIGHT, count)
    order = _orders(pair, in_short, in_long, short, long, count)
    facts = (solid[:, NUMBER] >= LEAST_NUMBERS) | (solid[:, NAME] >= LEAST_NAMES)
    kept = (facts & ~(order < LEAST_ORDER)).nonzero()[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = _by_kind(groups, weights, count) / short.totals
        long_shares = _by_kind(groups, long_weights, count) / long.totals
        cosine = np.bincount(pair, weights * long_weights, count) / np.sqrt(
            short.squares * long.squares
        )
    columns: dict[str, npt.ArrayLike] = {
        "words": shares[:, WORD],
        "names": shares[:, NAME],
        "numbers": shares[:, NUMBER],
        "long_words": long_shares[:, WORD],
        "long_names": long_shares[:, NAME],
        "long_numbers": long_shares[:, NUMBER],
        "cosine": np.nan_to_num(cosine),
        "common_words": common[:, WORD],
        "common_names": solid[:, NAME],
        "common_numbers": solid[:, NUMBER],
        "common_weight": np.bincount(pair, weights, count),
        "order": order,
        "head": _heads(both, found, short),
        "known": np.minimum(short.known, long.known),
        "count": np.minimum(short.sizes, long.sizes),
        "ratio": short.words / np.maximum(long.words, 1),
        "keys": [keys for _, _, keys in pairs],
        "size": short.words,
    }
    rows = np.zeros((len(NAMES), count))
    for number, name in enumerate(NAMES):
        if name in columns:
            rows[number] = columns[name]
    apart = np.ones(count, dtype=bool)
    apart[kept] = highest_scores(rows.take(kept, axis=1)) < least
    return apart.tolist()


class _Side:
    """One text of each pair.

    Attributes:
        sizes: different ids of each text.
        every: these ids, each below the number of its pair, ascending.
        pair: that number.
        groups: by pair and kind.
        weights, once, places: see `Profile`.
        totals, squares: likewise, of each text.
        words, known: words of each text, and ids a word.
        begins: where the ids of each text begin.
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        sizes = [len(each.ids) for each in profiles]
        self.sizes = np.array(sizes)
        self.begins = np.array([0, *accumulate(sizes)][:-1])
        ids = np.concatenate([each.ids for each in profiles])
        self.pair = np.arange(len(sizes)).repeat(sizes)
        self.every = self.pair.astype(np.uint64) << _PAIR_BITS | ids
        self.groups = self.pair * _KINDS + (ids >> _KIND_BITS)
        self.weights = np.concatenate([each.weights for each in profiles]).astype(np.float64)
        self.once = np.concatenate([each.once for each in profiles])
        self.places = np.concatenate([each.places for each in profiles])
        self.totals = _by_kind(self.groups, self.weights, len(sizes))
        self.squares = np.bincount(self.pair, self.weights * self.weights, len(sizes))
        self.words = np.array([each.words for each in profiles])
        texts = np.array([len(each.text) for each in profiles])
        self.known = texts / np.maximum(self.words, 1)


def _by_kind(
    groups: npt.NDArray[np.int64], weights: npt.NDArray[np.generic] | None, pairs: int
) -> npt.NDArray[np.float64]:
    """Sums of weights, or of ones, of each pair and kind."""
    sums = np.bincount(groups, weights, pairs * _KINDS)
    return sums.reshape(pairs, _KINDS).astype(np.float64, copy=False)


def _orders(
    pair: npt.NDArray[np.int64],
    in_short: npt.NDArray[np.intp],
    in_long: npt.NDArray[np.intp],
    short: _Side,
    long: _Side,
    pairs: int,
) -> _Floats:
    """See `LinkFeatures.order`; not a number if it is unknown."""
    once = (short.once.take(in_short) & long.once.take(in_long)).nonzero()[0]
    places, theirs = (
        short.places.take(in_short.take(once)),
        long.places.take(in_long.take(once)),
    )
    edges = pair.take(once).searchsorted(np.arange(pairs + 1)).tolist()
    found = [in_same_order(places[low:high], theirs[low:high]) for low, high in pairwise(edges)]
    return np.array(found, dtype=np.float64)


def _heads(
    both: Sequence[tuple[Profile, Profile]], found: npt.NDArray[np.bool_], short: _Side
) -> _Floats:
    """See `LinkFeatures.head`."""
    heads = [a.numbers[:HEAD] for a, _ in both]
    sizes = np.array([len(each) for each in heads])
    rows = np.arange(len(heads)).repeat(sizes)
    there = found.take(np.concatenate(heads) + short.begins.take(rows))
    shares: _Floats = np.bincount(rows, there, len(heads)) / np.maximum(sizes, 1)
    return shares
