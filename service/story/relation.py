"""Features and revision marks to a relation: what a copy is to the take it follows."""

from service.events.placement import Relation
from service.events.wire import Revision, RevisionKind
from service.story.compare import Features
from service.story.known import LATER_TAKES

_VERBATIM_CONTAINMENT = 0.9
_VERBATIM_LENGTH = 0.75
_TRIMMED_CONTAINMENT = 0.8
_REWORDED = 0.6
"""Where less than this share of what is aligned is word for word, the text was spun."""


def relation_of(
    features: Features, *, words: int, other_words: int, revision: Revision | None
) -> Relation:
    """What an article is to the take of the story that it is closest to.

    Args:
        words: of the article.
        other_words: of the take.
        revision: the article's revision mark. It counts only where the text is not the take's own:
            copies of an update bear the mark too.
    """
    verbatim = (
        features.containment >= _VERBATIM_CONTAINMENT and features.length_ratio >= _VERBATIM_LENGTH
    )
    if verbatim and not _marks_a_change(revision):
        return Relation.VERBATIM
    if revision is not None:
        if revision.kind is RevisionKind.CORRECTION:
            return Relation.CORRECTION
        if revision.kind in LATER_TAKES:
            return Relation.UPDATE
    if verbatim:
        return Relation.VERBATIM
    if features.containment >= _TRIMMED_CONTAINMENT and words < other_words:
        return Relation.TRIMMED
    if features.containment < _REWORDED * features.covered:
        return Relation.SPUN
    return Relation.EDITED


def _marks_a_change(revision: Revision | None) -> bool:
    return revision is not None and (
        revision.kind is RevisionKind.CORRECTION or revision.kind in LATER_TAKES
    )
