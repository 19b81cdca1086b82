"""How far two ways of grouping the same things agree."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def pairwise(truth: Sequence[Hashable], found: Sequence[Hashable]) -> Score:
    """Over pairs of things: those put together, and those that belong together."""
    both = _pairs(Counter(zip(truth, found, strict=True)))
    put, belong = _pairs(Counter(found)), _pairs(Counter(truth))
    return Score(both / put if put else 1.0, both / belong if belong else 1.0)


def b_cubed(truth: Sequence[Hashable], found: Sequence[Hashable]) -> Score:
    """Over things: of each one's group, the share that belongs with it (Bagga, Baldwin 1998)."""
    both = Counter(zip(truth, found, strict=True))
    belong, put = Counter(truth), Counter(found)
    precision = sum(n * n / put[group] for (_, group), n in both.items())
    recall = sum(n * n / belong[group] for (group, _), n in both.items())
    return Score(precision / len(truth), recall / len(truth))


def agreement(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """The adjusted Rand index (Hubert, Arabie 1985): 1 the same, 0 as by chance."""
    both = _pairs(Counter(zip(one, other, strict=True)))
    first, second = _pairs(Counter(one)), _pairs(Counter(other))
    every = len(one) * (len(one) - 1) / 2
    chance = first * second / every if every else 0.0
    most = (first + second) / 2
    return (both - chance) / (most - chance) if most != chance else 1.0


def _pairs(groups: "Counter[Hashable]") -> float:
    return sum(size * (size - 1) / 2 for size in groups.values())
