"""One article: its newest version, and all stored versions."""

import sqlite3
from dataclasses import dataclass

from service.desk.queries.story import Member, load_member


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What an article's page shows: the newest version, all of them, and the story it is in.

    `parent` is the row of the article that it was linked to; None if that is not stored.
    """

    member: Member
    versions: list[sqlite3.Row]
    story: sqlite3.Row
    parent: sqlite3.Row | None


def load_article(db: sqlite3.Connection, uri: str) -> ArticlePage | None:
    """An article by its uri; None if it is not stored."""
    member = load_member(db, uri)
    if member is None:
        return None
    return ArticlePage(
        member=member,
        versions=db.execute(
            "SELECT event_id, version, relation, type, time, partition, position, trace"
            " FROM versions WHERE uri = ? ORDER BY version, time",
            (uri,),
        ).fetchall(),
        story=db.execute(
            "SELECT * FROM stories WHERE id = ?", (member.row["story_id"],)
        ).fetchone(),
        parent=db.execute(
            "SELECT uri, host, title FROM articles WHERE uri = ?", (member.row["parent"],)
        ).fetchone(),
    )
