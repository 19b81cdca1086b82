"""The highest score that a row may have, computed plainly, one row at a time."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from service.fold.verify.verifier import Trees, probability
from service.link.features import ALIGNED, LinkFeatures
from service.link.verifier import NAMES, link_verifier

UNALIGNED = np.array([name in ALIGNED for name in NAMES])
"""Which features are free as long as sentences are not aligned."""


def highest(trees: Trees, free: npt.NDArray[np.bool_], row: Sequence[float | None]) -> float:
    """A probability that a row does not exceed, whatever it has in the free columns."""
    values = np.array(row, dtype=np.float64).take(trees.column)
    goes_left = (values <= trees.threshold) | (np.isnan(values) & trees.unknown_left)
    is_free = free.take(trees.column)
    best = trees.value  # a leaf follows itself
    for _ in range(trees.depth):
        left, right = best.take(trees.left), best.take(trees.right)
        best = np.where(is_free, np.maximum(left, right), np.where(goes_left, left, right))
    return probability(trees.bias + float(best.take(trees.roots).sum()))


def highest_score(unaligned: LinkFeatures) -> float:
    """A score that a pair does not exceed, however its sentences are aligned."""
    return highest(link_verifier(), UNALIGNED, [getattr(unaligned, name) for name in NAMES])
