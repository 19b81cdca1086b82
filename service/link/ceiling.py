"""The highest score that the trees can give a pair of which some features are not known yet."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.fold.verify.verifier import Trees, probability

INEXACT = 1e-4
"""Share of a value by which sums of the weights of 400 ids may differ, and their ratios, of numbers
with four bytes; three times as much as can be."""

INEXACT_SUM = 1e-9
"""Sums of log-odds in another order differ by less."""

_TOGETHER = 32
"""Rows whose nodes fit into the cache of a core."""

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

    def of_all(self, columns: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return for each of several rows a probability that it does not exceed, whatever it has in
        the free columns, and if its values differ from the true ones by less than `INEXACT`.

        Args:
            columns: values by feature and row; not a number for one that is unknown.
        """
        most = [
            self._of_some(columns[:, first : first + _TOGETHER])
            for first in range(0, columns.shape[1], _TOGETHER)
        ]
        return np.array([probability(each) for part in most for each in part.tolist()])

    def _of_some(self, columns: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """As `of_all`, log-odds."""
        near = np.abs(columns) * INEXACT
        unknown = np.isnan(columns)
        threshold, unknown_left = self._threshold[:, None], self._unknown_left[:, None]
        may_be_left = (columns - near).take(self._column, axis=0) <= threshold
        may_be_right = (columns + near).take(self._column, axis=0) > threshold
        if unknown.any():
            unknown = unknown.take(self._column, axis=0)
            may_be_left |= unknown & unknown_left
            may_be_right |= unknown & ~unknown_left
        best = self._best[:, None].repeat(columns.shape[1], axis=1)
        for level in self._levels:
            left, right = best.take(level.left, axis=0), best.take(level.right, axis=0)
            # Where one side alone may be, it is meant; else the better one.
            np.maximum(left, right, out=left, where=may_be_right[level.places])
            np.copyto(left, right, where=~may_be_left[level.places])
            best[level.decided] = left
            if len(level.free):
                best[level.free] = np.maximum(
                    best.take(level.free_left, axis=0), best.take(level.free_right, axis=0)
                )
        sums: npt.NDArray[np.float64] = best.take(self._trees.roots, axis=0).sum(axis=0)
        return sums + (self._trees.bias + INEXACT_SUM)
