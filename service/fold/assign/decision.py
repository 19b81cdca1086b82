"""What FOLD decides about an article: the placement with its evidence, and statistics."""

from dataclasses import dataclass, field

from service.contract.article_event import OriginalOf
from service.contract.changes import Changes
from service.contract.extracted import Extracted
from service.contract.fold_state import ArticleRecord, IdentityRecord, PartitionClock, StoryRecord
from service.contract.story import LinkEvidence, Placement, Relation, StoryEvent
from service.contract.story_concepts import StoryConcepts
from service.fold.assign.authority import AuthorityPolicy, authority_of
from service.fold.assign.evidence import evidence_of
from service.fold.assign.relation import relation_in
from service.fold.assign.restating import Restated
from service.fold.assign.scoring import Fit, Link, Texts
from service.fold.assign.withdrawal import withdraws
from service.fold.candidates.candidate import Candidates
from service.fold.state.article import ArticleState
from service.fold.state.story import StoryState
from service.fold.verify.text_record import TextRecord


@dataclass(frozen=True, slots=True)
class PlacementStats:
    """Statistics of placing one article.

    Attributes:
        candidates: number of articles in the window that share enough keys with it.
        compared: number of texts compared in full.
    """

    candidates: int
    compared: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """The page at this source position was placed before: nothing is written."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Changes of the shard's state: records and tombstones for the changelog."""

    articles: tuple[ArticleRecord, ...] = ()
    stories: tuple[StoryRecord, ...] = ()
    clocks: tuple[PartitionClock, ...] = ()
    identities: tuple[IdentityRecord, ...] = ()
    deleted_articles: tuple[str, ...] = ()
    deleted_stories: tuple[str, ...] = ()
    deleted_identities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForLink:
    """What LINK is told: nothing, unless the shard links stories.

    Attributes:
        stories: those of which it is told something new; `time` and `traceparent` are missing.
        gone: ids of those that have left the window.
    """

    stories: tuple[StoryConcepts, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A re-crawl with the same text.

    Attributes:
        article: None if its text has left the window.
        for_link: its story, if READ signed no concepts of the article before.
    """

    article: ArticleState | None
    saved: Saved
    for_link: ForLink = field(default=ForLink())


@dataclass(frozen=True, slots=True)
class TooOld:
    """A late article, rejected.

    Attributes:
        watermark: seconds since the epoch.
        seconds: how much older than the watermark the article is.
    """

    watermark: float
    seconds: float
    saved: Saved


@dataclass(frozen=True, slots=True)
class Placed:
    """A new article, or a new version of one.

    Attributes:
        version: 1 for a new article; one more with each new text.
        first_created: fetch time of its first version, RFC 3339.
        withdrawn: True if the story is withdrawn, by this article or before, or if the article
            says that it is withdrawn itself.
        verified: True if the story's original is on the host of the agency that this article
            credits.
        boilerplate: True if the story is boilerplate, with this article.
        taken_down: articles emitted earlier that this one withdraws.
        why: the operator's reason, if it is withdrawn by the operator's decision.
        stories: public states of the stories that changed, the article's own first.
        changes: what is new against the version before; None if there is none to compare with.
        sequence: of its event, and of those that it gives of other articles.
        original: of the story, with this article.
        restated: articles that became the original, or ceased to be it, by this one.
        for_link: the stories that changed, and those that left the window.
    """

    placement: Placement
    version: int
    first_created: str | None
    withdrawn: bool
    verified: bool
    taken_down: tuple[ArticleState, ...]
    stories: tuple[StoryEvent, ...]
    saved: Saved
    sequence: int
    original: OriginalOf
    restated: tuple[Restated, ...] = ()
    why: str | None = None
    boilerplate: bool = False
    changes: Changes | None = None
    for_link: ForLink = field(default=ForLink())


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of the operator, carried out.

    Attributes:
        why: the operator's reason.
        taken_down: articles that it withdraws.
        stories: public states of the stories that changed.
        sequence: of the events on `articles` that it gives.
        original: of the story that it is about.
        restated: articles that became the original, or ceased to be it.
        for_link: the stories that changed.
    """

    why: str
    taken_down: tuple[ArticleState, ...]
    stories: tuple[StoryEvent, ...]
    saved: Saved
    sequence: int
    original: OriginalOf
    restated: tuple[Restated, ...] = ()
    for_link: ForLink = field(default=ForLink())


Decision = Repeat | Unchanged | TooOld | Placed


def placement_in(
    extracted: Extracted,
    current: ArticleState,
    story: StoryState,
    best: Fit | None,
    shared: Candidates,
    texts: Texts,
    own: TextRecord,
    span: float,
    policy: AuthorityPolicy,
) -> Placement:
    """Return the placement of an article in a story.

    Args:
        best: its fit to the story; None if the story is new.
        shared: keys in common with candidates, by article number.
        texts: of the story's articles.
        own: the article's text.
        span: length of the shard's window in seconds.
    """
    if best is None or not best.links:
        relation = Relation.WITHDRAWAL if withdraws(extracted) else Relation.ORIGINAL
        authority = authority_of(relation, story, current, policy)
        return Placement(story_id=story.id, relation=relation, authority=authority)
    closest = max(best.links, key=lambda link: (link.features.jaccard, link.score))
    relation = relation_in(extracted, current, story, best, span, policy)
    return Placement(
        story_id=story.id,
        relation=relation,
        parent=closest.representative.uri,
        similarity=round(best.score, 4),
        evidence=_evidence(extracted, closest, shared, texts, own),
        authority=authority_of(relation, story, current, policy),
    )


def _evidence(
    extracted: Extracted, closest: Link, shared: Candidates, texts: Texts, own: TextRecord
) -> LinkEvidence:
    parent = closest.representative
    words = extracted.signature.words, parent.words
    both = own, texts.text(parent.number)
    keys = shared.get(parent.number)
    return evidence_of(closest.features, both, words, keys, wire_id=closest.same_id)
