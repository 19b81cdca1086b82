"""Gradient-boosted regression trees, read from JSON and evaluated with numpy.

The file is data, never code: names of features, and for each tree its nodes as columns. Training is
`python -m tests.eval.train_fold`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import orjson

_COLUMNS = ("column", "threshold", "left", "right", "value")


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees that gives the log-odds of a row of features.

    The nodes of all trees stand in one row. A node goes to `left` where its feature is at most its
    threshold, else to `right`; a leaf goes to itself.

    Attributes:
        features: names of the columns of a row, in order.
        bias: log-odds before the first tree.
        depth: steps from a root to its deepest leaf.
        roots: the first node of each tree.
    """

    features: tuple[str, ...]
    bias: float
    depth: int
    roots: npt.NDArray[np.intp]
    column: npt.NDArray[np.intp]
    threshold: npt.NDArray[np.float64]
    left: npt.NDArray[np.intp]
    right: npt.NDArray[np.intp]
    value: npt.NDArray[np.float64]

    @classmethod
    def from_json(cls, text: bytes) -> "Trees":
        """Read a model.

        Raises:
            ValueError: it is none: not JSON, or a tree points outside itself or runs in a circle.
        """
        data = orjson.loads(text)
        columns: dict[str, list[float]] = {name: [] for name in _COLUMNS}
        roots = []
        for number, tree in enumerate(data["trees"]):
            first, nodes = len(columns["value"]), len(tree["value"])
            roots.append(first)
            for side in ("left", "right"):
                ends = [to or own for own, to in enumerate(tree[side])]
                if max(ends) >= nodes or min(ends) < 0:
                    raise ValueError(f"tree {number} points outside itself")
                tree[side] = [first + end for end in ends]
            for name, held in columns.items():
                held.extend(tree[name])
        if max(columns["column"]) >= len(data["features"]):
            raise ValueError("a tree asks for a feature that has no name")
        left, right = (np.array(columns[side], dtype=np.intp) for side in ("left", "right"))
        return cls(
            features=tuple(data["features"]),
            bias=data["bias"],
            depth=_depth(np.array(roots, dtype=np.intp), left, right),
            roots=np.array(roots, dtype=np.intp),
            column=np.array(columns["column"], dtype=np.intp),
            threshold=np.array(columns["threshold"], dtype=np.float64),
            left=left,
            right=right,
            value=np.array(columns["value"], dtype=np.float64),
        )

    def likelihood(self, row: Sequence[float]) -> float:
        """The probability of a row, 0 to 1."""
        values = np.array(row, dtype=np.float64)
        after = np.where(values[self.column] <= self.threshold, self.left, self.right)
        node = self.roots
        for _ in range(self.depth):
            node = after[node]
        evidence = self.bias + float(self.value[node].sum())
        return 1.0 / (1.0 + math.exp(-min(max(evidence, -30.0), 30.0)))


def _depth(
    roots: npt.NDArray[np.intp], left: npt.NDArray[np.intp], right: npt.NDArray[np.intp]
) -> int:
    """Steps after which every walk stands on a leaf, which is its own successor."""
    itself = np.arange(len(left))
    leaf = (left == itself) & (right == itself)
    arrived = leaf.copy()
    for depth in range(len(left) + 1):
        if arrived[roots].all():
            return depth
        arrived = (arrived[left] & arrived[right]) | leaf
    raise ValueError("a tree runs in a circle")
