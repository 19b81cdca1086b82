"""Changes to a story's state: a new story, a merger, a new member, a withdrawal."""

from collections.abc import Sequence

from service.contract.extracted import Extracted
from service.contract.identity import story_uri
from service.contract.story import Authority, Placement, Relation, StoryStatus
from service.fold.assign.authority import (
    AuthorityPolicy,
    add_claim,
    authority_over,
    has_quorum,
    with_claim,
)
from service.fold.assign.citations import with_cited
from service.fold.assign.original import better_original, first_original, original_of_all
from service.fold.assign.representatives import represent
from service.fold.assign.scoring import Link
from service.fold.state.article import ArticleState
from service.fold.state.boilerplate import is_bare
from service.fold.state.decisions import united, withdrawal_of_story
from service.fold.state.story import TAKES, Representative, StoryState


def new_story(extracted: Extracted, article: ArticleState) -> StoryState:
    """Return the story that an article begins; it has no members yet."""
    page = extracted.article
    at = page.fetched_at.isoformat() if page.fetched_at else None
    return StoryState(
        id=story_uri(page.uri, page.content_hash, at or ""),
        language=page.language,
        agency=article.agency,
        headline=page.title,
        original=first_original(article),
        first_seen=at,
        last_seen=at,
        latest=article.seen,
        bare=is_bare(extracted),
    )


def merge_into_first(stories: Sequence[StoryState]) -> tuple[StoryState, list[StoryState]]:
    """Return the story that was seen first, with what it takes over of the others, and the others.
    Their articles are not moved."""
    kept, *others = sorted(stories, key=lambda story: (story.first_seen or "", story.id))
    for other in others:
        kept.original = original_of_all((kept.original, other.original))
        kept.latest = max(kept.latest, other.latest)
        kept.last_seen = max(filter(None, (kept.last_seen, other.last_seen)), default=None)
        kept.agency = kept.agency or other.agency
        kept.bare = kept.bare and other.bare
        for claim in other.claims:
            kept.claims = with_claim(kept.claims, claim)
        kept.cites = with_cited(kept.cites, other.cites)
        kept.decisions = united(kept.decisions, other.decisions)
        kept.withdrawn_before = max(kept.withdrawn_before, other.withdrawn_before)
    return kept, others


def change_status(
    story: StoryState,
    extracted: Extracted,
    article: ArticleState,
    placement: Placement,
    policy: AuthorityPolicy,
) -> tuple[ArticleState, ...]:
    """Withdraw the story, make it active again, or list a claim, before an article is added.

    A story is withdrawn by a notice with authority, or by a quorum. It is active again when an
    article with authority over it takes it up anew: a new version, an update or a correction. If
    the operator withdrew it, only the operator reinstates it.

    Returns:
        The members that are withdrawn with the story.
    """
    relation, authority = placement.relation, placement.authority
    if authority is Authority.CLAIMED:
        fetched_at = extracted.article.fetched_at
        at = fetched_at.isoformat() if fetched_at else None
        add_claim(story, article, relation, at)
    if relation is Relation.WITHDRAWAL:
        withdraws = authority is not Authority.CLAIMED or has_quorum(story, policy)
        if story.status is not StoryStatus.ACTIVE or not withdraws:
            return ()
        story.status = StoryStatus.WITHDRAWN
        story.withdrawn_before = article.number
        return tuple(member for member in story.members.fetch() if member.uri != article.uri)
    was_withdrawn = story.status is StoryStatus.WITHDRAWN
    by_operator = withdrawal_of_story(story.decisions) is not None
    if was_withdrawn and not by_operator and _takes_up(story, article, relation, policy):
        story.status = StoryStatus.ACTIVE
        story.revision += 1
    return ()


def _takes_up(
    story: StoryState, article: ArticleState, relation: Relation, policy: AuthorityPolicy
) -> bool:
    """Return True if an article has authority over the story, and is more than another copy of the
    text as it was."""
    is_new = article.version > 1 or relation in TAKES
    return is_new and authority_over(story, article, policy) is not Authority.CLAIMED


def add_member(
    story: StoryState,
    extracted: Extracted,
    article: ArticleState,
    placement: Placement,
    links: Sequence[Link],
    *,
    span: float,
    clock: float,
    policy: AuthorityPolicy,
) -> None:
    """Update a story's original, headline, agency, times, revision, representatives, and whether it
    is bare, after an article was added to it.

    Args:
        links: the article compared with the story's representatives.
        span: length of the shard's window in seconds.
        clock: of the shard, seconds since the epoch.
    """
    story.original = better_original(story, article, span, policy)
    if story.original.uri == article.uri and placement.relation is not Relation.WITHDRAWAL:
        story.headline = article.title
        story.agency = article.agency or story.agency
    story.agency = story.agency or article.agency
    story.bare = story.bare and is_bare(extracted)
    story.latest = clock
    if extracted.article.fetched_at is not None:
        at = extracted.article.fetched_at.isoformat()
        story.first_seen = min(story.first_seen or at, at)
        story.last_seen = max(story.last_seen or at, at)
    if placement.authority not in (None, Authority.CLAIMED):
        story.revision += 1
    represent(story, Representative.of(article), links)
