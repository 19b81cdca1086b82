"""The highest score that the trees can give a pair of which some features are not known yet."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.fold.verify.verifier import Trees, probability

Nodes = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Level:
    """Nodes with the same number of steps to their deepest leaf, those below which a known feature
    decides.

    Attributes:
        decided: nodes of a known feature, and their place among all of these.
        left, right: the successors of each.
        free: nodes of a feature that is not known.
        free_left, free_right: their successors.
    """

    decided: Nodes
    places: slice
    left: Nodes
    right: Nodes
    free: Nodes
    free_left: Nodes
    free_right: Nodes


class Ceiling:
    """Trees, and which of their features are free: they may have any value, or be unknown.

    From the leaves upwards a node is worth what the side that is taken is worth; of a free feature,
    what the better side is. What lies below free features alone is computed once.
    """

    def __init__(self, trees: Trees, free: npt.NDArray[np.bool_]) -> None:
        """Prepare.

        Args:
            free: True for each column that is free.
        """
        left, right, itself = trees.left, trees.right, np.arange(len(trees.left))
        is_leaf = (left == itself) & (right == itself)
        is_free = free.take(trees.column)
        steps = np.zeros(len(left), dtype=np.intp)
        best, settled = trees.value.copy(), is_leaf
        for _ in range(trees.depth):
            steps = np.where(is_leaf, 0, 1 + np.maximum(steps[left], steps[right]))
            settled = is_leaf | (is_free & settled[left] & settled[right])
            best = np.where(settled & ~is_leaf, np.maximum(best[left], best[right]), best)
        self._trees, self._best = trees, best
        self._levels, decided = [], [np.empty(0, dtype=np.intp)]
        begin = 0
        for level in range(1, trees.depth + 1):
            nodes = ((steps == level) & ~settled).nonzero()[0]
            own, open_ = nodes[~is_free[nodes]], nodes[is_free[nodes]]
            places = slice(begin, begin + len(own))
            begin += len(own)
            decided.append(own)
            self._levels.append(
                _Level(own, places, left[own], right[own], open_, left[open_], right[open_])
            )
        every = np.concatenate(decided)
        self._column, self._threshold = trees.column[every], trees.threshold[every]
        self._unknown_left = trees.unknown_left[every]

    def of(self, row: Sequence[float | None]) -> float:
        """Return a probability that a row does not exceed, whatever it has in the free columns."""
        values = np.array(row, dtype=np.float64).take(self._column)
        goes_left = values <= self._threshold
        if None in row:
            goes_left |= np.isnan(values) & self._unknown_left
        best = self._best.copy()
        for level in self._levels:
            side = np.where(goes_left[level.places], level.left, level.right)
            best[level.decided] = best.take(side)
            if len(level.free):
                better = np.maximum(best.take(level.free_left), best.take(level.free_right))
                best[level.free] = better
        return probability(self._trees.bias + float(best.take(self._trees.roots).sum()))
