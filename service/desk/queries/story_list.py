"""The list of stories: filtered, searched, sorted and paged."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.desk.queries.search_text import match_of
from service.desk.queries.story_conditions import (
    MOST_HITS,
    on_articles,
    on_stories,
    with_story,
    words_of,
)
from service.desk.queries.story_filters import COPIED, StoryFilters, pages_of
from service.desk.queries.translations import languages_beside

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
        languages: of its articles, that of the story first.
        translated: languages of the stories that are translations of it.
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
    translated: tuple[str, ...] = ()
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
    found = story_conditions(db, filters)
    size, begin = filters.limit or PAGE, ((filters.page - 1) * (filters.limit or PAGE))
    order = f"copies DESC, {_NEWEST}" if filters.sort == COPIED else _NEWEST
    if found.is_whole:
        # All are counted: the conditions are looked at once for the page and its total.
        ids = db.execute(
            "WITH found AS MATERIALIZED (SELECT s.id, s.last_seen, s.copies"  # noqa: S608 - fixed texts
            f" FROM {found.source} WHERE {found.where})"
            " SELECT id, (SELECT count(*) FROM found) FROM found"
            f" ORDER BY {order} LIMIT ? OFFSET ?",
            (*found.values, size + 1, begin),
        ).fetchall()
        total = ids[0][1] if ids else 0
        if not ids and begin:
            total = _count(db, found, -1)
    else:
        ids = db.execute(
            f"SELECT s.id FROM {found.source} WHERE {found.where}"  # noqa: S608
            f" ORDER BY {order} LIMIT ? OFFSET ?",
            (*found.values, size + 1, begin),
        ).fetchall()
        total = _count(db, found, MOST_COUNTED if found.is_many else -1)
    rows = [
        _row(db.execute("SELECT * FROM stories WHERE id = ?", (each[0],)).fetchone())
        for each in ids[:size]
    ]
    _describe(db, rows)
    match = match_of(filters.q)
    if match is not None:
        for row in rows:
            row.snippet = _snippet(db, row.id, match)
    return StoryPage(
        rows,
        more=len(ids) > size,
        total=total,
        at_least=(found.is_many and total == MOST_COUNTED)
        or any(_hits_exceed(db, words) for words in words_of(filters)),
        size=size,
    )


def _count(db: sqlite3.Connection, found: "Found", limit: int) -> int:
    return int(
        db.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {found.source} WHERE {found.where} LIMIT ?)",  # noqa: S608
            (*found.values, limit),
        ).fetchone()[0]
    )


def most_copied(db: sqlite3.Connection) -> list[StoryRow]:
    """The `MOST_COPIED` active stories with the most copies."""
    found = db.execute(
        "SELECT * FROM stories WHERE status = 'active' AND copies > 0"
        " ORDER BY copies DESC, last_seen DESC, id LIMIT ?",
        (MOST_COPIED,),
    ).fetchall()
    return [_row(story) for story in found]


_NEWEST = "last_seen DESC, id"


@dataclass(frozen=True, slots=True)
class Found:
    """SQL that finds stories `s`: what follows FROM and WHERE, and the values of its placeholders.

    Attributes:
        is_many: many articles meet the conditions on articles.
        is_whole: few do, so that all stories are found at once; else they are gone through in the
            order of the list until a page is full.
    """

    source: str
    where: str
    values: list[str | int]
    is_many: bool = False
    is_whole: bool = False


def story_conditions(db: sqlite3.Connection, filters: StoryFilters) -> Found:
    """How to find the stories that meet all filters.

    Few articles are looked up first, and their stories after them; where there are many, the
    stories are gone through until a page is full.
    """
    stories, articles = on_stories(filters), on_articles(filters)
    if not articles.texts:
        return Found("stories s", stories.where, stories.values)
    wanted = with_story(filters, articles)
    hits = 0
    if not words_of(filters):
        hits = db.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM places p WHERE {wanted.where} LIMIT ?)",  # noqa: S608
            (*wanted.values, MOST_HITS),
        ).fetchone()[0]
    if hits >= MOST_HITS:
        return Found(
            "stories s",
            f"{stories.where} AND EXISTS (SELECT 1 FROM places p INDEXED BY places_by_story"  # noqa: S608
            f" WHERE p.story = s.id AND {articles.where})",
            [*stories.values, *articles.values],
            is_many=True,
        )
    return Found(
        f"(SELECT DISTINCT p.story FROM places p WHERE {wanted.where}) f"  # noqa: S608
        " CROSS JOIN stories s ON s.id = f.story",
        stories.where,
        [*wanted.values, *stories.values],
        is_whole=True,
    )


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
        "SELECT story, seen, place, language FROM places"  # noqa: S608 - placeholders only
        f" WHERE story IN ({placeholders}) ORDER BY seen",
        [row.id for row in rows],
    ).fetchall()
    by_story: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for article in found:
        by_story[article["story"]].append(article)
    translated = languages_beside(db, [row.id for row in rows])
    for row in rows:
        articles = by_story[row.id]
        row.translated = translated.get(row.id, ())
        row.times = [article["seen"] for article in articles]
        relations = Counter(article["place"] for article in articles)
        del relations["original"]
        row.relations = relations.most_common()
        others = {article["language"] for article in articles} - {row.language}
        row.languages = (row.language, *sorted(others))


def _snippet(db: sqlite3.Connection, story_id: str, match: str) -> str | None:
    # Article by article: ranked, the index would be read for all stories. The first seen is shown.
    found = db.execute(
        "SELECT number FROM places WHERE story = ? ORDER BY seen, number LIMIT ?",
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
