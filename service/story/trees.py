"""Gradient-boosted regression trees, read from JSON and evaluated with numpy.

The file is data, never code: names of features, and for each tree its nodes as columns. Training is
`python -m tests.eval.train_fold`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees that gives the log-odds of a row of features.

    Arrays are (trees, nodes), padded; a node goes to `left` where its feature is at most its
    threshold, else to `right`; a leaf goes to itself.

    Attributes:
        features: names of the columns of a row, in order.
        bias: log-odds before the first tree.
        depth: steps from a root to its deepest leaf.
    """

    features: tuple[str, ...]
    bias: float
    depth: int
    column: npt.NDArray[np.intp]
    threshold: npt.NDArray[np.float64]
    left: npt.NDArray[np.intp]
    right: npt.NDArray[np.intp]
    value: npt.NDArray[np.float64]

    @classmethod
    def from_json(cls, text: bytes) -> "Trees":
        """Read a model.

        Raises:
            ValueError: it is none: not JSON, or a tree points outside itself.
        """
        data = orjson.loads(text)
        trees: list[dict[str, list[Any]]] = data["trees"]
        size = max(len(tree["value"]) for tree in trees)
        shape = (len(trees), size)
        column, left, right = (np.zeros(shape, dtype=np.intp) for _ in range(3))
        threshold, value = (np.zeros(shape, dtype=np.float64) for _ in range(2))
        for number, tree in enumerate(trees):
            nodes = len(tree["value"])
            itself = range(nodes)
            column[number, :nodes] = tree["column"]
            threshold[number, :nodes] = tree["threshold"]
            left[number, :nodes] = [to or own for to, own in zip(tree["left"], itself, strict=True)]
            right[number, :nodes] = [
                to or own for to, own in zip(tree["right"], itself, strict=True)
            ]
            value[number, :nodes] = tree["value"]
            if max(left[number].max(), right[number].max()) >= nodes:
                raise ValueError(f"tree {number} points outside itself")
        features = tuple(data["features"])
        if column.max() >= len(features):
            raise ValueError("a tree asks for a feature that has no name")
        return cls(
            features, data["bias"], _depth(left, right), column, threshold, left, right, value
        )

    def likelihood(self, row: Sequence[float]) -> float:
        """The probability of a row, 0 to 1."""
        values = np.asarray(row, dtype=np.float64)
        trees = np.arange(len(self.value))
        node = np.zeros(len(self.value), dtype=np.intp)
        for _ in range(self.depth):
            below = values[self.column[trees, node]] <= self.threshold[trees, node]
            node = np.where(below, self.left[trees, node], self.right[trees, node])
        evidence = self.bias + float(self.value[trees, node].sum())
        return 1.0 / (1.0 + math.exp(-min(max(evidence, -30.0), 30.0)))


def _depth(left: npt.NDArray[np.intp], right: npt.NDArray[np.intp]) -> int:
    """Steps after which every walk stands on a leaf, which is its own successor."""
    itself = np.arange(left.shape[1])
    leaf = (left == itself) & (right == itself)
    reached = leaf.copy()
    for depth in range(left.shape[1]):
        if reached[:, 0].all():
            return depth
        reached = (
            np.take_along_axis(reached, left, axis=1) & np.take_along_axis(reached, right, axis=1)
        ) | leaf
    raise ValueError("a tree runs in a circle")
