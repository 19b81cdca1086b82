"""An event from `articles` into the read model: its version, the article's row, its text."""

import sqlite3

import orjson

from service.desk.addresses import host_of
from service.desk.arrived import Arrived, utc
from service.desk.host_hours import count_page
from service.desk.search_text import spaced
from service.events.article_event import ArticleEvent
from service.events.serde import load

CANCELED = "canceled"


def enter_article(db: sqlite3.Connection, record: Arrived) -> tuple[str, ...]:
    """Write one event.

    The newest version stands; of equal versions the one that takes the article down. With a
    takedown the text leaves every version that is kept, and the index.

    Raises:
        UndecodableValue: the value is no article event.
    """
    event = load(ArticleEvent, record.value or b"")
    if not _keep_version(db, record, event):
        return ()
    if event.bodies:
        count_page(db, host_of(event.copydesk.page.url), record.time, "article")
    number = _keep_article(db, record, event)
    if number is not None:
        _keep_text(db, number, event)
    if event.pub_status == CANCELED:
        _take_text_out(db, event.uri)
    _foretell_story(db, record, event)
    return event.uri, event.copydesk.story.id


def _keep_version(db: sqlite3.Connection, record: Arrived, event: ArticleEvent) -> bool:
    """Whether it is new."""
    story = event.copydesk.story
    got = db.execute(
        "INSERT OR IGNORE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.id,
            event.uri,
            _version(event),
            story.id,
            story.relation.value,
            record.header("ce_type") or "",
            record.time,
            record.partition,
            record.offset,
            record.header("traceparent"),
            record.value,
        ),
    )
    return got.rowcount == 1


def _keep_article(db: sqlite3.Connection, record: Arrived, event: ArticleEvent) -> int | None:
    """Number of the article's row, None where a newer version stands there already."""
    page, wire, story = event.copydesk.page, event.copydesk.wire, event.copydesk.story
    body = event.bodies[0] if event.bodies else None
    row = db.execute(
        """
        INSERT INTO articles (uri, story_id, event_id, version, relation, parent, similarity,
            agency, language, host, site_name, url, title, published, seen, words, canceled)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (uri) DO UPDATE SET
            story_id = excluded.story_id, event_id = excluded.event_id,
            version = excluded.version, relation = excluded.relation, parent = excluded.parent,
            similarity = excluded.similarity, agency = excluded.agency,
            language = excluded.language, host = excluded.host, site_name = excluded.site_name,
            url = excluded.url, title = excluded.title, published = excluded.published,
            seen = min(seen, excluded.seen), words = excluded.words, canceled = excluded.canceled
        WHERE (excluded.version, excluded.canceled) >= (version, canceled)
        RETURNING number
        """,
        (
            event.uri,
            story.id,
            record.id,
            _version(event),
            story.relation.value,
            story.parent,
            story.similarity,
            wire.agency,
            event.language,
            page.host,
            page.site_name,
            page.url,
            _title(event),
            utc(event.content_created or event.first_created),
            record.time,
            body.word_count if body else 0,
            event.pub_status == CANCELED,
        ),
    ).fetchone()
    if row is None:
        return None
    number = int(row["number"])
    db.execute("DELETE FROM article_flags WHERE number = ?", (number,))
    db.executemany(
        "INSERT OR IGNORE INTO article_flags VALUES (?, ?)",
        [(flag.name, number) for flag in event.copydesk.quality.flags],
    )
    return number


def _keep_text(db: sqlite3.Connection, number: int, event: ArticleEvent) -> None:
    shown = event.pub_status != CANCELED
    body = "\n\n".join(body.value for body in event.bodies) if shown else ""
    db.execute("DELETE FROM article_text WHERE rowid = ?", (number,))
    db.execute(
        "INSERT INTO article_text (rowid, title, body) VALUES (?, ?, ?)",
        (number, spaced(_title(event)), spaced(body)),
    )


def _take_text_out(db: sqlite3.Connection, uri: str) -> None:
    for row in db.execute("SELECT event_id, value FROM versions WHERE uri = ?", (uri,)).fetchall():
        value = orjson.loads(row["value"])
        if value.get("bodies"):
            value["bodies"] = []
            db.execute(
                "UPDATE versions SET value = ? WHERE event_id = ?",
                (orjson.dumps(value), row["event_id"]),
            )


def _foretell_story(db: sqlite3.Connection, record: Arrived, event: ArticleEvent) -> None:
    """A row for a story whose state has not been read yet: the topics are read side by side."""
    page, story = event.copydesk.page, event.copydesk.story
    db.execute(
        "INSERT OR IGNORE INTO stories VALUES"
        " (?, ?, 0, ?, ?, ?, ?, ?, 'earliest_seen', 0, 1, ?, ?, 0, 'active', NULL)",
        (
            story.id,
            story.id,
            event.language,
            event.copydesk.wire.agency,
            _title(event),
            event.uri,
            page.host,
            record.time,
            record.time,
        ),
    )


def _version(event: ArticleEvent) -> int:
    return int(event.version) if event.version.isdecimal() and len(event.version) < 10 else 1


def _title(event: ArticleEvent) -> str:
    return event.headlines[0].value if event.headlines else event.copydesk.page.url
