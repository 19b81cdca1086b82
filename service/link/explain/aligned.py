"""The sentences of a text beside those of its translation, in the order of both.

Translators keep the order of sentences, and join and cut them. So the beads of sentences are found
that have most in common in all, by dynamic programming, in the manner of W. Gale and K. Church
("A program for aligning sentences in bilingual corpora", 1993), with what concepts two sentences
share in place of their lengths. `service.link.alignment` computes sums only, and for speed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Weights = Sequence[dict[int, float]]
"""Weight of each concept, for each sentence."""

BEADS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
"""How many sentences of one text may be how many of the other."""

LEAST_SHARE = 0.15
"""Share of the weight of the lighter side that must be on both, for sentences to be one bead. Of
the project's own texts in nine languages .90 of the sentences of translations then have a partner,
and .14 of those of texts about other events (at .2: .86 and .08)."""

LEAST_WEIGHT = 1.5
"""What they must share at least, and what each further sentence must add: one word, or a number."""

MOST_SENTENCES = 300
"""Sentences of a text that are aligned; those that follow stand alone. The work grows with the
product of the two."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Numbers of sentences that tell the same, ascending; of a sentence alone one side is empty.

    `found`: share of the weight of the lighter side that is on both; 0 for two sentences that are
    beside each other by their place alone, see `_by_place`.
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    found: float = 0.0


def align_in_order(a: Weights, b: Weights) -> list[Bead]:
    """Return every sentence of both texts once, in the order of both."""
    beads = _by_place(_aligned(a[:MOST_SENTENCES], b[:MOST_SENTENCES]))
    beads += [Bead((number,), ()) for number in range(MOST_SENTENCES, len(a))]
    return beads + [Bead((), (number,)) for number in range(MOST_SENTENCES, len(b))]


def _aligned(a: Weights, b: Weights) -> list[Bead]:
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    chosen: list[list[Bead | None]] = [[None] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if i and best[i - 1][j] > best[i][j]:
                best[i][j] = best[i - 1][j]
            if j and best[i][j - 1] > best[i][j]:
                best[i][j] = best[i][j - 1]
            for m, n in BEADS:
                if m > i or n > j:
                    continue
                worth, found = _worth(a[i - m : i], b[j - n : j])
                if worth > 0 and best[i - m][j - n] + worth > best[i][j]:
                    best[i][j] = best[i - m][j - n] + worth
                    chosen[i][j] = Bead(tuple(range(i - m, i)), tuple(range(j - n, j)), found)
    return _followed(best, chosen)


def _worth(a: Weights, b: Weights) -> tuple[float, float]:
    """What sentences share, less what joining them costs; and its share of the lighter side."""
    left, right = _joined(a), _joined(b)
    shared = sum(min(weight, right[id]) for id, weight in left.items() if id in right)
    lighter = min(sum(left.values()), sum(right.values()))
    further = LEAST_WEIGHT * (len(a) + len(b) - 2)
    if shared < LEAST_WEIGHT + further or shared < LEAST_SHARE * lighter:
        return 0.0, 0.0
    return shared - further, shared / lighter


def _joined(sentences: Weights) -> dict[int, float]:
    if len(sentences) == 1:
        return sentences[0]
    return {id: weight for words in sentences for id, weight in words.items()}


def _followed(best: list[list[float]], chosen: list[list[Bead | None]]) -> list[Bead]:
    """The beads of the best way, from the end back."""
    beads: list[Bead] = []
    i, j = len(best) - 1, len(best[0]) - 1
    while i or j:
        bead = chosen[i][j]
        if bead is not None:
            i, j = i - len(bead.a), j - len(bead.b)
        elif j and best[i][j - 1] == best[i][j]:
            j -= 1
            bead = Bead((), (j,))
        else:
            i -= 1
            bead = Bead((i,), ())
        beads.append(bead)
    return beads[::-1]


def _by_place(beads: list[Bead]) -> list[Bead]:
    """Put one sentence of A and one of B beside each other that stand alone between the same two
    pairs: they are short, or in words that the lexicon lacks."""
    found: list[Bead] = []
    at = 0
    while at < len(beads):
        run = beads[at : at + 4]
        shapes = [(bool(bead.a), bool(bead.b)) for bead in run]
        if shapes in (_ONE_EACH, _ONE_EACH_TURNED):
            left, right = sorted(run[1:3], key=lambda bead: not bead.a)
            found += [run[0], Bead(left.a, right.b)]
            at += 3
        else:
            found.append(beads[at])
            at += 1
    return found


_PAIR, _LEFT, _RIGHT = (True, True), (True, False), (False, True)
_ONE_EACH, _ONE_EACH_TURNED = [_PAIR, _LEFT, _RIGHT, _PAIR], [_PAIR, _RIGHT, _LEFT, _PAIR]
