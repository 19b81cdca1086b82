"""The highest score that trees can give a row of which some values are not known."""

from itertools import pairwise

import numpy as np
import orjson
import pytest

from service.fold.verify.verifier import Trees, probability
from service.link.ceiling import INEXACT, Ceiling
from service.link.verifier import link_verifier
from tests.link.plain_ceiling import highest

SPLIT = {
    "column": [1, 0, 0],
    "threshold": [0.5, 0, 0],
    "left": [1, 0, 0],
    "right": [2, 0, 0],
    "value": [0, -2.0, 3.0],
}
LEAF = {"column": [0], "threshold": [0], "left": [0], "right": [0], "value": [0.25]}


def test_a_free_feature_takes_the_better_side() -> None:
    model = {"features": ["a", "b"], "bias": 0.5, "trees": [SPLIT, LEAF]}
    trees, second = Trees.from_json(orjson.dumps(model)), np.array([False, True])
    row = np.zeros((2, 1))
    better, known = (Ceiling(trees, free).of_all(row).tolist() for free in (second, ~second))
    assert better == pytest.approx([probability(0.5 + 3.0 + 0.25)])
    assert known == pytest.approx([probability(0.5 - 2.0 + 0.25)])


@pytest.mark.parametrize("every", [1, 2, 3, 100])
def test_no_row_exceeds_it_whatever_is_free(every: int) -> None:
    trees, lot = link_verifier(), np.random.default_rng(1)
    width = len(trees.features)
    free = np.arange(1, width + 1) % every == 0
    ceiling = Ceiling(trees, free)
    rows = [
        [None if lot.random() < 0.2 else float(value) for value in 2 * lot.random(width)]
        for _ in range(60)
    ]
    for row, other in pairwise(rows):
        mixed = [b if is_free else a for a, b, is_free in zip(row, other, free, strict=True)]
        most = highest(trees, free, row)
        assert most == highest(trees, free, mixed) >= trees.likelihood(mixed)
        of_row, of_mixed = ceiling.of_all(np.array([row, mixed], dtype=np.float64).T)
        assert of_row == of_mixed >= trees.likelihood(mixed)
        if not free.any():
            assert most == trees.likelihood(row)


@pytest.mark.parametrize("every", [2, 100])
def test_of_many_rows_none_exceeds_it_though_values_are_inexact(every: int) -> None:
    trees, lot = link_verifier(), np.random.default_rng(2)
    rows = 2 * lot.random((len(trees.features), 150))
    rows[lot.random(rows.shape) < 0.2] = np.nan
    free = np.arange(1, len(rows) + 1) % every == 0
    inexact = rows * (1 + INEXACT * lot.uniform(-0.9, 0.9, rows.shape))
    most = Ceiling(trees, free).of_all(inexact)
    exact = [highest(trees, free, row) for row in rows.T.tolist()]
    assert (most >= exact).all()
    assert (most <= np.array(exact) + 1e-6).mean() > 0.5


def test_a_value_near_a_threshold_is_on_either_side() -> None:
    model = {"features": ["a", "b"], "bias": 0.0, "trees": [SPLIT]}
    ceiling = Ceiling(Trees.from_json(orjson.dumps(model)), np.array([True, False]))
    near = ceiling.of_all(np.array([[0.0, 0.0, 0.0], [0.4, 0.49999, 0.6]]))
    assert near.tolist() == pytest.approx([probability(each) for each in (-2.0, 3.0, 3.0)])
