"""One story: its state, the stories merged into it, its articles, its history."""

import sqlite3
from dataclasses import dataclass

from service.desk.enter_article import CANCELED
from service.events.article_event import ArticleEvent
from service.events.serde import load

COPIES_A_PAGE = 12
TAKES_SHOWN = 200
TEXTS_COMPARED = 4
"""Versions of an original that a copy may have been made from."""

MARKS_SHOWN = 2000
"""Articles on a story's time line."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story: its row, and the event that the row was made from."""

    row: sqlite3.Row
    event: ArticleEvent


@dataclass(frozen=True, slots=True)
class Story:
    """What a story's page shows.

    Attributes:
        merged: stories whose articles it took.
        original: None where its article is not in the read model (any more).
        texts: (version, text) of the original, newest first; none of what was taken down.
        copies: the other articles, in the order they were seen; one page of them.
        marks: uri, time and relation of all articles (the first `MARKS_SHOWN`).
        takes: versions that began or changed the text: rows of `versions`.
        changes: rows of `story_changes`.
    """

    row: sqlite3.Row
    merged: list[sqlite3.Row]
    original: Member | None
    texts: list[tuple[int, str]]
    copies: list[Member]
    more: bool
    marks: list[sqlite3.Row]
    relations: list[tuple[str, int]]
    takes: list[sqlite3.Row]
    changes: list[sqlite3.Row]


def text_of(event: ArticleEvent) -> str | None:
    """The text of an event; None where it has none, or it was taken down."""
    if event.pub_status == CANCELED:
        return None
    return "\n\n".join(body.value for body in event.bodies) or None


def root_of(db: sqlite3.Connection, story_id: str) -> str | None:
    """The story that holds this one's articles now; None where neither is known."""
    row = db.execute("SELECT root FROM stories WHERE id = ?", (story_id,)).fetchone()
    return row["root"] if row else None


def load_story(db: sqlite3.Connection, story_id: str, page: int) -> Story | None:
    """One story with a page of its copies; None where it is not known."""
    row = db.execute("SELECT * FROM stories WHERE id = ?", (story_id,)).fetchone()
    if row is None:
        return None
    merged = db.execute(
        "SELECT * FROM stories WHERE root = ? AND id <> ? ORDER BY first_seen", (story_id, story_id)
    ).fetchall()
    original = load_member(db, row["original_uri"])
    copies = db.execute(
        f"SELECT a.uri FROM {_ARTICLES} AND a.uri <> ? ORDER BY a.seen, a.number"  # noqa: S608
        " LIMIT ? OFFSET ?",
        (story_id, row["original_uri"], COPIES_A_PAGE + 1, (page - 1) * COPIES_A_PAGE),
    ).fetchall()
    members = [load_member(db, uri) for (uri,) in copies[:COPIES_A_PAGE]]
    return Story(
        row=row,
        merged=merged,
        original=original,
        texts=_texts(db, row["original_uri"]),
        copies=[member for member in members if member is not None],
        more=len(copies) > COPIES_A_PAGE,
        marks=db.execute(
            f"SELECT a.uri, a.seen, a.relation, a.host, a.title FROM {_ARTICLES}"  # noqa: S608
            " ORDER BY a.seen, a.number LIMIT ?",
            (story_id, MARKS_SHOWN),
        ).fetchall(),
        relations=[
            (found["relation"], found["articles"])
            for found in db.execute(
                f"SELECT a.relation, count(*) AS articles FROM {_ARTICLES}"  # noqa: S608
                " GROUP BY a.relation ORDER BY articles DESC, a.relation",
                (story_id,),
            )
        ],
        takes=db.execute(
            "SELECT v.event_id, v.uri, v.version, v.relation, v.type, v.time, a.host,"
            " json_extract(CAST(v.value AS TEXT), '$.headlines[0].value') AS title"
            " FROM versions v JOIN articles a ON a.uri = v.uri"
            " JOIN stories m ON m.id = v.story_id"
            " WHERE m.root = ? AND (v.version > 1 OR v.relation IN"
            " ('original', 'update', 'correction', 'withdrawal')) ORDER BY v.time, v.version"
            " LIMIT ?",
            (story_id, TAKES_SHOWN),
        ).fetchall(),
        changes=db.execute(
            "SELECT c.* FROM story_changes c JOIN stories m ON m.id = c.story_id"
            " WHERE m.root = ? ORDER BY c.time LIMIT ?",
            (story_id, TAKES_SHOWN),
        ).fetchall(),
    )


def load_member(db: sqlite3.Connection, uri: str) -> Member | None:
    """The newest version of an article, with its event."""
    row = db.execute(
        "SELECT a.*, m.root, s.status AS story_status, v.value FROM articles a"
        " JOIN versions v ON v.event_id = a.event_id"
        " JOIN stories m ON m.id = a.story_id LEFT JOIN stories s ON s.id = m.root"
        " WHERE a.uri = ?",
        (uri,),
    ).fetchone()
    return Member(row, load(ArticleEvent, row["value"])) if row else None


def _texts(db: sqlite3.Connection, uri: str) -> list[tuple[int, str]]:
    found = db.execute(
        "SELECT version, value FROM versions WHERE uri = ? ORDER BY version DESC LIMIT ?",
        (uri, TEXTS_COMPARED),
    ).fetchall()
    events = [(version, load(ArticleEvent, value)) for version, value in found]
    return [(version, text) for version, event in events if (text := text_of(event))]


_ARTICLES = "articles a JOIN stories m ON m.id = a.story_id WHERE m.root = ?"
