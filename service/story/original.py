"""Which article of a story is taken for the original, and why."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from service.events.story_state import OriginalOfStory
from service.story.known import KnownArticle, KnownStory

AGENCY_HOST = "agency_host"
NAMED_BY_COPIES = "named_by_copies"
EARLIEST_PUBLISHED = "earliest_published"
EARLIEST_SEEN = "earliest_seen"

_EARLIEST_SANE = 72 * 3600.0
"""A page that claims to be older than the window before it was seen proves nothing."""


def first_original(article: KnownArticle) -> OriginalOfStory:
    """The original of a story that one article begins."""
    return _chosen(article, AGENCY_HOST if article.own else EARLIEST_SEEN)


def better_original(story: KnownStory, article: KnownArticle) -> OriginalOfStory:
    """The story's original once it holds `article` too.

    The agency's own page; else the page that others name; else the earliest published; else the
    earliest seen.
    """
    current = story.original
    if current.why == AGENCY_HOST:
        return current
    if article.own:
        return _chosen(article, AGENCY_HOST)
    if current.why == NAMED_BY_COPIES:
        return current
    if article.names and (named := story.members.find(article.names)) is not None:
        return _chosen(named, NAMED_BY_COPIES)
    if story.named[article.uri] > 0:
        return _chosen(article, NAMED_BY_COPIES)
    now = published_at(article)
    if now is None or current.uri == article.uri:
        return current
    standing = story.members.find(current.uri)
    then = None if standing is None else published_at(standing)
    return _chosen(article, EARLIEST_PUBLISHED) if then is not None and now < then else current


def original_of_all(candidates: Sequence[OriginalOfStory]) -> OriginalOfStory:
    """The original of stories that have become one; the first of the best reason."""
    reasons = (AGENCY_HOST, NAMED_BY_COPIES, EARLIEST_PUBLISHED, EARLIEST_SEEN)
    return min(candidates, key=lambda original: reasons.index(original.why))


def published_at(article: KnownArticle) -> float | None:
    """Seconds since the epoch; None where the page gives no sane time.

    A bare day, which READ writes as its midnight without an offset, counts as its end: so it never
    beats a time of that day.
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
    if article.seen and not article.seen - _EARLIEST_SANE <= stamp <= article.seen:
        return None
    return stamp


def _chosen(article: KnownArticle, why: str) -> OriginalOfStory:
    return OriginalOfStory(uri=article.uri, host=article.host, why=why)
