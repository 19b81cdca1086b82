"""Which articles and stories leave the window, and when."""

from dataclasses import dataclass

from service.contract.fold_state import IdentityRecord
from service.fold.state.article import ArticleState
from service.fold.state.window import Window


@dataclass(frozen=True, slots=True)
class Expired:
    """Uris of articles and ids of stories that left the window, and the identities that are kept
    of them."""

    articles: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    identities: tuple[IdentityRecord, ...] = ()


def expire(window: Window) -> Expired:
    """Remove what has left the window, the oldest articles first."""
    window.story_cache.evict()
    limits, columns = window.limits, window.articles
    cutoff = window.watermark.now - limits.span.total_seconds()
    expired, kept = [], []
    while columns.count > limits.articles or (columns.count and _oldest_time(window) < cutoff):
        article = window.store.article_by_number(columns.oldest)
        kept.append(_remember(window, article))
        window.remove(article)
        window.store.drop_article(article.number)
        expired.append(article.uri)
    if expired:
        window.index.expire(columns.oldest if columns.count else window.next_number)
    removed, merged = _remove_empty_stories(window)
    identities = tuple(each for each in (*kept, *merged) if each is not None)
    return Expired(tuple(expired), tuple(removed), identities)


def _oldest_time(window: Window) -> float:
    """Return the event time from which the article with the lowest number is held.

    A time of fetch that is ahead of every partition may be wrong, and would keep all articles
    behind it in the window: then it is the watermark's when the article was placed. If the clocks
    were set back since, it is not later than that of the next article.
    """
    columns, newest = window.articles, window.watermark.newest
    time = columns.oldest_seen
    if time <= newest:
        return time
    time = window.store.article_by_number(columns.oldest).believed_time
    return time if time <= newest else min(time, columns.second_seen)


def _remember(window: Window, article: ArticleState) -> IdentityRecord | None:
    slot, cache = window.slot_of(article.number), window.story_cache
    return window.remembered.keep(article, cache.in_memory(slot) or cache.without_members(slot))


def _remove_empty_stories(window: Window) -> tuple[list[str], list[IdentityRecord | None]]:
    """Remove the stories without articles that no record names; returns their ids, and what is kept
    of merged ones."""
    removed: list[str] = []
    kept: list[IdentityRecord | None] = []
    while batch := window.empty_stories.take_removable():
        for story_id, slot in batch:
            window.drop_story(slot)
            into = window.empty_stories.remove(story_id)
            if into is not None:
                kept.append(window.remembered.keep_merger(story_id, into))
            removed.append(story_id)
    return removed, kept
