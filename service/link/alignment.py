"""Sentences of one text found in another, by the weight of the concepts that they share."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.link.profile import Profile

FOUND = 0.34
"""A sentence has a partner if this share of its weight is there: languages share a third to a half
of the concepts of a sentence and its translation, other sentences a tenth."""

Places = npt.NDArray[np.intp]


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


class SharedIds:
    """Where the ids that two texts share stand in one of them. Others are in no sentence of both.

    Attributes:
        profile: the text.
        rows: places in the text.
        numbers: for each, its number among the shared ids.
        sentences: for each, its sentence.
        count: number of shared ids.
    """

    __slots__ = ("count", "numbers", "profile", "rows", "sentences")

    def __init__(self, profile: Profile, shared: Places) -> None:
        """Look for them.

        Args:
            shared: places of the shared ids among the different ids of the text, ascending.
        """
        number = np.full(len(profile.ids), -1)
        number[shared] = np.arange(len(shared))
        each = number.take(profile.numbers)
        self.profile = profile
        self.count = len(shared)
        self.rows = (each >= 0).nonzero()[0]
        self.numbers = each.take(self.rows)
        self.sentences = profile.text.sentences.take(self.rows)

    def weight_by_sentence(self) -> npt.NDArray[np.float64]:
        """Return the weight of each shared id in each sentence, (sentences, ids)."""
        shape = self.profile.sentence_count, self.count
        cells = self.sentences * self.count + self.numbers
        weights = self.profile.text.weights.take(self.rows)
        sums = np.bincount(cells, weights, shape[0] * shape[1])
        return sums.reshape(shape).astype(np.float64, copy=False)

    def presence(self) -> npt.NDArray[np.float64]:
        """Return 1 for each shared id in each two neighbouring sentences that have it, (ids,
        sentences)."""
        held = np.zeros((self.count, self.profile.sentence_count))
        held[self.numbers, self.sentences] = 1.0
        return np.maximum(held[:, :-1], held[:, 1:]) if self.profile.sentence_count > 1 else held


def align(a: SharedIds, b: SharedIds) -> Alignment:
    """Return how the sentences of A are found in B."""
    heavy = a.profile.heavy
    if not len(b.profile.ids) or not len(heavy):
        return NOTHING
    presence = b.presence()
    # Sums of weights, which have few digits, are exact in this type, in any order.
    shares = a.weight_by_sentence().take(heavy, axis=0) @ presence / a.profile.heavy_weights
    best = shares.argmax(axis=1)
    most = shares[np.arange(len(best)), best]
    partnered = most >= FOUND
    places = best.compress(partnered)
    steps = np.diff(places)
    return Alignment(
        soft=float(most.mean()),
        covered=float(partnered.mean()),
        order=float((steps >= 0).mean()) if len(steps) else None,
        clash=_clash(a, presence, heavy.compress(partnered), places),
        partners=len(places),
    )


def _clash(
    a: SharedIds, presence: npt.NDArray[np.float64], sentences: Places, places: Places
) -> float | None:
    partner = np.full(a.profile.sentence_count, -1)
    partner[sentences] = places
    facts = np.count_nonzero(a.profile.facts & (partner.take(a.profile.text.sentences) >= 0))
    if not facts:
        return None
    own = partner.take(a.sentences)
    rows = ((own >= 0) & a.profile.facts.take(a.rows)).nonzero()[0]
    found = presence[a.numbers.take(rows), own.take(rows)].sum()
    return 1.0 - float(found) / facts
