"""Chooses the original of a story, and says why."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from service.contract.domain import registrable_domain
from service.contract.story import OriginalOfStory, Relation
from service.fold.assign.authority import AuthorityPolicy
from service.fold.state.article import ArticleState
from service.fold.state.story import (
    AGENCY_HOST,
    CHOSEN_BY_OPERATOR,
    EARLIEST_SEEN,
    FIRST_ARRIVED,
    StoryState,
    original_because,
)

NAMED_BY_COPIES = "named_by_copies"
EARLIEST_PUBLISHED = "earliest_published"
_NAMING_DOMAINS = 2
"""Registrable domains, without that of the page itself, that must declare a page the original."""


def first_original(article: ArticleState, first_seen: str | None = None) -> OriginalOfStory:
    """Return the original of a story of whose articles this is the first.

    Args:
        first_seen: the earliest time of fetch of the story's articles, RFC 3339; None if this is
            its only one.
    """
    if article.own:
        return _chosen(article, AGENCY_HOST)
    at = article.first_created
    is_earliest = at is not None and (first_seen is None or at <= first_seen)
    return _chosen(article, EARLIEST_SEEN if is_earliest else FIRST_ARRIVED)


def choose_another_original(story: StoryState, otherwise: ArticleState | None = None) -> None:
    """Give a story another original, because an article that is in another story now was it: the
    agency's own page, otherwise the member that came first.

    Args:
        otherwise: the original if all members are notices of withdrawal; None if there is none then
            and the story stays as it is.
    """
    members = [each for each in story.members.fetch() if each.relation is not Relation.WITHDRAWAL]
    chosen = min(members, key=lambda each: (not each.own, each.number), default=otherwise)
    if chosen is None:
        return
    story.original = first_original(chosen, story.first_seen)
    story.headline = chosen.title
    story.agency = chosen.agency or story.agency


def better_original(
    story: StoryState, article: ArticleState, span: float, policy: AuthorityPolicy
) -> OriginalOfStory:
    """Return the original of a story to which `article` is added.

    The first that applies: the one that the operator chose; the agency's own page; the page that
    copies on two other registrable domains declare their original; the earliest published; the
    earliest seen, which is the one fetched first, whatever arrived first. A declared time of
    publication counts only for a page that was not seen later than the other by more than the
    crawl's usual delay, or whose host is trusted.

    Args:
        article: counted as a member of the story or not yet.
        span: length of the shard's window in seconds, see `published_at`.
    """
    current = story.original
    if current.why in (CHOSEN_BY_OPERATOR, AGENCY_HOST):
        return current
    if article.own:
        return _chosen(article, AGENCY_HOST)
    if current.why == NAMED_BY_COPIES:
        return current
    uri = article.declared_original
    declared = story.members.find(uri) if uri else None
    if declared is not None and _is_named(declared, story, article):
        return _chosen(declared, NAMED_BY_COPIES)
    if _is_named(article, story):
        return _chosen(article, NAMED_BY_COPIES)
    if current.uri == article.uri:
        return current
    original = story.members.find(current.uri)
    if original is not None and _is_published_before(article, original, span, policy):
        return _chosen(article, EARLIEST_PUBLISHED)
    if not _is_seen_first(article, story):
        return current
    if original is not None and _is_published_before(original, article, span, policy):
        return _chosen(original, EARLIEST_PUBLISHED)
    return _chosen(article, EARLIEST_SEEN)


def _is_published_before(
    article: ArticleState, other: ArticleState, span: float, policy: AuthorityPolicy
) -> bool:
    """Return True if an article was published before another by dates that count."""
    now, then = published_at(article, span), published_at(other, span)
    if now is None or then is None or now >= then:
        return False
    late = article.seen - other.seen > policy.crawl_delay.total_seconds()
    return not late or registrable_domain(article.host) in policy.trusted


def _is_seen_first(article: ArticleState, story: StoryState) -> bool:
    """Return True if an article was fetched before all others of its story, and the original is the
    one that was up to now."""
    if story.original.why not in (EARLIEST_SEEN, FIRST_ARRIVED):
        return False
    at, first = article.first_created, story.first_seen
    is_first = at is not None and first is not None and at < first
    return is_first and article.relation is not Relation.WITHDRAWAL


def _is_named(named: ArticleState, story: StoryState, by: ArticleState | None = None) -> bool:
    """Return True if enough others declare an article the original.

    Args:
        by: an article that declares it, which may not be counted as a member yet.
    """
    domains = set(story.declared.get(named.uri, ()))
    if by is not None:
        domains.add(registrable_domain(by.host))
    return len(domains - {registrable_domain(named.host)}) >= _NAMING_DOMAINS


def original_of_all(candidates: Sequence[OriginalOfStory]) -> OriginalOfStory:
    """Return the original of merged stories: the first one with the best reason."""
    reasons = (
        CHOSEN_BY_OPERATOR,
        AGENCY_HOST,
        NAMED_BY_COPIES,
        EARLIEST_PUBLISHED,
        EARLIEST_SEEN,
        FIRST_ARRIVED,
    )
    return min(candidates, key=lambda original: reasons.index(original.why))


def published_at(article: ArticleState, span: float) -> float | None:
    """Return the time of publication in seconds since the epoch; None if it cannot be used.

    A time after the page was seen is wrong, and so is one more than `span` seconds before: the
    window holds no story that old.

    A date without a time, which READ writes as midnight without an offset, counts as the end of
    that day, so that it never comes before a time of the same day.
    """
    if article.published is None:
        return None
    try:
        at = datetime.fromisoformat(article.published)
    except ValueError:
        return None
    if at.tzinfo is None and at.time() == time.min:
        at = datetime.combine(at, time(23, 59, 59))
    stamp = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    if article.seen and not article.seen - span <= stamp <= article.seen:
        return None
    return stamp


def _chosen(article: ArticleState, why: str) -> OriginalOfStory:
    return original_because(article.uri, article.host, why)
