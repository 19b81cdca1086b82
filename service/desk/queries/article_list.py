"""The articles that match the filters of the story list, or all articles of a story."""

import sqlite3
from dataclasses import dataclass

from service.desk.queries.story_conditions import (
    MOST_HITS,
    Conditions,
    on_articles,
    on_stories,
    with_story,
)
from service.desk.queries.story_filters import StoryFilters, pages_of

PAGE = 100


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """One page of articles, those that were seen last first.

    `rows` have the columns of `articles` and those of their story: `story`, `story_status`,
    `original_uri`, `original_host`, `headline`.
    """

    rows: list[sqlite3.Row]
    total: int
    size: int
    more: bool

    @property
    def at_least(self) -> bool:
        """Whether there may be more than `total`: no more than `MOST_HITS` are counted."""
        return self.total >= MOST_HITS

    @property
    def pages(self) -> int:
        """Number of pages, at least 1."""
        return pages_of(self.total, self.size)


def list_articles(db: sqlite3.Connection, filters: StoryFilters) -> ArticleRows:
    """One page of the articles that meet all filters, whose stories meet them too."""
    stories, articles = on_stories(filters), with_story(filters, on_articles(filters))
    if filters.status or filters.copies or filters.translated or filters.id:
        articles.add(f"EXISTS (SELECT 1 FROM stories s WHERE s.id = p.story AND {stories.where})")  # noqa: S608
        articles.values += stories.values
    return _list(db, articles, filters)


def list_members(db: sqlite3.Connection, story_id: str, filters: StoryFilters) -> ArticleRows:
    """One page of the articles of a story that meet the conditions on articles."""
    articles = on_articles(filters)
    articles.add("p.story = ?", story_id)
    return _list(db, articles, filters)


def _list(db: sqlite3.Connection, found: Conditions, filters: StoryFilters) -> ArticleRows:
    size = filters.limit or PAGE
    total = db.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM places p WHERE {found.where} LIMIT ?)",  # noqa: S608
        (*found.values, MOST_HITS),
    ).fetchone()[0]
    # Where many match, a page is full soon if they are gone through in the order of time.
    source = _FROM_NEWEST if total >= MOST_HITS else _FROM
    rows = db.execute(
        "SELECT a.*, s.id AS story, s.status AS story_status, s.original_uri, s.original_host,"  # noqa: S608
        f" s.headline FROM (SELECT p.number, p.story, p.seen {source} WHERE {found.where}"
        " ORDER BY p.seen DESC, p.number DESC LIMIT ? OFFSET ?) p"
        " JOIN articles a ON a.number = p.number JOIN stories s ON s.id = p.story"
        " ORDER BY p.seen DESC, p.number DESC",
        (*found.values, size + 1, (filters.page - 1) * size),
    ).fetchall()
    return ArticleRows(rows[:size], int(total), size, more=len(rows) > size)


_FROM = "FROM places p"
_FROM_NEWEST = (
    "FROM articles a INDEXED BY articles_by_time CROSS JOIN places p ON p.number = a.number"
)
