"""Scores of pairs of texts that must be right."""

import math
from pathlib import Path
from typing import Any

import orjson
import pytest

from service.fold.verify.features import SHORT_WORDS, compare
from service.fold.verify.text_record import unpack
from service.fold.verify.verifier import LINK, Trees, score, verifier
from service.text.signature import sign
from tests.fold.articles import text_of


def judged(a: str, b: str, language: str = "en") -> float:
    return score(compare(*(unpack(sign(text, language).record) for text in (a, b))))


@pytest.mark.parametrize(
    ("story", "variant", "language"),
    [
        ("ferry-ap", "trimmed", "en"),
        ("ferry-ap", "spun", "en"),
        ("ferry-ap", "local", "en"),
        ("ferry-ap", "update", "en"),
        ("furnace", "spun", "en"),
        ("lander-kyodo", "spun-2", "en"),
        ("miners", "spun-1", "en"),
        ("miners", "spun-2", "en"),
        ("hoard", "spun", "en"),
        ("tin", "spun", "en"),
        ("cheese", "spun", "fr"),
        ("bridge", "spun", "de"),
        ("fires", "spun", "es"),
    ],
)
def test_copies_are_linked(story: str, variant: str, language: str) -> None:
    assert judged(text_of(story), text_of(story, variant), language) >= LINK


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ferry-ap", "ferry-reuters"),
        ("lander-kyodo", "lander-xinhua"),
        ("results-corvane", "results-pellwright"),
        ("quake-lone-mesa", "quake-port-soledad"),
        ("furnace", "tin"),
    ],
)
def test_other_stories_are_not_linked(one: str, other: str) -> None:
    assert judged(text_of(one), text_of(other)) < 0.3


def test_the_seed_page(shared_data: Path) -> None:
    spun, original, other = (
        (shared_data / "seed" / f"{name}.txt").read_text()
        for name in ("spun", "original", "other_agency")
    )
    assert judged(spun, original) >= LINK
    assert judged(spun, other) < 0.3
    assert judged(original, other) < 0.3


def test_short_texts_need_half_their_words_in_common() -> None:
    lead, *_ = text_of("ferry-ap").split("\n\n")
    assert len(lead.split()) < SHORT_WORDS
    assert judged(lead, text_of("ferry-ap")) >= LINK
    assert judged(lead, text_of("ferry-ap", "spun")) == 0


def test_nothing_is_no_copy() -> None:
    assert judged("", text_of("ferry-ap")) == judged("", "") == 0


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


@pytest.mark.parametrize(("goes_left", "leaf"), [(1, -2.0), (0, 3.0)])
def test_an_unknown_value_takes_the_side_that_training_chose(goes_left: int, leaf: float) -> None:
    split = SPLIT | {"unknown_left": [goes_left, 0, 0]}
    expected = logistic(0.5 + leaf)
    assert model(split).likelihood([9.0, None]) == pytest.approx(expected)


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
