"""Features to a score: how sure it is that two texts are copies of one story."""

from dataclasses import fields
from functools import cache
from importlib.resources import files
from operator import attrgetter

from service.story.compare import Features, is_far
from service.story.trees import Trees

LINK = 0.8
"""Score from which a pair counts as a link."""

SHORT_WORDS = 150
SHORT_CONTAINMENT = 0.5
"""A text of fewer words links only with this share of its 5-grams in common: in a few sentences,
two reports of one event share as many names as two copies do."""

MODEL = "verifier.json"

_NAMES = tuple(field.name for field in fields(Features))
_values = attrgetter(*_NAMES)


def score(features: Features) -> float:
    """The likelihood, 0 to 1, that the two texts are copies of one story."""
    if not features.words or not tells(features) or is_far(features):
        return 0.0
    return verifier().likelihood(_values(features))


def tells(features: Features) -> bool:
    """Whether the pair can tell copies from others; a score of one that cannot says nothing."""
    return features.words >= SHORT_WORDS or features.containment >= SHORT_CONTAINMENT


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
