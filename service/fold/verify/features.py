"""Features of a pair of texts, from which the verifier computes how likely they are copies."""

from dataclasses import dataclass

from service.fold.verify.alignment import NOTHING, align_both
from service.fold.verify.text_record import TextRecord
from service.fold.verify.vocabulary import share_vocabulary
from service.text.hashing import Hashes, common

SHORT_WORDS = 40
"""A text of fewer words is short: in a sentence or two, reports of one event share as many names as
two copies do. For longer ones the number of words is a feature, so that the verifier asks for more
where there is less text."""

SHORT_CONTAINMENT = 0.5
"""A comparison with a short text is conclusive only if this share of its 5-grams is in common."""

NEAR_CONTAINMENT = 0.03
NEAR_ANCHORS = 0.06
"""Texts below both are not aligned: none of the 6,300 candidate pairs measured that are copies, and
about half of the others."""


@dataclass(frozen=True, slots=True)
class Features:
    """What two texts have in common. Shares are 0 to 1. None is a share of nothing: a text without
    numbers, or in a script that does not show names, says nothing of how these agree.

    The fields and their order are those of the model, see `service.fold.verify.verifier`.

    Attributes:
        containment, jaccard: common word 5-grams, as a share of those of the text with fewer, and
            of those in either text.
        threes: share of the shorter text's 3-grams that are in the longer.
        key_threes: the same of the 3-grams with a name, a number or a rare word.
        anchors: common anchor pairs, as a share of those of the text with fewer.
        soft, covered, plain, rare, names, numbers, solid, clash, order, head: alignment of the
            shorter text with the longer, see `service.fold.verify.alignment`.
        long_soft, long_covered, long_names, long_numbers, long_solid, long_clash, long_head:
            alignment of the longer text with the shorter.
        all_names, all_numbers: shares of the shorter text's names and numbers that are anywhere in
            the longer.
        long_all_names, long_all_numbers: the same of the longer text's, in the shorter.
        lost, added: numbers of the shorter text's facts (different names and numbers) that the
            longer lacks, and of the longer's that the shorter lacks.
        bag, long_bag: shares, by weight, of the different words of the shorter text that are
            anywhere in the longer, and the reverse.
        cosine: of the weights of the different words of both.
        rare_bag: as `bag`, of rare words that are no facts.
        number_order: share of the consecutive numbers of the shorter text that the longer has in
            the same order, of those that both have.
        facts: number of facts of the shorter text.
        rarity: mean weight of the different words of the shorter text: depends on how well the word
            list of the language fits.
        words: number of words of the shorter text.
        length_ratio: words of the shorter text divided by those of the longer.
    """

    containment: float
    jaccard: float
    threes: float
    key_threes: float
    anchors: float
    soft: float
    covered: float
    plain: float
    rare: float
    names: float | None
    numbers: float | None
    solid: float
    clash: float | None
    order: float
    head: float
    long_soft: float
    long_covered: float
    long_names: float | None
    long_numbers: float | None
    long_solid: float
    long_clash: float | None
    long_head: float
    all_names: float | None
    all_numbers: float | None
    long_all_names: float | None
    long_all_numbers: float | None
    lost: int
    added: int
    bag: float
    long_bag: float
    cosine: float
    rare_bag: float | None
    number_order: float | None
    facts: int
    rarity: float
    words: int
    length_ratio: float


def compare(a: TextRecord, b: TextRecord) -> Features:
    """Return the features of two texts, in either order.

    Texts that are not near (see `is_near`) are not aligned: their alignment, `threes` and
    `key_threes` are 0 or None.
    """
    short, long = _by_length(a, b)
    fives = common(short.fives, long.fives)
    containment = _share(fives, min(len(short.fives), len(long.fives)))
    anchors = _share(common(short.pairs, long.pairs), min(len(short.pairs), len(long.pairs)))
    near = shares_are_near(len(short), containment, anchors)
    forward, backward = align_both(short, long) if near else (NOTHING, NOTHING)
    shared = share_vocabulary(short, long)
    return Features(
        containment=containment,
        jaccard=_share(fives, len(short.fives) + len(long.fives) - fives),
        threes=_share_found(short.threes, long.threes) if near else 0.0,
        key_threes=_share_found(short.key_threes, long.key_threes) if near else 0.0,
        anchors=anchors,
        soft=forward.soft,
        covered=forward.covered,
        plain=forward.plain,
        rare=forward.rare,
        names=forward.names,
        numbers=forward.numbers,
        solid=forward.solid,
        clash=forward.clash,
        order=forward.order,
        head=forward.head,
        long_soft=backward.soft,
        long_covered=backward.covered,
        long_names=backward.names,
        long_numbers=backward.numbers,
        long_solid=backward.solid,
        long_clash=backward.clash,
        long_head=backward.head,
        all_names=shared.names,
        all_numbers=shared.numbers,
        long_all_names=shared.long_names,
        long_all_numbers=shared.long_numbers,
        lost=shared.lost,
        added=shared.added,
        bag=shared.bag,
        long_bag=shared.long_bag,
        cosine=shared.cosine,
        rare_bag=shared.rare_bag,
        number_order=shared.number_order,
        facts=shared.facts,
        rarity=shared.rarity,
        words=len(short),
        length_ratio=_share(len(short), len(long)),
    )


def is_conclusive(features: Features) -> bool:
    """Return True if the texts are long enough to distinguish copies from other reports; a pair for
    which this is False is no evidence either way."""
    return shares_are_conclusive(features.words, features.containment)


def is_near(features: Features) -> bool:
    """Return True if the texts had enough in common to be forward."""
    return shares_are_near(features.words, features.containment, features.anchors)


def shares_are_conclusive(words: int, containment: float) -> bool:
    """Return what `is_conclusive` returns for these features."""
    return words >= SHORT_WORDS or (words > 0 and containment >= SHORT_CONTAINMENT)


def shares_are_near(words: int, containment: float, anchors: float) -> bool:
    """Return what `is_near` returns for these features."""
    return shares_are_conclusive(words, containment) and (
        containment >= NEAR_CONTAINMENT or anchors >= NEAR_ANCHORS
    )


def _by_length(a: TextRecord, b: TextRecord) -> tuple[TextRecord, TextRecord]:
    """Return the shorter text first; of two as long, that with the lower ids."""
    if len(a) != len(b):
        return (a, b) if len(a) < len(b) else (b, a)
    return (a, b) if a.ids.tobytes() <= b.ids.tobytes() else (b, a)


def _share_found(part: Hashes, whole: Hashes) -> float:
    """Return the share of `part` that is in `whole`; 0 if `part` is empty."""
    return common(part, whole) / len(part) if len(part) else 0.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
