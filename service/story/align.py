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
    mine, theirs = a.units, b.windows
    if not len(mine.ids) or not len(theirs.ids):
        return NOTHING
    left = theirs.ids.searchsorted(mine.ids, "left")
    found = theirs.ids.searchsorted(mine.ids, "right") - left
    rows = np.arange(len(found)).repeat(found)
    if not len(rows):
        return NOTHING
    places = np.arange(len(rows)) + (left - (found.cumsum() - found))[rows]
    windows = theirs.windows[places]
    sentences = mine.sentences[rows]
    shape = (len(mine.totals), theirs.count)
    shared = sums(
        sentences * theirs.count + windows, mine.weights[rows], shape[0] * shape[1]
    ).reshape(shape)
    shared[:, b.sentence_count :] -= _PAIR_PENALTY * mine.totals[:, None]
    partner = shared.argmax(axis=1)
    hit = np.zeros(len(mine.ids), dtype=bool)
    hit[rows[windows == partner[sentences]]] = True
    return _measure(mine, partner, hit, found > 0, b.sentence_count)


def _measure(
    units: Units,
    partner: npt.NDArray[np.int64],
    hit: npt.NDArray[np.bool_],
    anywhere: npt.NDArray[np.bool_],
    singles: int,
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
    places = np.where(partner < singles, partner, partner - singles)[aligned]
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
        order=_kept_order(places),
    )


def _kept_order(places: npt.NDArray[np.int64]) -> float:
    """The share of neighbours that ascend or are equal; 1 of a single place, 0 of none."""
    if len(places) < 2:
        return float(len(places))
    return int(np.count_nonzero(places[1:] >= places[:-1])) / (len(places) - 1)
