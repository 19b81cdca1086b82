"""Sentences of one text found in another, by the weight of the concepts that they share."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.text.concepts.stream import NAME, NUMBER, Concepts

FOUND = 0.34
"""A sentence has a partner if this share of its weight is there: languages share a third to a half
of the concepts of a sentence and its translation, other sentences a tenth."""

LEAST_WEIGHT = 4.0
"""Lighter sentences, of two or three concepts, are not aligned."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How much of text A was found in text B.

    A sentence is compared with each two neighbouring sentences of B, for translators join and cut.

    Attributes:
        soft: mean share of a sentence's weight that is in its best place.
        covered: share of the sentences that have a partner.
        order: share of consecutive sentences with partners whose partners are in the same order;
            None if there are none.
        clash: share of the names and numbers, in sentences with partners, that the partner lacks;
            None if there are none.
        partners: number of sentences with a partner.
    """

    soft: float
    covered: float
    order: float | None
    clash: float | None
    partners: int


NOTHING = Alignment(0.0, 0.0, None, None, 0)


def align(a: Concepts, b: Concepts) -> Alignment:
    """Return how the sentences of A are found in B."""
    if not len(a) or not len(b):
        return NOTHING
    count_a, count_b = int(a.sentences[-1]) + 1, int(b.sentences[-1]) + 1
    present = _presence(a, b, count_b)
    weights = np.zeros(count_a)
    np.add.at(weights, a.sentences, a.weights)
    shared = np.zeros((count_a, present.shape[1]))
    np.add.at(shared, a.sentences, present * a.weights[:, None])
    heavy = weights >= LEAST_WEIGHT
    if not heavy.any():
        return NOTHING
    shares = shared[heavy] / weights[heavy, None]
    best = shares.argmax(axis=1)
    most = shares[np.arange(len(best)), best]
    partnered = most >= FOUND
    places = best[partnered]
    steps = np.diff(places)
    return Alignment(
        soft=float(most.mean()),
        covered=float(partnered.mean()),
        order=float((steps >= 0).mean()) if len(steps) else None,
        clash=_clash(a, present, np.flatnonzero(heavy)[partnered], places),
        partners=int(partnered.sum()),
    )


def _presence(a: Concepts, b: Concepts, count_b: int) -> npt.NDArray[np.bool_]:
    """For each id of A, whether it is in each two neighbouring sentences of B."""
    distinct, number = np.unique(b.ids, return_inverse=True)
    held = np.zeros((len(distinct) + 1, count_b), dtype=bool)
    held[number, b.sentences] = True
    if count_b > 1:
        held = held[:, :-1] | held[:, 1:]
    place = distinct.searchsorted(a.ids).clip(max=len(distinct) - 1)
    place[distinct[place] != a.ids] = len(distinct)
    found: npt.NDArray[np.bool_] = held[place]
    return found


def _clash(
    a: Concepts,
    present: npt.NDArray[np.bool_],
    sentences: npt.NDArray[np.int64],
    places: npt.NDArray[np.int64],
) -> float | None:
    partner = np.full(int(a.sentences[-1]) + 1, -1)
    partner[sentences] = places
    own = partner[a.sentences]
    facts = np.flatnonzero((own >= 0) & ((a.kinds == NAME) | (a.kinds == NUMBER)))
    if not len(facts):
        return None
    return float(1.0 - present[facts, own[facts]].mean())
