"""How far each feature moved the score of the verifier."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.story.trees import Trees


@dataclass(frozen=True, slots=True)
class Contributions:
    """`start`, the log-odds before a feature was looked at, and what each added, in order."""

    start: float
    moved: tuple[float, ...]

    @property
    def log_odds(self) -> float:
        """The sum: the likelihood is 1 / (1 + e^-log_odds)."""
        return self.start + sum(self.moved)


def contributions(trees: Trees, row: Sequence[float]) -> Contributions:
    """Split the log-odds of a row exactly into what each feature added to them.

    Along the path of the row through each tree, a split adds the change of the expected value to
    the feature that it asks for (A. Saabas, "Interpreting random forests", 2014). The model file
    does not hold how many training pairs went each way, so the expected value of a node is the mean
    of its two sides, each counted alike.
    """
    expected = _expected(trees)
    moved = [0.0] * len(trees.features)
    start = trees.bias
    for root in trees.roots.tolist():
        node = root
        start += float(expected[root])
        while (after := _next(trees, node, row)) != node:
            moved[int(trees.column[node])] += float(expected[after] - expected[node])
            node = after
    return Contributions(start, tuple(moved))


def _next(trees: Trees, node: int, row: Sequence[float]) -> int:
    """Where a row goes from a node; a leaf leads to itself."""
    low = row[int(trees.column[node])] <= trees.threshold[node]
    return int((trees.left if low else trees.right)[node])


def _expected(trees: Trees) -> npt.NDArray[np.float64]:
    """The expected value of each node, from the leaves up."""
    itself = np.arange(len(trees.left))
    leaf = (trees.left == itself) & (trees.right == itself)
    expected = np.where(leaf, trees.value, 0.0)
    for _ in range(trees.depth):
        expected = np.where(leaf, expected, (expected[trees.left] + expected[trees.right]) / 2)
    return expected
