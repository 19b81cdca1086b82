"""The verifier: computes how likely two texts are copies of one story from their features.

The model is gradient-boosted regression trees, read from JSON and evaluated with numpy. The file is
data, never code: names of features, and for each tree its nodes as columns. It is trained by
`python -m tests.eval.train_fold`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from operator import attrgetter

import numpy as np
import numpy.typing as npt
import orjson

from service.fold.verify.features import Features, is_near

_COLUMNS = ("column", "threshold", "left", "right", "value", "unknown_left")


@dataclass(frozen=True, slots=True)
class Trees:
    """Regression trees whose sum is the log-odds of a row of features.

    The nodes of all trees are in the same arrays. The successor of a node is `left` if the row's
    value in its `column` is at most its `threshold`, else `right`; that of a leaf is itself. For an
    unknown value it is the side that training found better, see `unknown_left`.

    Attributes:
        features: names of the columns of a row, in order.
        bias: log-odds before the first tree.
        depth: number of steps from a root to the deepest leaf.
        roots: first node of each tree.
        value: of a leaf, what it adds to the log-odds.
        unknown_left: True if a row whose value is unknown (None, NaN) goes left.
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
    unknown_left: npt.NDArray[np.bool_]

    @classmethod
    def from_json(cls, text: bytes) -> "Trees":
        """Return the model of a file.

        Raises:
            ValueError: it is not JSON, or a tree refers to a node or feature that does not exist,
                or has a cycle.
        """
        data = orjson.loads(text)
        columns: dict[str, list[float]] = {name: [] for name in _COLUMNS}
        roots = []
        for number, tree in enumerate(data["trees"]):
            first, nodes = len(columns["value"]), len(tree["value"])
            roots.append(first)
            tree.setdefault("unknown_left", [0] * nodes)
            for side in ("left", "right"):
                ends = [to or own for own, to in enumerate(tree[side])]
                if max(ends) >= nodes or min(ends) < 0:
                    raise ValueError(f"tree {number} refers to a node that does not exist")
                tree[side] = [first + end for end in ends]
            for name, values in columns.items():
                values.extend(tree[name])
        if max(columns["column"]) >= len(data["features"]):
            raise ValueError("a tree refers to a feature that has no name")
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
            unknown_left=np.array(columns["unknown_left"], dtype=bool),
        )

    def likelihood(self, row: Sequence[float | None]) -> float:
        """Return the probability of a row, 0 to 1. Its values may be unknown: None."""
        values = np.array(row, dtype=np.float64).take(self.column)
        goes_left = values <= self.threshold
        if None in row:
            goes_left |= np.isnan(values) & self.unknown_left
        after = np.where(goes_left, self.left, self.right)
        node = self.roots
        for _ in range(self.depth):
            node = after[node]
        return probability(self.bias + float(self.value[node].sum()))


def probability(log_odds: float) -> float:
    """Return the probability, 0 to 1, of log-odds."""
    return 1.0 / (1.0 + math.exp(-min(max(log_odds, -30.0), 30.0)))


def _depth(
    roots: npt.NDArray[np.intp], left: npt.NDArray[np.intp], right: npt.NDArray[np.intp]
) -> int:
    """Return the number of steps after which a walk from any root has reached a leaf."""
    itself = np.arange(len(left))
    leaf = (left == itself) & (right == itself)
    at_leaf = leaf.copy()
    for depth in range(len(left) + 1):
        if at_leaf[roots].all():
            return depth
        at_leaf = (at_leaf[left] & at_leaf[right]) | leaf
    raise ValueError("a tree has a cycle")


LINK = 0.8
"""Least score of a pair of texts that is a link."""

MODEL = "verifier.json"

_NAMES = tuple(field.name for field in fields(Features))
_values = attrgetter(*_NAMES)


def score(features: Features) -> float:
    """Return the probability, 0 to 1, that two texts are copies of one story; 0 if not near."""
    return verifier().likelihood(_values(features)) if is_near(features) else 0.0


@cache
def verifier() -> Trees:
    """Return the model of this version.

    Raises:
        ValueError: it was trained on other features.
    """
    return trees_in(__package__, _NAMES)


def trees_in(package: str, names: tuple[str, ...]) -> Trees:
    """Return the model in the folder of a package.

    Args:
        names: of the features that it must have been trained on.

    Raises:
        ValueError: it was trained on others.
    """
    trees = Trees.from_json(files(package).joinpath(MODEL).read_bytes())
    if trees.features != names:
        raise ValueError(f"{MODEL} of {package} was trained on other features: train it anew")
    return trees
