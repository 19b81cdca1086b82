"""The verifier of LINK: how likely one of two texts is a translation of the other.

The model is of the form that FOLD's has, see `service.fold.verify.verifier`; `make train-link`
trains it, on texts of the project alone.
"""

from dataclasses import fields
from functools import cache
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from service.fold.verify.verifier import Trees, trees_in
from service.link.ceiling import Ceiling
from service.link.features import ALIGNED, LinkFeatures

LINKED = 0.4
"""Least score of a pair of texts that is a link. The last tree of the model moves the score by the
length of the shorter text, for two short reports of one event may have nearly all in common: of 150
words or more a probability of .75 falling to .30 is enough, of less it takes .85. Chosen on the
training half of the data; see `tests.eval.train_link`."""

NAMES = tuple(field.name for field in fields(LinkFeatures))
_values = attrgetter(*NAMES)


def link_score(features: LinkFeatures) -> float:
    """Return the probability, 0 to 1, that one text is a translation of the other."""
    return link_verifier().likelihood(_values(features))


def highest_scores(columns: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return for each pair a score that it does not exceed, however its sentences are aligned; see
    `Ceiling.of_all`.

    Args:
        columns: values by feature and pair; not a number for one that is unknown.
    """
    return _ceiling().of_all(columns)


@cache
def _ceiling() -> Ceiling:
    return Ceiling(link_verifier(), np.array([name in ALIGNED for name in NAMES]))


@cache
def link_verifier() -> Trees:
    """Return the model of this version.

    Raises:
        ValueError: it was trained on other features.
    """
    return trees_in(__package__, NAMES)
