"""Features of two texts in different languages, from which the verifier computes how likely one is
a translation of the other."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.link.alignment import align
from service.text.concepts.stream import NAME, NUMBER, WORD, Concepts

LEAST_FACT_WEIGHT = 1.6
"""Lighter names and numbers are shared by texts about anything: single digits, years, and what may
be a name in a script that does not show it."""

LEAST_ORDERED = 3
"""Ids that two texts must share for their order to say something."""


@dataclass(frozen=True, slots=True)
class LinkFeatures:
    """What two texts have in common. Shares are 0 to 1, by weight. None is a share of nothing: a
    text without numbers says nothing of how they agree.

    The fields and their order are those of the model, see `service.link.verifier`. The shorter text
    is the one with fewer words.

    Attributes:
        words, names, numbers: share of the shorter text's that the longer has.
        long_words, long_names, long_numbers: the reverse.
        cosine: of the weights of the ids of both.
        common_words, common_names, common_numbers: how many different ones both have.
        common_weight: weight of all that both have.
        order: longest run, of the ids that each text has once, in the same order, as a share of
            these ids; None if both have too few.
        soft, covered, in_order, clash, partners: alignment of the shorter text with the longer, see
            `service.link.alignment`.
        long_soft, long_covered, long_clash: alignment of the longer with the shorter.
        head: share of the first ids of the shorter text that are anywhere in the longer.
        known: ids a word, of the text with fewer: how much of it the lexicon knows.
        count: different ids of the text with fewer.
        ratio: words of the shorter text as a share of those of the longer.
        keys: keys that both have, see `service.text.concepts.keys`: pairs of ids near each other.
    """

    words: float | None
    names: float | None
    numbers: float | None
    long_words: float | None
    long_names: float | None
    long_numbers: float | None
    cosine: float
    common_words: int
    common_names: int
    common_numbers: int
    common_weight: float
    order: float | None
    soft: float
    covered: float
    in_order: float | None
    clash: float | None
    partners: int
    long_soft: float
    long_covered: float
    long_clash: float | None
    head: float
    known: float
    count: int
    ratio: float
    keys: int


_HEAD = 40


def compare_concepts(a: Concepts, b: Concepts, keys: int) -> LinkFeatures:
    """Return the features of two texts, in either order.

    Args:
        keys: that both have.
    """
    short, long = _by_length(a, b)
    ids_s, weights_s, first_s, once_s = _distinct(short)
    ids_l, weights_l, first_l, once_l = _distinct(long)
    common, in_s, in_l = np.intersect1d(ids_s, ids_l, assume_unique=True, return_indices=True)
    found_s, found_l = np.zeros(len(ids_s), bool), np.zeros(len(ids_l), bool)
    found_s[in_s] = found_l[in_l] = True
    shares_s = [_share(ids_s, weights_s, found_s, kind) for kind in (WORD, NAME, NUMBER)]
    shares_l = [_share(ids_l, weights_l, found_l, kind) for kind in (WORD, NAME, NUMBER)]
    kinds = common >> 24
    solid = weights_s[in_s] >= LEAST_FACT_WEIGHT
    both_once = once_s[in_s] & once_l[in_l]
    forward, backward = align(short, long), align(long, short)
    head = np.isin(short.ids[:_HEAD], ids_l)
    return LinkFeatures(
        words=shares_s[0],
        names=shares_s[1],
        numbers=shares_s[2],
        long_words=shares_l[0],
        long_names=shares_l[1],
        long_numbers=shares_l[2],
        cosine=_cosine(weights_s, weights_l, in_s, in_l),
        common_words=int((kinds == WORD).sum()),
        common_names=int(((kinds == NAME) & solid).sum()),
        common_numbers=int(((kinds == NUMBER) & solid).sum()),
        common_weight=float(weights_s[in_s].sum()),
        order=in_same_order(first_s[in_s][both_once], first_l[in_l][both_once]),
        soft=forward.soft,
        covered=forward.covered,
        in_order=forward.order,
        clash=forward.clash,
        partners=forward.partners,
        long_soft=backward.soft,
        long_covered=backward.covered,
        long_clash=backward.clash,
        head=float(head.mean()) if len(head) else 0.0,
        known=min(len(each) / max(each.words, 1) for each in (short, long)),
        count=min(len(ids_s), len(ids_l)),
        ratio=short.words / max(long.words, 1),
        keys=keys,
    )


def in_same_order(places: npt.NDArray[np.int32], theirs: npt.NDArray[np.int32]) -> float | None:
    """Return the length of the longest run that ascends in both texts, as a share of all; None if
    there are too few.

    Args:
        places, theirs: where each id stands in one text and in the other.
    """
    if len(places) < LEAST_ORDERED:
        return None
    tails: list[int] = []
    for value in theirs[np.argsort(places, kind="stable")].tolist():
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
    return len(tails) / len(places)


def _by_length(a: Concepts, b: Concepts) -> tuple[Concepts, Concepts]:
    if a.words != b.words:
        return (a, b) if a.words < b.words else (b, a)
    return (a, b) if a.ids.tobytes() <= b.ids.tobytes() else (b, a)


def _distinct(
    text: Concepts,
) -> tuple[
    npt.NDArray[np.uint32], npt.NDArray[np.float32], npt.NDArray[np.int32], npt.NDArray[np.bool_]
]:
    """The different ids, their weights, the token where each stands first, whether it stands
    once."""
    ids, first, counts = np.unique(text.ids, return_index=True, return_counts=True)
    return ids, text.weights[first], text.tokens[first], counts == 1


def _share(
    ids: npt.NDArray[np.uint32],
    weights: npt.NDArray[np.float32],
    found: npt.NDArray[np.bool_],
    kind: int,
) -> float | None:
    own = ids >> 24 == kind
    total = float(weights[own].sum())
    return float(weights[own & found].sum()) / total if total else None


def _cosine(
    a: npt.NDArray[np.float32],
    b: npt.NDArray[np.float32],
    in_a: npt.NDArray[np.intp],
    in_b: npt.NDArray[np.intp],
) -> float:
    norm = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a[in_a] * b[in_b]).sum()) / norm if norm else 0.0
