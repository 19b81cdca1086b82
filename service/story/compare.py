"""Two texts to the features that decide whether one is a copy of the other."""

from dataclasses import dataclass

from service.story.align import NOTHING, align_both
from service.story.hashing import Hashes, common
from service.story.record import TextRecord

SHORT_WORDS = 150
SHORT_CONTAINMENT = 0.5
"""A text of fewer words tells only with this share of its 5-grams in common: in a few sentences,
two reports of one event share as many names as two copies do."""

NEAR_CONTAINMENT = 0.03
NEAR_ANCHORS = 0.06
"""Below both, none of 6,300 candidate pairs of copies was found, and about half of the others."""


@dataclass(frozen=True, slots=True)
class Features:
    """What two texts have in common. Shares are 0 to 1, of the shorter text where one-sided.

    Attributes:
        containment, jaccard: of word 5-grams; `threes`: containment of 3-grams.
        key_threes: containment of the 3-grams that hold a name, a number or a rare word.
        anchors: containment of anchor pairs.
        soft, covered, plain, rare, names, numbers, solid, clash, order, head: of the sentences of
            the shorter, see `service.story.align`.
        long_soft, long_covered, long_names, long_numbers, long_solid, long_clash, long_head: the
            same of the longer.
        all_names, all_numbers: of its names and numbers, those that stand anywhere in the longer.
        words: of the shorter text.
        length_ratio: words of the shorter over the longer.
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
    names: float
    numbers: float
    solid: float
    clash: float
    order: float
    head: float
    long_soft: float
    long_covered: float
    long_names: float
    long_numbers: float
    long_solid: float
    long_clash: float
    long_head: float
    all_names: float
    all_numbers: float
    words: int
    length_ratio: float


def compare(a: TextRecord, b: TextRecord) -> Features:
    """Compare two texts; the order of the arguments does not matter.

    Texts that have too little in common, or are too short to tell, are not aligned: these features
    are then 0.
    """
    short, long = _by_length(a, b)
    fives = common(short.fives, long.fives)
    containment = _share(fives, min(len(short.fives), len(long.fives)))
    anchors = _share(common(short.pairs, long.pairs), min(len(short.pairs), len(long.pairs)))
    near = shares_are_near(len(short), containment, anchors)
    aligned, back = align_both(short, long) if near else (NOTHING, NOTHING)
    return Features(
        containment=containment,
        jaccard=_share(fives, len(short.fives) + len(long.fives) - fives),
        threes=_held(short.threes, long.threes) if near else 0.0,
        key_threes=_held(short.key_threes, long.key_threes) if near else 0.0,
        anchors=anchors,
        soft=aligned.soft,
        covered=aligned.covered,
        plain=aligned.plain,
        rare=aligned.rare,
        names=aligned.names,
        numbers=aligned.numbers,
        solid=aligned.solid,
        clash=aligned.clash,
        order=aligned.order,
        head=aligned.head,
        long_soft=back.soft,
        long_covered=back.covered,
        long_names=back.names,
        long_numbers=back.numbers,
        long_solid=back.solid,
        long_clash=back.clash,
        long_head=back.head,
        all_names=_held(short.key_names, long.key_names, nothing=1.0),
        all_numbers=_held(short.key_numbers, long.key_numbers, nothing=1.0),
        words=len(short),
        length_ratio=_share(len(short), len(long)),
    )


def tells(features: Features) -> bool:
    """Whether the pair is long enough to tell copies from others; if not, it says nothing."""
    return shares_tell(features.words, features.containment)


def is_near(features: Features) -> bool:
    """Whether two texts were aligned."""
    return shares_are_near(features.words, features.containment, features.anchors)


def shares_tell(words: int, containment: float) -> bool:
    """As `tells`, of features that are known before the others."""
    return words >= SHORT_WORDS or (words > 0 and containment >= SHORT_CONTAINMENT)


def shares_are_near(words: int, containment: float, anchors: float) -> bool:
    """As `is_near`, of features that are known before the others."""
    return shares_tell(words, containment) and (
        containment >= NEAR_CONTAINMENT or anchors >= NEAR_ANCHORS
    )


def _by_length(a: TextRecord, b: TextRecord) -> tuple[TextRecord, TextRecord]:
    if len(a) != len(b):
        return (a, b) if len(a) < len(b) else (b, a)
    return (a, b) if a.ids.tobytes() <= b.ids.tobytes() else (b, a)


def _held(part: Hashes, whole: Hashes, nothing: float = 0.0) -> float:
    """The share of `part` that is in `whole`; `nothing` where there is none to be found."""
    return common(part, whole) / len(part) if len(part) else nothing


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
