"""Counts of pairs of texts that belong together and that were put together, by language and length,
and of what became of each kind of text."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tests.eval.baselines import Pairs
from tests.eval.real_rows import RealRow

SHORT = 150
"""A pair is short if one of its texts has fewer words: tokens of the signature."""

ALL = "all"
REWRITES = ("light", "full", "farm", "brief")
REUSED = (*REWRITES, "WD", "PD")
NO_COPIES = ("own", "sibling")
OTHERS = ("same_event", "distinct")


@dataclass(slots=True)
class PairCounts:
    """Pairs that belong together, that were put together, and both."""

    belong: int = 0
    put: int = 0
    both: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the pairs put together that belong together; None if there are none."""
        return self.both / self.put if self.put else None

    @property
    def recall(self) -> float | None:
        """Share of the pairs that belong together that were put together; None if none do."""
        return self.both / self.belong if self.belong else None

    def __add__(self, other: "PairCounts") -> "PairCounts":
        return PairCounts(self.belong + other.belong, self.put + other.put, self.both + other.both)

    def __str__(self) -> str:
        precision, recall = (
            "-" if share is None else f"{share:.3f}" for share in (self.precision, self.recall)
        )
        return f"P {precision:>5} R {recall:>5} ({self.both} of {self.belong}, {self.put} put)"


@dataclass(slots=True)
class Share:
    """How many of so many."""

    part: int = 0
    total: int = 0

    def __str__(self) -> str:
        return f"{self.part} of {self.total}"


Cell = tuple[str, str, str]
"""Set, language (or `ALL` of them), and "short" or "long"."""


def pairs_within(labels: Iterable[Hashable]) -> Pairs:
    """The pairs of things with the same label, by their numbers."""
    members: dict[Hashable, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        members[label].append(number)
    return frozenset(pair for own in members.values() for pair in combinations(own, 2))


def count_pairs(
    rows: Sequence[RealRow], words: Sequence[int], put: Pairs
) -> dict[Cell, PairCounts]:
    """Count pairs by set, language and length.

    A wrong pair of two languages or sets counts for each of them, and once for all languages.

    Args:
        words: of each text.
        put: the pairs that were put together.
    """
    counts: dict[Cell, PairCounts] = defaultdict(PairCounts)

    def cells(a: int, b: int) -> list[PairCounts]:
        length = "short" if min(words[a], words[b]) < SHORT else "long"
        both = (rows[a], rows[b])
        keys = {(row.set, language, length) for row in both for language in (row.language, ALL)}
        return [counts[key] for key in keys]

    for a, b in pairs_within(row.story for row in rows):
        for counted in cells(a, b):
            counted.belong += 1
    for a, b in put:
        right = rows[a].story == rows[b].story
        for counted in cells(a, b):
            counted.put += 1
            counted.both += right
    return counts


def mixed(rows: Sequence[RealRow], put: Pairs) -> frozenset[int]:
    """The texts that were put with a text of another story."""
    wrong = [pair for pair in put if rows[pair[0]].story != rows[pair[1]].story]
    return frozenset(number for pair in wrong for number in pair)


def count_kinds(rows: Sequence[RealRow], put: Pairs) -> Mapping[str, Share]:
    """What became of rewrites, of reuse, and of what is no copy.

    Returns:
        For a kind of copy, those put with their source; for "ND", the Urdu articles that do not
        derive from the agency's, and were put with it all the same; for what is no copy of
        anything, those put with a text of another story.
    """
    kinds: dict[str, Share] = defaultdict(Share)
    sources = {row.story: n for n, row in enumerate(rows) if row.kind == "source"}
    wrong = mixed(rows, put)

    def count(kind: str, hit: bool) -> None:
        kinds[kind].part += hit
        kinds[kind].total += 1

    def together(a: int, b: int) -> bool:
        return (min(a, b), max(a, b)) in put

    for number, row in enumerate(rows):
        if row.set in OTHERS:
            count(row.set, number in wrong)
        elif row.kind in NO_COPIES:
            count(row.kind, number in wrong)
        elif row.kind in REUSED:
            count(row.kind, together(number, sources[row.story]))
        elif row.set == "reuse_ur" and row.kind == "ND":
            count("ND", together(number, sources[row.story.rsplit("|", 1)[0]]))
    return kinds
