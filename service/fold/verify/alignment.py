"""Sentence alignment: finds each sentence of one text in another, by the weight of shared words."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.fold.verify.text_record import TextRecord, Units, sums

ALIGNED = 0.6
"""A sentence has a partner if at least this share of its weight is found there."""

_SOLID = 0.75
"""A sentence is solid if at least this share of the weight of its anchors is in its partner."""

PAIR_PENALTY = 0.02
"""A pair of neighbouring sentences must contain more of the sentence's weight than a single one, by
this share of it, to be preferred."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How much of text A was found in text B: shares by weight, 0 to 1.

    The best window of a sentence of A is the sentence of B, or the two neighbouring ones, with most
    of its weight. It is the sentence's partner if it has enough of it, see `ALIGNED`.

    Attributes:
        soft: share of the words that are in their sentence's best window.
        covered: share of the sentences that have a partner.
        plain, rare, names, numbers: shares of the common words, rare words, names and numbers that
            are in their sentence's best window; None for names and numbers if the text has none.
        solid: share of the anchors that are found, in sentences of which nearly all are.
        clash: share of the names and numbers that are not found, in sentences of which the plain
            words are; None if there are none in such sentences.
        order: share of consecutive sentences with partners whose partners are in the same order; by
            number.
        head: share of the words at the beginning of the text that are anywhere in the other.
    """

    soft: float = 0.0
    covered: float = 0.0
    plain: float = 0.0
    rare: float = 0.0
    names: float | None = None
    numbers: float | None = None
    solid: float = 0.0
    clash: float | None = None
    order: float = 0.0
    head: float = 0.0


NOTHING = Alignment()

_sum = np.add.reduce


def align(a: TextRecord, b: TextRecord) -> Alignment:
    """Return how much of `a` is found in `b`."""
    return align_both(a, b)[0]


def align_both(a: TextRecord, b: TextRecord) -> tuple[Alignment, Alignment]:
    """Return how much of `a` is found in `b`, and of `b` in `a`, with one look-up of the words."""
    words = b.by_word
    left = words.ids.searchsorted(a.units.ids, "left")
    found = words.ids.searchsorted(a.units.ids, "right") - left
    units_a = np.arange(len(found)).repeat(found)
    if not len(units_a):
        return NOTHING, NOTHING
    rows = np.arange(len(units_a)) + (left - (found.cumsum() - found)).take(units_a)
    units_b = words.units.take(rows)
    if a is b:
        same = _align(a, units_a, b, units_b)
        return same, same
    return _align(a, units_a, b, units_b), _align(b, units_b, a, units_a)


def _align(
    a: TextRecord, units_a: npt.NDArray[np.int64], b: TextRecord, units_b: npt.NDArray[np.int64]
) -> Alignment:
    """Return how much of `a` is found in `b`.

    Args:
        units_a, units_b: every pair of units, one of each text, that are the same word.
    """
    units, count = a.units, b.sentence_count
    sentences, others = units.sentences.take(units_a), b.units.sentences.take(units_b)
    weights, cells = units.weights.take(units_a), sentences * count + others
    shape = (len(units.totals), count)
    # A window is a sentence, or a sentence and the next one, in which words of both count once.
    # Sums are exact in any order: weights have 24 significant bits, sums 53.
    single = sums(cells, weights, shape[0] * count).reshape(shape)
    twice = sums(cells, weights * b.by_word.in_next.take(units_b), shape[0] * count).reshape(shape)
    pairs = single[:, :-1] + single[:, 1:]
    pairs -= twice[:, :-1]
    pairs -= PAIR_PENALTY * units.totals[:, None]
    partner = np.concatenate([single, pairs], axis=1).argmax(axis=1)
    begin = np.where(partner < count, partner, partner - count)
    end = begin + (partner >= count)
    inside = (others == begin.take(sentences)) | (others == end.take(sentences))
    in_window = np.zeros(len(units.ids), dtype=bool)
    in_window[units_a.compress(inside)] = True
    anywhere = np.zeros(len(units.ids), dtype=bool)
    anywhere[units_a] = True
    return _measure(units, begin, in_window, anywhere)


def _measure(
    units: Units,
    partners: npt.NDArray[np.int64],
    in_window: npt.NDArray[np.bool_],
    anywhere: npt.NDArray[np.bool_],
) -> Alignment:
    """Return the shares.

    Args:
        partners: first sentence of each sentence's best window.
        in_window: which units are in their sentence's best window.
        anywhere: which units are in the other text.
    """
    heavy, count = units.heavy, len(units.heavy)
    weights_found = units.weights * in_window
    found = sums(units.sentences, weights_found, count)
    anchors = sums(units.sentences, weights_found * units.anchors, count)
    aligned = heavy & (found >= ALIGNED * units.totals)
    solid = heavy & (anchors >= _SOLID * units.anchor_totals)
    plain_agree = heavy & (found - anchors >= ALIGNED * (units.totals - units.anchor_totals))
    facts = units.weights * (units.facts & plain_agree[units.sentences])
    all_facts = float(_sum(facts))
    total = float(_sum(units.totals[heavy]))
    shares = [
        part / whole if whole else None
        for part, whole in zip(
            (units.classes @ in_window).tolist(), units.class_totals.tolist(), strict=True
        )
    ]
    return Alignment(
        soft=float(_sum(found[heavy])) / total,
        covered=float(_sum(units.totals[aligned])) / total,
        plain=1.0 if shares[0] is None else shares[0],
        rare=1.0 if shares[1] is None else shares[1],
        names=shares[2],
        numbers=shares[3],
        solid=float(_sum(anchors[solid])) / max(float(_sum(units.anchor_totals[heavy])), 1e-6),
        clash=1.0 - float(_sum(facts[in_window])) / all_facts if all_facts else None,
        head=float(units.head @ anywhere) / max(float(_sum(units.head)), 1e-6),
        order=_kept_order(partners[aligned]),
    )


def _kept_order(partners: npt.NDArray[np.int64]) -> float:
    """Return the share of consecutive numbers that do not descend; 1 for a single one, 0 for
    none."""
    if len(partners) < 2:
        return float(len(partners))
    return int(np.count_nonzero(partners[1:] >= partners[:-1])) / (len(partners) - 1)
