"""A text as it is compared: what comparing it with any other text needs, computed once."""

import numpy as np
import numpy.typing as npt

from service.text.concepts.stream import NAME, NUMBER, WORD, Concepts
from service.text.hashing import firsts

LEAST_WEIGHT = 4.0
"""Lighter sentences, of two or three concepts, are not aligned."""

_KIND_BITS = np.uint32(24)


class Profile:
    """A text. What is said of its different ids stands in their ascending order.

    Attributes:
        text: its ids in their order.
        ids: the different ones.
        weights: of each.
        places: token where each stands first.
        once: True for each that stands once.
        totals: weight of the different ids by kind.
        square: sum of the squares of their weights.
        numbers: for each id of the text, its place among the different ones.
        facts: True for each id of the text that is a name or a number.
        sentence_count: number of sentences up to the last that has an id.
        heavy: numbers of the sentences that are aligned.
        heavy_weights: their weights, as a column.
    """

    __slots__ = (
        "facts",
        "heavy",
        "heavy_weights",
        "ids",
        "numbers",
        "once",
        "places",
        "sentence_count",
        "square",
        "text",
        "totals",
        "weights",
    )

    def __init__(self, text: Concepts) -> None:
        self.text = text
        order = text.ids.argsort(kind="stable")
        ordered = text.ids.take(order)
        is_first = firsts(ordered)
        begins = is_first.nonzero()[0]
        first = order.take(begins)
        self.ids = ordered.take(begins)
        self.weights = text.weights.take(first)
        self.places = text.tokens.take(first)
        self.once = is_first.take(begins + 1, mode="clip") if len(order) else is_first
        if len(order):
            self.once[-1] = begins[-1] == len(order) - 1
        self.numbers = np.empty(len(order), dtype=np.intp)
        self.numbers[order] = is_first.cumsum() - 1
        kinds = self.ids >> _KIND_BITS
        self.totals = [
            float(self.weights.compress(kinds == kind).sum()) for kind in (WORD, NAME, NUMBER)
        ]
        self.square = (self.weights * self.weights).sum()
        self.facts: npt.NDArray[np.bool_] = text.ids >> _KIND_BITS != WORD
        sums = np.bincount(text.sentences, text.weights)
        self.sentence_count = len(sums)
        self.heavy = (sums >= LEAST_WEIGHT).nonzero()[0]
        self.heavy_weights = sums.take(self.heavy)[:, None]

    @property
    def words(self) -> int:
        """Words of the text."""
        return self.text.words
