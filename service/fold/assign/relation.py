"""The relation of an article to its story: original, copy of some kind, later take, withdrawal."""

from service.contract.attribution import Revision, RevisionKind
from service.contract.extracted import Extracted
from service.contract.story import Authority, Relation
from service.fold.assign.authority import AuthorityPolicy, authority_over
from service.fold.assign.original import better_original
from service.fold.assign.same_wire_id import is_later_take
from service.fold.assign.scoring import SAME_TEXT, Fit, Link, closeness, closest_take
from service.fold.assign.withdrawal import withdraws
from service.fold.state.article import ArticleState
from service.fold.state.story import StoryState
from service.fold.verify.features import Features

_VERBATIM_CONTAINMENT = 0.9
_VERBATIM_LENGTH = 0.75
_TRIMMED_CONTAINMENT = 0.8
_REWORDED = 0.6
"""A text is spun if less than this share of what is aligned is word for word the same."""

_GROWTH = 1.2
_GROWN_CONTAINMENT = 0.6
"""A text of the story's own agency that contains this part of a take and is longer than it by this
factor is a later take, labelled or not; what outlets add to a wire story is less."""

_KINDS_OF_COPY = frozenset(
    {
        Relation.VERBATIM,
        Relation.TRIMMED,
        Relation.EDITED,
        Relation.SPUN,
        Relation.REWRITTEN,
    }
)
_LATER_TAKES = frozenset({RevisionKind.UPDATE, RevisionKind.WRITETHRU, RevisionKind.WRAPUP})
"""Labels of a newer take; a refile, a repeat or an advisory leaves the text as it was."""

_CHANGES = _LATER_TAKES | {RevisionKind.CORRECTION}


def relation_in(
    extracted: Extracted,
    current: ArticleState,
    story: StoryState,
    best: Fit,
    span: float,
    policy: AuthorityPolicy,
) -> Relation:
    """Return the relation of an article to the story that it belongs to.

    Args:
        current: the article's state.
        best: its fit to the story.
        span: length of the shard's window in seconds.
    """
    revision = extracted.wire.revision
    if withdraws(extracted):
        return Relation.WITHDRAWAL
    if better_original(story, current, span, policy).uri == current.uri:
        if current.version == 1:
            return Relation.ORIGINAL
        corrected = revision is not None and revision.kind is RevisionKind.CORRECTION
        return Relation.CORRECTION if corrected else Relation.UPDATE
    reference = closest_take(story, best.links)
    words, other_words = extracted.signature.words, reference.representative.words
    found = relation_of(
        reference.features,
        words=words,
        other_words=other_words,
        revision=revision,
        rewrites=reference.rewrites,
    )
    if found not in _KINDS_OF_COPY:
        return found
    if _is_later_take(extracted, current, story, reference, policy):
        return Relation.UPDATE
    closest = max(best.links, key=closeness)
    its_relation = closest.representative.relation
    if its_relation in _KINDS_OF_COPY and closest.features.jaccard >= SAME_TEXT:
        return its_relation
    references = [link for link in best.links if story.is_reference(link.representative)]
    longest = max(link.representative.words for link in references or best.links)
    own = current.agency is not None and current.agency == story.agency
    if own and words >= _GROWTH * longest and reference.features.containment >= _GROWN_CONTAINMENT:
        return Relation.UPDATE
    return found


def _is_later_take(
    extracted: Extracted,
    current: ArticleState,
    story: StoryState,
    reference: Link,
    policy: AuthorityPolicy,
) -> bool:
    """Return True if an article with authority over the story has a higher take of the wire story
    than the take it is compared with, and another text."""
    if not reference.same_id or reference.features.jaccard == 1:
        return False
    before = story.members.find(reference.representative.uri)
    if before is None or not is_later_take(extracted.wire.ids, before.wire_ids):
        return False
    return authority_over(story, current, policy) is not Authority.CLAIMED


def relation_of(
    features: Features,
    *,
    words: int,
    other_words: int,
    revision: Revision | None,
    rewrites: bool = False,
) -> Relation:
    """Return the relation of an article to the closest take of its story.

    Args:
        words: number of words of the article.
        other_words: the same of the take.
        revision: the article's revision label. It is ignored if the text is the take's own, since
            copies of an update have the label too.
        rewrites: True if the article rewrites the take, see `service.fold.assign.scoring.Link`.
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
    if rewrites:
        return Relation.REWRITTEN
    if features.containment < _REWORDED * features.covered:
        return Relation.SPUN
    return Relation.EDITED
