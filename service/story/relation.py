"""An article and the texts of its story to a relation: what it is to the take that it follows."""

from service.events.extracted import Extracted
from service.events.placement import Relation
from service.events.wire import Revision, RevisionKind
from service.story.assign import Fit, Link
from service.story.compare import Features
from service.story.known import LATER_TAKES, KnownArticle, KnownStory
from service.story.original import better_original
from service.story.withdrawal import withdraws

_VERBATIM_CONTAINMENT = 0.9
_VERBATIM_LENGTH = 0.75
_TRIMMED_CONTAINMENT = 0.8
_REWORDED = 0.6
"""Where less than this share of what is aligned is word for word, the text was spun."""

_SAME_TEXT = 0.9
"""Texts with this share of all their 5-grams in common are what each other is."""

_GROWTH = 1.2
_GROWN_CONTAINMENT = 0.6
"""A text of the story's own agency that holds this much of a take and is longer than it by this
factor is a later take, marked or not; what outlets add to a wire story is less."""

_KINDS_OF_COPY = frozenset({Relation.VERBATIM, Relation.TRIMMED, Relation.EDITED, Relation.SPUN})
_CHANGES = LATER_TAKES | {RevisionKind.CORRECTION}


def relation_in(
    extracted: Extracted, current: KnownArticle, story: KnownStory, best: Fit
) -> Relation:
    """What an article is to the story that it was found to belong to."""
    revision = extracted.wire.revision
    if withdraws(extracted):
        return Relation.WITHDRAWAL
    if better_original(story, current).uri == current.uri:
        if current.version == 1:
            return Relation.ORIGINAL
        corrected = revision is not None and revision.kind is RevisionKind.CORRECTION
        return Relation.CORRECTION if corrected else Relation.UPDATE
    references = [link for link in best.links if story.is_reference(link.representative)]
    takes = references or list(best.links)
    reference = max(takes, key=_closeness)
    words, other_words = extracted.signature.words, reference.representative.words
    found = relation_of(reference.features, words=words, other_words=other_words, revision=revision)
    if found not in _KINDS_OF_COPY:
        return found
    closest = max(best.links, key=_closeness)
    known_as = closest.representative.relation
    if known_as in _KINDS_OF_COPY and closest.features.jaccard >= _SAME_TEXT:
        return known_as
    longest = max(link.representative.words for link in takes)
    own = current.agency is not None and current.agency == story.agency
    if own and words >= _GROWTH * longest and reference.features.containment >= _GROWN_CONTAINMENT:
        return Relation.UPDATE
    return found


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
    changed = revision is not None and revision.kind in _CHANGES
    if verbatim and not changed:
        return Relation.VERBATIM
    if revision is not None and changed:
        corrected = revision.kind is RevisionKind.CORRECTION
        return Relation.CORRECTION if corrected else Relation.UPDATE
    if features.containment >= _TRIMMED_CONTAINMENT and words < other_words:
        return Relation.TRIMMED
    if features.containment < _REWORDED * features.covered:
        return Relation.SPUN
    return Relation.EDITED


def _closeness(link: Link) -> tuple[float, float]:
    return link.features.jaccard, link.score
