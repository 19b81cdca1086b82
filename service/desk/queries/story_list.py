"""The list of stories: filtered, searched, sorted and paged."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.desk.queries.search_text import match_of
from service.desk.queries.story_filters import COPIED, StoryFilters

PAGE = 30
MOST_COPIED = 6

START, END = "\x02", "\x03"
"""Delimiters around the matched words of a snippet."""

_HITS = 20_000
"""Maximum number of matching articles that a search considers."""


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
    """One page of the list, and whether there is another."""

    rows: list[StoryRow]
    more: bool


def list_stories(db: sqlite3.Connection, filters: StoryFilters) -> StoryPage:
    """One page of the stories that match all filters."""
    where, values = _conditions(filters)
    order = "s.copies DESC, s.last_seen DESC, s.id" if filters.sort == COPIED else _NEWEST
    found = db.execute(
        f"SELECT s.* FROM stories s WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",  # noqa: S608
        (*values, PAGE + 1, (filters.page - 1) * PAGE),
    ).fetchall()
    rows = [_row(story) for story in found[:PAGE]]
    _describe(db, rows)
    match = match_of(filters.q)
    if match is not None:
        for row in rows:
            row.snippet = _snippet(db, row.id, match)
    return StoryPage(rows, more=len(found) > PAGE)


def most_copied(db: sqlite3.Connection) -> list[StoryRow]:
    """The `MOST_COPIED` active stories with the most copies."""
    found = db.execute(
        "SELECT * FROM stories WHERE status = 'active' AND copies > 0"
        " ORDER BY copies DESC, last_seen DESC, id LIMIT ?",
        (MOST_COPIED,),
    ).fetchall()
    return [_row(story) for story in found]


_NEWEST = "s.last_seen DESC, s.id"


def _conditions(filters: StoryFilters) -> tuple[str, list[str | int]]:
    """WHERE clause and its values. One article must meet all the conditions on articles."""
    where, values = ["s.status <> 'merged'"], list[str | int]()
    if filters.agency:
        where.append("s.agency IS NULL" if filters.agency == "none" else "s.agency = ?")
        values += [] if filters.agency == "none" else [filters.agency]
    if filters.copies:
        where.append("s.copies > 0")
    of_article, article_values = _article_conditions(filters)
    if of_article:
        where.append(
            "s.id IN (SELECT m.root"  # noqa: S608 - fixed texts only
            " FROM articles a JOIN stories m ON m.id = a.story_id"
            f" WHERE {' AND '.join(of_article)})"
        )
        values += article_values
    return " AND ".join(where), values


def _article_conditions(filters: StoryFilters) -> tuple[list[str], list[str | int]]:
    where, values = [], list[str | int]()
    for column, value in (
        ("relation", filters.relation),
        ("host", filters.host.lower()),
        ("language", filters.language),
    ):
        if value:
            where.append(f"a.{column} = ?")
            values.append(value)
    if filters.flag:
        where.append("a.number IN (SELECT number FROM article_flags WHERE flag = ?)")
        values.append(filters.flag)
    if filters.q:
        match = match_of(filters.q)
        if match is None:
            where.append("0")
        else:
            where.append(
                "a.number IN (SELECT rowid FROM article_text WHERE article_text MATCH ? LIMIT ?)"
            )
            values += [match, _HITS]
    return where, values


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
    found = db.execute(
        "SELECT snippet(article_text, 1, ?, ?, '…', 24) FROM article_text"
        " WHERE article_text MATCH ? AND rowid IN (SELECT a.number FROM articles a"
        " JOIN stories m ON m.id = a.story_id WHERE m.root = ?) ORDER BY rank LIMIT 1",
        (START, END, match, story_id),
    ).fetchone()
    return found[0] if found else None


def _row(story: sqlite3.Row) -> StoryRow:
    return StoryRow(
        id=story["id"],
        headline=story["headline"],
        agency=story["agency"],
        language=story["language"],
        original_host=story["original_host"],
        original_why=story["original_why"],
        copies=story["copies"],
        host_count=story["host_count"],
        first_seen=story["first_seen"],
        last_seen=story["last_seen"],
        status=story["status"],
        revision=story["revision"],
    )
