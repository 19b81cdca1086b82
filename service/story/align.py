"""Which sentence of one text stands where in another, by the weight of the words they share."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.story.record import TextRecord

ALIGNED = 0.6
"""A sentence has a partner where at least this share of its weight is found there."""

_SHORTEST = 6.0
"""Sentences of less weight (about three plain words) are headings and bylines: not compared."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the sentences of text A stand in text B.

    Attributes:
        soft: mean share of a sentence's weight found in its best window, by weight.
        covered: weight of the sentences that have a partner, over all.
        order: of neighbouring aligned sentences, the share whose partners keep the order.
        numbers: of the numbers in aligned sentences, the share found in the partner; 1 if none.
        names: the same for names.
    """

    soft: float
    covered: float
    order: float
    numbers: float
    names: float


def align(a: TextRecord, b: TextRecord) -> Alignment:
    """Find for each sentence of `a` its best window, one or two sentences, in `b`."""
    if not len(a) or not len(b):
        return Alignment(0.0, 0.0, 0.0, 0.0, 0.0)
    vocabulary, terms = np.unique(np.concatenate([a.ids, b.ids]), return_inverse=True)
    in_a, in_b = terms[: len(a)], terms[len(a) :]
    rows = np.zeros((int(a.sentences[-1]) + 1, len(vocabulary)), dtype=np.float32)
    rows[a.sentences, in_a] = a.weights
    singles = np.zeros((int(b.sentences[-1]) + 1, len(vocabulary)), dtype=np.float32)
    singles[b.sentences, in_b] = 1.0
    windows = np.concatenate([singles, np.maximum(singles[:-1], singles[1:])])
    totals = rows.sum(axis=1)
    heavy = totals >= _SHORTEST
    if not heavy.any():
        heavy = totals > 0
        if not heavy.any():
            return Alignment(0.0, 0.0, 0.0, 0.0, 0.0)
    found = (rows @ windows.T) / np.maximum(totals, 1e-6)[:, None]
    # A single sentence wins over the pair of it and a neighbour unless the pair holds more.
    found[:, len(singles) :] -= 0.02
    partner = found.argmax(axis=1)
    share = found[np.arange(len(rows)), partner]
    aligned = heavy & (share >= ALIGNED)
    weight = totals[heavy].sum()
    place = np.where(partner < len(singles), partner, partner - len(singles))
    return Alignment(
        soft=float((share * totals)[heavy].sum() / weight),
        covered=float(totals[aligned].sum() / weight),
        order=_order(place[aligned]),
        numbers=_agreement(a, a.numbers, in_a, aligned, partner, windows),
        names=_agreement(a, a.names & a.anchors, in_a, aligned, partner, windows),
    )


def _order(places: npt.NDArray[np.int64]) -> float:
    if len(places) < 2:
        return float(len(places))
    return float((np.diff(places) >= 0).mean())


def _agreement(
    a: TextRecord,
    which: npt.NDArray[np.bool_],
    terms: npt.NDArray[np.int64],
    aligned: npt.NDArray[np.bool_],
    partner: npt.NDArray[np.int64],
    windows: npt.NDArray[np.float32],
) -> float:
    chosen = which & aligned[a.sentences]
    if not chosen.any():
        return 1.0
    return float(windows[partner[a.sentences[chosen]], terms[chosen]].mean())
