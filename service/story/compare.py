"""Two texts to the features that decide whether one is a copy of the other."""

from dataclasses import dataclass

import numpy as np

from service.story.align import align
from service.story.hashing import Hashes
from service.story.record import TextRecord


@dataclass(frozen=True, slots=True)
class Features:
    """What two texts have in common. Shares are 0 to 1, one-sided ones of the shorter text.

    Attributes:
        containment, jaccard: of word 5-grams; `threes`: containment of 3-grams.
        anchors: containment of anchor pairs.
        soft, covered, order: see `service.story.align`.
        numbers, names: agreement in aligned sentences, the lower of both directions.
        words: of the shorter text.
        length_ratio: words of the shorter over the longer.
    """

    containment: float
    jaccard: float
    threes: float
    anchors: float
    soft: float
    covered: float
    order: float
    numbers: float
    names: float
    words: int
    length_ratio: float


def compare(a: TextRecord, b: TextRecord) -> Features:
    """Compare two texts; the order of the arguments does not matter."""
    short, long = sorted((a, b), key=lambda text: (len(text), text.ids.tobytes()))
    fives = _common(short.fives, long.fives)
    forth = align(short, long)
    back = align(long, short)
    return Features(
        containment=_share(fives, min(len(short.fives), len(long.fives))),
        jaccard=_share(fives, len(short.fives) + len(long.fives) - fives),
        threes=_share(_common(short.threes, long.threes), min(len(short.threes), len(long.threes))),
        anchors=_share(_common(short.pairs, long.pairs), min(len(short.pairs), len(long.pairs))),
        soft=forth.soft,
        covered=forth.covered,
        order=forth.order,
        numbers=min(forth.numbers, back.numbers),
        names=min(forth.names, back.names),
        words=len(short),
        length_ratio=_share(len(short), len(long)),
    )


def _common(a: Hashes, b: Hashes) -> int:
    return len(np.intersect1d(a, b, assume_unique=True))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
