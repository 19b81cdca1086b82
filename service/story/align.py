"""Which sentence of one text stands where in another, by the weight of the words they share."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.story.record import TextRecord, Units, sums

ALIGNED = 0.6
"""A sentence has a partner where at least this share of its weight is found there."""

_SOLID = 0.75
"""A sentence is solid where at least this share of the weight of its anchors is in the partner."""

_PAIR_PENALTY = 0.02
"""A single sentence wins over the pair of it and a neighbour unless the pair holds more."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the sentences of text A stand in text B; shares are by weight, 0 to 1.

    Attributes:
        soft: of all words, those found in their sentence's best window.
        covered: of all sentences, those that have a partner.
        plain, rare, names, numbers: of common words, rare words, names and numbers, those found in
            their sentence's best window; 1 where the text has none.
        solid: of all anchors, those of sentences whose anchors nearly all agree.
        clash: of the names and numbers in sentences whose plain words agree, those that do not.
        order: of neighbouring aligned sentences, the share whose partners keep the order.
        head: of the words that the text begins with, those found anywhere.
    """

    soft: float = 0.0
    covered: float = 0.0
    plain: float = 0.0
    rare: float = 0.0
    names: float = 0.0
    numbers: float = 0.0
    solid: float = 0.0
    clash: float = 0.0
    order: float = 0.0
    head: float = 0.0


NOTHING = Alignment()

_sum = np.add.reduce


def align(a: TextRecord, b: TextRecord) -> Alignment:
    """Find for each sentence of `a` its best window, one or two sentences, in `b`."""
    return align_both(a, b)[0]


def align_both(a: TextRecord, b: TextRecord) -> tuple[Alignment, Alignment]:
    """How `a` stands in `b`, and `b` in `a`: what words they share is looked up once."""
    words = b.by_word
    left = words.ids.searchsorted(a.units.ids, "left")
    found = words.ids.searchsorted(a.units.ids, "right") - left
    mine = np.arange(len(found)).repeat(found)
    if not len(mine):
        return NOTHING, NOTHING
    places = np.arange(len(mine)) + (left - (found.cumsum() - found)).take(mine)
    theirs = words.units.take(places)
    if a is b:
        alike = _align(a, mine, b, theirs)
        return alike, alike
    return _align(a, mine, b, theirs), _align(b, theirs, a, mine)


def _align(
    a: TextRecord, mine: npt.NDArray[np.int64], b: TextRecord, theirs: npt.NDArray[np.int64]
) -> Alignment:
    """How `a` stands in `b`: mine[i], a unit of `a`, is the same word as theirs[i] of `b`."""
    units, count = a.units, b.sentence_count
    sentences, others = units.sentences.take(mine), b.units.sentences.take(theirs)
    weights, cells = units.weights.take(mine), sentences * count + others
    shape = (len(units.totals), count)
    # A window is a sentence, or it and the next one, where words of both count once. All sums are
    # exact: weights have 24 bits, sums 53.
    single = sums(cells, weights, shape[0] * count).reshape(shape)
    twice = sums(cells, weights * b.by_word.go_on.take(theirs), shape[0] * count).reshape(shape)
    pairs = single[:, :-1] + single[:, 1:]
    pairs -= twice[:, :-1]
    pairs -= _PAIR_PENALTY * units.totals[:, None]
    partner = np.concatenate([single, pairs], axis=1).argmax(axis=1)
    begin = np.where(partner < count, partner, partner - count)
    end = begin + (partner >= count)
    inside = (others == begin.take(sentences)) | (others == end.take(sentences))
    hit = np.zeros(len(units.ids), dtype=bool)
    hit[mine.compress(inside)] = True
    anywhere = np.zeros(len(units.ids), dtype=bool)
    anywhere[mine] = True
    return _measure(units, begin, hit, anywhere)


def _measure(
    units: Units,
    partners: npt.NDArray[np.int64],
    hit: npt.NDArray[np.bool_],
    anywhere: npt.NDArray[np.bool_],
) -> Alignment:
    heavy, count = units.heavy, len(units.heavy)
    found = units.weights * hit
    held = sums(units.sentences, found, count)
    anchors = sums(units.sentences, found * units.anchors, count)
    aligned = heavy & (held >= ALIGNED * units.totals)
    solid = heavy & (anchors >= _SOLID * units.anchor_totals)
    alike = heavy & (held - anchors >= ALIGNED * (units.totals - units.anchor_totals))
    facts = units.weights * (units.facts & alike[units.sentences])
    stated = float(_sum(facts))
    total = float(_sum(units.totals[heavy]))
    shares = [
        part / whole if whole else 1.0
        for part, whole in zip(
            (units.classes @ hit).tolist(), units.class_totals.tolist(), strict=True
        )
    ]
    return Alignment(
        soft=float(_sum(held[heavy])) / total,
        covered=float(_sum(units.totals[aligned])) / total,
        plain=shares[0],
        rare=shares[1],
        names=shares[2],
        numbers=shares[3],
        solid=float(_sum(anchors[solid])) / max(float(_sum(units.anchor_totals[heavy])), 1e-6),
        clash=1.0 - float(_sum(facts[hit])) / stated if stated else 0.0,
        head=float(units.head @ anywhere) / max(float(_sum(units.head)), 1e-6),
        order=_kept_order(partners[aligned]),
    )


def _kept_order(places: npt.NDArray[np.int64]) -> float:
    """The share of neighbours that ascend or are equal; 1 of a single place, 0 of none."""
    if len(places) < 2:
        return float(len(places))
    return int(np.count_nonzero(places[1:] >= places[:-1])) / (len(places) - 1)
