"""The measures that the evaluation rests on, on cases that can be counted by hand."""

import pytest

from tests.eval.clusters import agreement, b_cubed, pairwise

TRUTH = "aaabb"


def test_the_same_groups_under_other_names_agree() -> None:
    found = [7, 7, 7, 9, 9]
    for score in (pairwise(TRUTH, found), b_cubed(TRUTH, found)):
        assert (score.precision, score.recall, score.f1) == (1, 1, 1)
    assert agreement(TRUTH, found) == 1


def test_one_text_in_the_wrong_group() -> None:
    found = "xxyyy"
    pairs = pairwise(TRUTH, found)
    assert (pairs.precision, pairs.recall) == (0.5, 0.5)
    cubed = b_cubed(TRUTH, found)
    assert cubed.precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert agreement(TRUTH, found) == pytest.approx((2 - 1.6) / (4 - 1.6))


def test_all_apart_is_precise_and_finds_nothing() -> None:
    score = pairwise(TRUTH, range(5))
    assert (score.precision, score.recall, score.f1) == (1, 0, 0)
    assert agreement(TRUTH, range(5)) == 0


def test_all_together_finds_everything() -> None:
    score = b_cubed(TRUTH, [0] * 5)
    assert score.recall == 1
    assert score.precision == pytest.approx((3 * 0.6 + 2 * 0.4) / 5)
