"""The list of stories: filtered, searched, sorted and paged."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.desk.queries.search_text import match_of
from service.desk.queries.story_conditions import MOST_HITS, Conditions, on_articles, on_stories
from service.desk.queries.story_filters import COPIED, StoryFilters, pages_of

PAGE = 30
MOST_COPIED = 6

MOST_COUNTED = 5_000
"""Where many articles match, stories are counted up to this number."""

_LOOKED_AT = 200
"""Articles of a story among which a snippet is looked for."""

START, END = "\x02", "\x03"
"""Delimiters around the matched words of a snippet."""


@dataclass(slots=True)
class StoryRow:
    """A story as a list shows it.

    Attributes:
        relations: number of articles by relation, most frequent first, without the original.
        times: when its articles were seen, ascending.
        snippet: from an article that matches the search.
    """

    id: str
    headline: str
    agency: str | None
    language: str
    original_uri: str
    original_host: str
    original_why: str
    copies: int
    host_count: int
    first_seen: str | None
    last_seen: str | None
    status: str
    revision: int
    languages: tuple[str, ...] = ()
    relations: list[tuple[str, int]] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    snippet: str | None = None


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One page of the list.

    Attributes:
        more: whether there is another page.
        total: number of stories on all pages.
        at_least: whether there may be more than `total`: more articles match than a search
            considers (`MOST_HITS`), or so many stories that not all are counted.
        size: most stories on a page.
    """

    rows: list[StoryRow]
    more: bool
    total: int
    at_least: bool = False
    size: int = PAGE

    @property
    def pages(self) -> int:
        """Number of pages, at least 1."""
        return pages_of(self.total, self.size)


def list_stories(db: sqlite3.Connection, filters: StoryFilters) -> StoryPage:
    """One page of the stories that match all filters."""
    found, many = story_conditions(db, filters)
    size = filters.limit or PAGE
    order = "s.copies DESC, s.last_seen DESC, s.id" if filters.sort == COPIED else _NEWEST
    stories = db.execute(
        f"SELECT s.* FROM stories s WHERE {found.where} ORDER BY {order} LIMIT ? OFFSET ?",  # noqa: S608
        (*found.values, size + 1, (filters.page - 1) * size),
    ).fetchall()
    total = db.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM stories s WHERE {found.where} LIMIT ?)",  # noqa: S608
        (*found.values, MOST_COUNTED if many else -1),
    ).fetchone()[0]
    rows = [_row(story) for story in stories[:size]]
    _describe(db, rows)
    match = match_of(filters.q)
    if match is not None:
        for row in rows:
            row.snippet = _snippet(db, row.id, match)
    return StoryPage(
        rows,
        more=len(stories) > size,
        total=total,
        at_least=(many and total == MOST_COUNTED)
        or (match is not None and _hits_exceed(db, match)),
        size=size,
    )


def most_copied(db: sqlite3.Connection) -> list[StoryRow]:
    """The `MOST_COPIED` active stories with the most copies."""
    found = db.execute(
        "SELECT * FROM stories WHERE status = 'active' AND copies > 0"
        " ORDER BY copies DESC, last_seen DESC, id LIMIT ?",
        (MOST_COPIED,),
    ).fetchall()
    return [_row(story) for story in found]


_NEWEST = "s.last_seen DESC, s.id"


def story_conditions(db: sqlite3.Connection, filters: StoryFilters) -> tuple[Conditions, bool]:
    """Conditions on `stories s` of all filters, and whether many articles meet those on articles.

    Few articles are looked up first, and their stories after them; where there are many, the
    stories are gone through until a page is full.
    """
    found, articles = on_stories(filters), on_articles(filters)
    if not articles.texts:
        return found, False
    hits = db.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM articles a WHERE {articles.where} LIMIT ?)",  # noqa: S608
        (*articles.values, MOST_HITS),
    ).fetchone()[0]
    many = hits >= MOST_HITS and not filters.q
    if many:
        # CROSS JOIN keeps the order: from a story to its articles, not through all of a filter's.
        found.add(
            "EXISTS (SELECT 1 FROM stories m CROSS JOIN articles a ON a.story_id = m.id"  # noqa: S608
            f" WHERE m.root = s.id AND {articles.where})",
            *articles.values,
        )
    else:
        found.add(
            "s.id IN (SELECT m.root FROM articles a JOIN stories m ON m.id = a.story_id"  # noqa: S608
            f" WHERE {articles.where})",
            *articles.values,
        )
    return found, many


def _hits_exceed(db: sqlite3.Connection, match: str) -> bool:
    hits = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM article_text WHERE article_text MATCH ? LIMIT ?)",
        (match, MOST_HITS + 1),
    ).fetchone()[0]
    return int(hits) > MOST_HITS


def _describe(db: sqlite3.Connection, rows: Sequence[StoryRow]) -> None:
    """Fill in the columns that come from the stories' articles."""
    placeholders = ",".join("?" * len(rows))
    found = db.execute(
        "SELECT m.root, a.seen, a.relation, a.language"  # noqa: S608 - placeholders only
        f" FROM articles a JOIN stories m ON m.id = a.story_id WHERE m.root IN ({placeholders})"
        " ORDER BY a.seen",
        [row.id for row in rows],
    ).fetchall()
    by_story: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for article in found:
        by_story[article["root"]].append(article)
    for row in rows:
        articles = by_story[row.id]
        row.times = [article["seen"] for article in articles]
        relations = Counter(article["relation"] for article in articles)
        del relations["original"]
        row.relations = relations.most_common()
        others = {article["language"] for article in articles} - {row.language}
        row.languages = (row.language, *sorted(others))


def _snippet(db: sqlite3.Connection, story_id: str, match: str) -> str | None:
    # Article by article: ranked, the index would be read for all stories. The first seen is shown.
    found = db.execute(
        "SELECT a.number FROM articles a JOIN stories m ON m.id = a.story_id WHERE m.root = ?"
        " ORDER BY a.seen, a.number LIMIT ?",
        (story_id, _LOOKED_AT),
    )
    for (number,) in found.fetchall():
        snippet = db.execute(
            "SELECT snippet(article_text, 1, ?, ?, '…', 24) FROM article_text"
            " WHERE article_text MATCH ? AND rowid = ?",
            (START, END, match, number),
        ).fetchone()
        if snippet is not None:
            return str(snippet[0])
    return None


def _row(story: sqlite3.Row) -> StoryRow:
    return StoryRow(
        id=story["id"],
        headline=story["headline"],
        agency=story["agency"],
        language=story["language"],
        original_uri=story["original_uri"],
        original_host=story["original_host"],
        original_why=story["original_why"],
        copies=story["copies"],
        host_count=story["host_count"],
        first_seen=story["first_seen"],
        last_seen=story["last_seen"],
        status=story["status"],
        revision=story["revision"],
    )
