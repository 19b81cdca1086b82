"""What the vocabularies of two texts share, wherever in the texts the words are.

A text rewritten from a report keeps its facts (names and numbers) and adds none, though it keeps no
sentence; another report of the same event has facts of its own.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from service.fold.verify.text_record import KINDS, RARE, TextRecord


@dataclass(frozen=True, slots=True)
class SharedVocabulary:
    """What two vocabularies share; the attributes are described with `Features`."""

    names: float | None = None
    numbers: float | None = None
    long_names: float | None = None
    long_numbers: float | None = None
    lost: int = 0
    added: int = 0
    bag: float = 0.0
    long_bag: float = 0.0
    cosine: float = 0.0
    rare_bag: float | None = None
    number_order: float | None = None
    facts: int = 0
    rarity: float = 0.0


NO_VOCABULARY = SharedVocabulary()


def share_vocabulary(short: TextRecord, long: TextRecord) -> SharedVocabulary:
    """Return what the vocabularies of two texts share."""
    a, b = short.vocabulary, long.vocabulary
    if not len(a.ids) or not len(b.ids):
        return NO_VOCABULARY
    at = b.ids.searchsorted(a.ids)
    in_b = b.ids.take(at, mode="clip") == a.ids
    in_a = np.zeros(len(b.ids), dtype=bool)
    in_a[at.compress(in_b)] = True
    kinds, weights = a.kinds.compress(in_b), a.weights.compress(in_b)
    long_kinds, long_weights = b.kinds.compress(in_a), b.weights.compress(in_a)
    # Sums of weights are exact in any order: weights have 24 significant bits, sums 53.
    by_kind = np.bincount(kinds, weights, KINDS).tolist()
    *_, names, numbers = np.bincount(kinds, minlength=KINDS).tolist()
    *_, long_names, long_numbers = np.bincount(long_kinds, minlength=KINDS).tolist()
    *_, own_names, own_numbers = a.counts
    *_, their_names, their_numbers = b.counts
    all_rare = a.totals[RARE]
    return SharedVocabulary(
        names=names / own_names if own_names else None,
        numbers=numbers / own_numbers if own_numbers else None,
        long_names=long_names / their_names if their_names else None,
        long_numbers=long_numbers / their_numbers if their_numbers else None,
        lost=own_names + own_numbers - names - numbers,
        added=their_names + their_numbers - long_names - long_numbers,
        bag=sum(by_kind) / a.total,
        long_bag=float(np.add.reduce(long_weights)) / b.total,
        cosine=float(np.add.reduce(weights * long_weights)) / math.sqrt(a.square * b.square),
        rare_bag=by_kind[RARE] / all_rare if all_rare else None,
        number_order=_order(a.number_positions, b.number_positions),
        facts=own_names + own_numbers,
        rarity=a.total / len(a.ids),
    )


def _order(a: dict[int, int], b: dict[int, int]) -> float | None:
    """Return the share of consecutive common numbers that are in the same order; None if there are
    fewer than two.

    Args:
        a, b: first position of each number, by id, in the order of the text.
    """
    positions = [b[number] for number in a if number in b]
    if len(positions) < 2:
        return None
    rising = sum(left < right for left, right in pairwise(positions))
    return rising / (len(positions) - 1)
