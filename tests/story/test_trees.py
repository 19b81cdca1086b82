"""Boosted trees from JSON."""

import math
from typing import Any

import orjson
import pytest

from service.story.judge import verifier
from service.story.trees import Trees

SPLIT: dict[str, Any] = {
    "column": [1, 0, 0],
    "threshold": [0.5, 0, 0],
    "left": [1, 0, 0],
    "right": [2, 0, 0],
    "value": [0, -2.0, 3.0],
}
STUMP: dict[str, Any] = {
    "column": [0],
    "threshold": [0],
    "left": [0],
    "right": [0],
    "value": [0.25],
}


def model(*trees: dict[str, Any], features: tuple[str, ...] = ("a", "b")) -> Trees:
    return Trees.from_json(orjson.dumps({"features": features, "bias": 0.5, "trees": trees}))


def logistic(evidence: float) -> float:
    return 1 / (1 + math.exp(-evidence))


@pytest.mark.parametrize(("b", "leaf"), [(0.4, -2.0), (0.5, -2.0), (0.6, 3.0)])
def test_a_row_falls_to_a_leaf_of_each_tree(b: float, leaf: float) -> None:
    expected = logistic(0.5 + leaf + 0.25)
    assert model(SPLIT, STUMP).likelihood([9.0, b]) == pytest.approx(expected)


def test_trees_of_different_depth_are_all_walked_to_the_end() -> None:
    deep = {
        "column": [0, 1, 0, 0, 0],
        "threshold": [0.5, 0.5, 0, 0, 0],
        "left": [1, 3, 0, 0, 0],
        "right": [2, 4, 0, 0, 0],
        "value": [0, 0, 1.0, 2.0, 4.0],
    }
    trees = model(deep, SPLIT)
    assert trees.depth == 2
    assert trees.likelihood([0.0, 1.0]) == pytest.approx(logistic(0.5 + 4.0 + 3.0))


def test_far_out_evidence_is_no_error() -> None:
    sure = {**STUMP, "value": [5000.0]}
    assert model(sure).likelihood([0.0, 0.0]) == pytest.approx(1)


@pytest.mark.parametrize(
    "tree",
    [
        {**SPLIT, "right": [7, 0, 0]},
        {**SPLIT, "column": [2, 0, 0]},
        {**SPLIT, "left": [1, 2, 0], "right": [1, 1, 1]},
    ],
)
def test_what_is_no_model_is_refused(tree: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="tree"):
        model(tree)


def test_the_packaged_model_fits_the_features() -> None:
    assert len(verifier().value) > 50
