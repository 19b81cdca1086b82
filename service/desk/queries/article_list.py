"""The articles that match the filters of the story list, or all articles of a story."""

import sqlite3
from dataclasses import dataclass

from service.desk.queries.story_conditions import MOST_HITS, on_articles, on_stories
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
    stories, articles = on_stories(filters), on_articles(filters)
    return _list(
        db, f"{stories.where} AND {articles.where}", [*stories.values, *articles.values], filters
    )


def list_members(db: sqlite3.Connection, story_id: str, filters: StoryFilters) -> ArticleRows:
    """One page of the articles of a story that meet the conditions on articles."""
    articles = on_articles(filters)
    return _list(db, f"s.id = ? AND {articles.where}", [story_id, *articles.values], filters)


def _list(
    db: sqlite3.Connection, where: str, values: list[str | int], filters: StoryFilters
) -> ArticleRows:
    size = filters.limit or PAGE
    total = db.execute(
        f"SELECT count(*) FROM (SELECT 1 {_FROM} WHERE {where} LIMIT ?)",  # noqa: S608 - fixed texts
        (*values, MOST_HITS),
    ).fetchone()[0]
    # Where many match, a page is full soon if they are gone through in the order of time.
    source = _FROM_NEWEST if total >= MOST_HITS else _FROM
    rows = db.execute(
        "SELECT a.*, s.id AS story, s.status AS story_status, s.original_uri, s.original_host,"
        f" s.headline {source} WHERE {where} ORDER BY a.seen DESC, a.number DESC LIMIT ? OFFSET ?",
        (*values, size + 1, (filters.page - 1) * size),
    ).fetchall()
    return ArticleRows(rows[:size], int(total), size, more=len(rows) > size)


_FROM = "FROM articles a JOIN stories m ON m.id = a.story_id JOIN stories s ON s.id = m.root"
_FROM_NEWEST = (
    "FROM articles a INDEXED BY articles_by_time CROSS JOIN stories m ON m.id = a.story_id"
    " CROSS JOIN stories s ON s.id = m.root"
)
