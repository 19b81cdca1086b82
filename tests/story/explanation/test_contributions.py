"""How far each feature moved a score."""

import math

import orjson
import pytest

from service.story.compare import compare
from service.story.explanation.contributions import contributions
from service.story.explanation.features import weigh_features
from service.story.judge import score
from service.story.record import unpack
from service.story.sign import sign
from service.story.trees import Trees
from tests.story.articles import told

TREES = Trees.from_json(
    orjson.dumps(
        {
            "features": ["names", "numbers"],
            "bias": -0.5,
            "trees": [
                # names <= .5 ? -1 : (numbers <= .5 ? 0 : 3)
                {
                    "column": [0, 0, 1, 0, 0],
                    "threshold": [0.5, 0, 0.5, 0, 0],
                    "left": [1, 0, 3, 0, 0],
                    "right": [2, 0, 4, 0, 0],
                    "value": [0, -1, 0, 0, 3],
                }
            ],
        }
    )
)


@pytest.mark.parametrize(
    ("row", "moved"),
    [((0.2, 0.9), (-1.25, 0.0)), ((0.9, 0.9), (1.25, 1.5)), ((0.9, 0.2), (1.25, -1.5))],
)
def test_each_split_moves_the_score_by_what_it_tells(
    row: tuple[float, float], moved: tuple[float, float]
) -> None:
    found = contributions(TREES, row)
    assert found.start == -0.5 + 0.25
    assert found.moved == moved


@pytest.mark.parametrize(
    ("story", "variant"),
    [("ferry-ap", "spun"), ("ferry-ap", "trimmed"), ("ferry-reuters", "original")],
)
def test_all_that_moved_the_score_adds_up_to_it(story: str, variant: str) -> None:
    texts = told("ferry-ap"), told(story, variant)
    features = compare(*(unpack(sign(text, "en").record) for text in texts))
    found = weigh_features(features)
    if found.start is None or found.log_odds is None:
        assert score(features) == 0
        return
    total = found.start + sum(feature.moved or 0 for feature in found.features)
    assert total == pytest.approx(found.log_odds, abs=0.01)
    assert 1 / (1 + math.exp(-total)) == pytest.approx(score(features), abs=0.01)


def test_every_feature_is_said_in_words_and_has_its_value() -> None:
    features = compare(
        *(unpack(sign(told("ferry-ap", v), "en").record) for v in ("original", "spun"))
    )
    for found in weigh_features(features).features:
        assert " " in found.meaning, f"{found.name} has no meaning"
        assert found.meaning != found.name.replace("_", " "), f"{found.name} has no meaning"
        assert found.value == pytest.approx(getattr(features, found.name), abs=1e-4)


def test_of_unrelated_texts_no_feature_moves_anything() -> None:
    features = compare(*(unpack(sign(told(s), "en").record) for s in ("ferry-ap", "furnace")))
    found = weigh_features(features)
    assert not found.model_asked
    assert all(feature.moved is None for feature in found.features)
    values = {feature.name: feature.value for feature in found.features}
    assert values["containment"] is not None
    assert values["covered"] is None, "sentences were not compared: 0 would be a claim"
