"""Explains the score of a pair: what each feature means, and what it added to the score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.fold.explain.model import FeatureShare, Score
from service.fold.verify.features import Features, is_near
from service.fold.verify.verifier import Trees, verifier


@dataclass(frozen=True, slots=True)
class Contributions:
    """What each feature added to the log-odds of a row.

    Attributes:
        start: log-odds before any feature.
        moved: what each feature added, in the order of the model's features.
    """

    start: float
    moved: tuple[float, ...]

    @property
    def log_odds(self) -> float:
        """Log-odds of the row; its probability is 1 / (1 + e^-log_odds)."""
        return self.start + sum(self.moved)


def contributions(trees: Trees, row: Sequence[float | None]) -> Contributions:
    """Split the log-odds of a row exactly into what each feature added to them.

    On the row's path through each tree, the change of the expected value at a split is credited to
    the feature of the split (A. Saabas, "Interpreting random forests", 2014). Saabas weights the
    two sides of a split by their training rows; the model file does not have these numbers, so
    here the expected value of a node is the plain mean of its two sides.
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


def _next(trees: Trees, node: int, row: Sequence[float | None]) -> int:
    """Return the successor of a node for a row; that of a leaf is the leaf itself."""
    value = row[int(trees.column[node])]
    low = trees.unknown_left[node] if value is None else value <= trees.threshold[node]
    return int((trees.left if low else trees.right)[node])


def _expected(trees: Trees) -> npt.NDArray[np.float64]:
    """Return the expected value of each node, computed from the leaves up."""
    itself = np.arange(len(trees.left))
    leaf = (trees.left == itself) & (trees.right == itself)
    expected = np.where(leaf, trees.value, 0.0)
    for _ in range(trees.depth):
        expected = np.where(leaf, expected, (expected[trees.left] + expected[trees.right]) / 2)
    return expected


_MEANINGS = {
    "containment": "word 5-grams in common, of those of the text with fewer",
    "jaccard": "word 5-grams in common, of those of either text",
    "threes": "word 3-grams of the shorter text that the longer has",
    "key_threes": "the same as threes, of those with a name, a number or a rare word",
    "anchors": "pairs of rare words close together in both texts, of those of the text with fewer",
    "soft": "words of the shorter text found in their sentence's partner",
    "covered": "sentences of the shorter text that have a partner",
    "plain": "common words of the shorter text found in their sentence's partner",
    "rare": "rare words of the shorter text found in their sentence's partner",
    "names": "names of the shorter text found in their sentence's partner",
    "numbers": "numbers of the shorter text found in their sentence's partner",
    "solid": "names, numbers and rare words in sentences where nearly all of these agree",
    "clash": "names and numbers that differ in sentences that agree otherwise",
    "order": "consecutive sentences with partners, whose partners are in the same order",
    "head": "words of the shorter text's beginning that the longer has anywhere",
    "long_soft": "words of the longer text found in their sentence's partner",
    "long_covered": "sentences of the longer text that have a partner",
    "long_names": "names of the longer text found in their sentence's partner",
    "long_numbers": "numbers of the longer text found in their sentence's partner",
    "long_solid": "the same as solid, of the longer text",
    "long_clash": "the same as clash, of the longer text",
    "long_head": "words of the longer text's beginning that the shorter has anywhere",
    "all_names": "names of the shorter text that the longer has anywhere",
    "all_numbers": "numbers of the shorter text that the longer has anywhere",
    "long_all_names": "names of the longer text that the shorter has anywhere",
    "long_all_numbers": "numbers of the longer text that the shorter has anywhere",
    "lost": "how many names and numbers of the shorter text the longer lacks",
    "added": "how many names and numbers of the longer text the shorter lacks",
    "bag": "words of the shorter text that the longer has anywhere, by rarity",
    "long_bag": "words of the longer text that the shorter has anywhere, by rarity",
    "cosine": "cosine of the words of both texts, by rarity",
    "rare_bag": "rare words of the shorter text, not names, that the longer has anywhere",
    "number_order": "consecutive numbers that both texts have, in the same order",
    "facts": "how many different names and numbers the shorter text has",
    "rarity": "mean rarity of the shorter text's words, about 1 (common) to 5 (rare)",
    "words": "number of words of the shorter text",
    "length_ratio": "words of the shorter text, divided by those of the longer",
}

_ALWAYS_COMPUTED = frozenset({"containment", "jaccard", "anchors", "words", "length_ratio"})
"""Features that are computed for every pair; the others only if the texts are near."""


_UNKNOWN = ": unknown, as a text shows none"


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def weigh_features(features: Features) -> Score:
    """Return each feature and what it added to the score. Without the model, which is not used for
    texts that are not near (see `is_near`), the score is 0 and nothing added to it."""
    trees = verifier()
    row = [_number(getattr(features, name)) for name in trees.features]
    near = is_near(features)
    split = contributions(trees, row) if near else None
    moved = split.moved if split else [None] * len(row)
    return Score(
        model_asked=near,
        start=round(split.start, 4) if split else None,
        log_odds=round(split.log_odds, 4) if split else None,
        features=tuple(
            FeatureShare(
                name=name,
                value=round(value, 4)
                if value is not None and (near or name in _ALWAYS_COMPUTED)
                else None,
                meaning=_MEANINGS.get(name, name.replace("_", " "))
                + (_UNKNOWN if value is None and near else ""),
                moved=None if step is None else round(step, 4),
            )
            for name, value, step in zip(trees.features, row, moved, strict=True)
        ),
    )
