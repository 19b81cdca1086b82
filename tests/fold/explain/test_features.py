"""What each feature added to a score."""

import math

import orjson
import pytest

from service.fold.explain.features import contributions, weigh_features
from service.fold.verify.features import compare
from service.fold.verify.text_record import unpack
from service.fold.verify.verifier import Trees, score
from service.text.signature import sign
from tests.fold.articles import text_of

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
def test_each_split_adds_the_change_of_the_expected_value(
    row: tuple[float, float], moved: tuple[float, float]
) -> None:
    found = contributions(TREES, row)
    assert found.start == -0.5 + 0.25
    assert found.moved == moved


@pytest.mark.parametrize(
    ("story", "variant"),
    [("ferry-ap", "spun"), ("ferry-ap", "trimmed"), ("ferry-reuters", "original")],
)
def test_the_contributions_add_up_to_the_score(story: str, variant: str) -> None:
    texts = text_of("ferry-ap"), text_of(story, variant)
    features = compare(*(unpack(sign(text, "en").record) for text in texts))
    found = weigh_features(features)
    if found.start is None or found.log_odds is None:
        assert score(features) == 0
        return
    total = found.start + sum(feature.moved or 0 for feature in found.features)
    assert total == pytest.approx(found.log_odds, abs=0.01)
    assert 1 / (1 + math.exp(-total)) == pytest.approx(score(features), abs=0.01)


def test_every_feature_has_a_meaning_and_its_value() -> None:
    features = compare(
        *(unpack(sign(text_of("ferry-ap", v), "en").record) for v in ("original", "spun"))
    )
    for found in weigh_features(features).features:
        assert " " in found.meaning, f"{found.name} has no meaning"
        assert found.meaning != found.name.replace("_", " "), f"{found.name} has no meaning"
        assert found.value == pytest.approx(getattr(features, found.name), abs=1e-4)


def test_the_model_is_not_used_for_unrelated_texts() -> None:
    features = compare(*(unpack(sign(text_of(s), "en").record) for s in ("ferry-ap", "furnace")))
    found = weigh_features(features)
    assert not found.model_asked
    assert all(feature.moved is None for feature in found.features)
    values = {feature.name: feature.value for feature in found.features}
    assert values["containment"] is not None
    assert values["covered"] is None, "sentences were not compared: 0 would be a claim"


def test_a_feature_that_a_text_does_not_show_is_unknown_and_says_so() -> None:
    plain = "The mayor of Eden Crossing said that thieves had emptied the barrels of maple syrup. "
    text = unpack(sign(plain * 4, "en").record)
    shares = {each.name: each for each in weigh_features(compare(text, text)).features}
    numbers = shares["number_order"]
    assert numbers.value is None
    assert "unknown" in numbers.meaning
    assert shares["bag"].value == 1
