"""Rewrites: texts with the facts of another and wording of their own, as a language model makes
them of an article. Facts are names and numbers, as in `service.fold.verify.vocabulary`.
"""

import numpy as np
import numpy.typing as npt

from service.fold.verify.features import Features, is_near
from service.fold.verify.text_record import FACT, TextRecord

OWN_WORDING = 0.2
"""Below this quotient of common 3-grams and common words (`threes` and `bag` of `Features`) the
wording is a text's own. On the training texts: of full rewrites by a language model, rewrites for
search engines, and briefs, 93, 90 and 97 % are below; of machine translations of one text into
English 2 %, into other languages 5 %; of texts translated there and back 0.4 %."""

STRETCH = 8
STRETCH_SHARE = 0.2
_LENGTH_OF_A_BRIEF = 3
_FACTS_OF_A_PART = 2
"""A text that has this many facts in a row that the other lacks, and this share of its own facts,
tells another story too, or is one; unless it is three times as long, since a brief stops before the
end of its source, or lacks no more than two facts of the other, which is a part of it then. On the
training texts no rewrite that the verifier finds falls under this; of roundups made of two
rewrites, 45 of the 82 pairs that it takes for copies do."""

Mask = npt.NDArray[np.bool_]


def is_rewrite(features: Features, language: str, other: str) -> bool:
    """Return True if two texts have wording of their own: one of them rewrites the other, if they
    are copies at all. False too if it is unknown: if the texts are not near (their wording was not
    measured then), or not known to be in one language, where words differ anyhow.

    Args:
        language, other: BCP 47 tags of the texts; only the primary subtags count.
    """
    primary = language.split("-")[0]
    if primary != other.split("-")[0] or primary == "und":
        return False
    return is_near(features) and features.threes < OWN_WORDING * features.bag


def tells_another_story(one: TextRecord, other: TextRecord) -> bool:
    """Return True if one of two texts has a long stretch of facts that the other lacks, as a
    roundup of two stories has of the second. A rewrite keeps the facts of its source; what it adds
    or drops is a fact here and there."""
    own, others = facts_lacking(one, other), facts_lacking(other, one)
    if min(np.count_nonzero(own), np.count_nonzero(others)) <= _FACTS_OF_A_PART:
        return False
    return (_is_beyond(own) and len(one) < _LENGTH_OF_A_BRIEF * len(other)) or (
        _is_beyond(others) and len(other) < _LENGTH_OF_A_BRIEF * len(one)
    )


def facts_lacking(text: TextRecord, other: TextRecord) -> Mask:
    """Return which of the different facts of a text the other has nowhere, in the order of their
    first mention."""
    facts = text.ids.compress(FACT.take(text.classes))
    ids, first = np.unique(facts, return_index=True)
    known = other.vocabulary.ids
    lacking = np.ones(len(ids), dtype=bool)
    if len(known):
        lacking = known.take(known.searchsorted(ids), mode="clip") != ids
    return lacking.take(first.argsort())


def longest_run(flags: Mask) -> int:
    """Return the length of the longest run of True."""
    ends = np.flatnonzero(np.concatenate([[True], ~flags, [True]]))
    return int(np.diff(ends).max()) - 1


def _is_beyond(lacking: Mask) -> bool:
    stretch = longest_run(lacking)
    return stretch >= STRETCH and stretch >= STRETCH_SHARE * len(lacking)
