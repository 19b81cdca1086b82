"""Features to a score: how sure it is that two texts are copies of one story."""

from dataclasses import fields
from functools import cache
from importlib.resources import files
from operator import attrgetter

from service.story.compare import Features, is_near
from service.story.trees import Trees

LINK = 0.8
"""Score from which a pair counts as a link."""

MODEL = "verifier.json"

_NAMES = tuple(field.name for field in fields(Features))
_values = attrgetter(*_NAMES)


def score(features: Features) -> float:
    """The likelihood, 0 to 1, that the two texts are copies of one story."""
    return verifier().likelihood(_values(features)) if is_near(features) else 0.0


@cache
def verifier() -> Trees:
    """The packaged model.

    Raises:
        ValueError: it was trained on other features.
    """
    trees = Trees.from_json(files(__package__).joinpath(MODEL).read_bytes())
    if trees.features != _NAMES:
        raise ValueError(f"{MODEL} was trained on other features: train it anew")
    return trees
