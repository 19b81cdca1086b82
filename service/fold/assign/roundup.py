"""Texts that hold several others: roundups, morning briefings, pages of captions.

Containment is one-sided. A roundup holds a story, which is a small part of it: that the two have
text in common says that the roundup quotes the story, not that whatever else it holds belongs to
it. Two texts tell that they are held by a roundup rather than cut from one text, by having nothing
in common with each other.
"""

from service.fold.verify.features import compare, is_conclusive
from service.fold.verify.text_record import TextRecord
from service.fold.verify.verifier import score
from service.text.hashing import common

HELD = 0.3
"""Least share of a text's 5-grams that are in a text that holds it: roundups shorten."""

PART = 0.9
"""A text is a part of a longer one that contains this share of its 5-grams."""

MUCH = 2
"""A text is much longer than another with so many times its words."""

_OVERLAP = 0.2
"""Two cuts of one text share more than this part of the 5-grams of the shorter one."""

_STRANGE = 0.05
"""Texts with a lower score are surely no copies."""

_NAMES, _RARE = 0.15, 0.05
"""Most names, and most rare words by weight, that strangers share. Of the invented texts, nine of
ten pairs of stories share fewer; half of the pairs of halves of one English story share more."""

_ANCHORS = 0.06
"""Texts too short for the verifier are strangers if they share less of their anchor pairs."""


def is_roundup(whole: TextRecord, one: TextRecord, other: TextRecord) -> bool:
    """Return True if a text holds two others that have nothing to do with each other."""
    return (
        share_in(whole, one) >= HELD
        and share_in(whole, other) >= HELD
        and are_strangers(one, other)
    )


def share_in(whole: TextRecord, part: TextRecord) -> float:
    """Return the share of a text's 5-grams that another contains."""
    return common(part.fives, whole.fives) / len(part.fives) if len(part.fives) else 0.0


def are_strangers(one: TextRecord, other: TextRecord) -> bool:
    """Return True if two texts are surely neither copies, nor cuts of one text."""
    if max(share_in(one, other), share_in(other, one)) > _OVERLAP:
        return False
    features = compare(one, other)
    if is_conclusive(features):
        names, rare = features.all_names or 0.0, features.rare_bag or 0.0
        return score(features) < _STRANGE and names <= _NAMES and rare <= _RARE
    return features.anchors < _ANCHORS
