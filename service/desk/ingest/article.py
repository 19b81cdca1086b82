"""Ingest from `articles`: the event's version, the article's row, its full-text entry."""

import sqlite3

import orjson

from service.contract.article_event import ArticleEvent
from service.contract.serde import load
from service.desk.ingest.host_hours import count_page
from service.desk.ingest.host_signs import count_signs
from service.desk.ingest.record import Arrived, utc
from service.desk.queries.search_text import spaced
from service.desk.views.addresses import host_of

CANCELED = "canceled"
PARTIAL = "partial"

_WITHOUT_TEXT = -1
"""The sequence of a row that was made of an event without the article's text: any other replaces
it."""


def ingest_article(db: sqlite3.Connection, record: Arrived) -> tuple[str, ...]:
    """Write one event.

    The event with the highest sequence wins; of events without one, the newest version, and of
    equal versions the one that takes the article down. A takedown removes the text from every
    stored version and from the index. An event that states the article's place in its story again
    leaves the text of its row as it is.

    Raises:
        UndecodableValue: the value is not an article event.
    """
    event = load(ArticleEvent, record.value or b"")
    if not _keep_version(db, record, event):
        return ()
    if event.bodies:
        host = host_of(event.copydesk.page.url)
        count_page(db, host, record.time, "article")
        count_signs(db, host, record.time, event)
    number = _keep_article(db, record, event)
    if number is not None:
        _keep_text(db, number, event)
    _keep_place(db, record, event)
    _keep_closeness(db, event)
    if event.pub_status == CANCELED:
        _delete_text(db, event)
    _insert_provisional_story(db, record, event)
    return event.uri, event.copydesk.story.id


def _keep_version(db: sqlite3.Connection, record: Arrived, event: ArticleEvent) -> bool:
    """Store the event; True if it is new."""
    story = event.copydesk.story
    got = db.execute(
        "INSERT OR IGNORE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.id,
            event.uri,
            _version(event),
            story.id,
            story.relation.value,
            story.authority,
            event.pub_status == CANCELED and not event.bodies,
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
    """Write the article's row, except for its place in its story; return its number, or None if a
    newer version is stored."""
    page, wire, story = event.copydesk.page, event.copydesk.wire, event.copydesk.story
    body = event.bodies[0] if event.bodies else None
    row = db.execute(
        """
        INSERT INTO articles (uri, story_id, event_id, sequence, placed_by, placed, version,
            relation, parent, similarity, agency, language, host, site_name, url, title, published,
            seen, words, canceled, author)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (uri) DO UPDATE SET
            event_id = excluded.event_id, sequence = excluded.sequence,
            version = excluded.version, agency = excluded.agency,
            language = excluded.language, host = excluded.host, site_name = excluded.site_name,
            url = excluded.url, title = excluded.title, published = excluded.published,
            seen = min(seen, excluded.seen), words = excluded.words, canceled = excluded.canceled,
            author = excluded.author
        WHERE (excluded.sequence, excluded.version, excluded.canceled)
            >= (sequence, version, canceled)
        RETURNING number
        """,
        (
            event.uri,
            story.id,
            record.id,
            _WITHOUT_TEXT if is_restated(event) else _sequence(event),
            record.id,
            _sequence(event),
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
            utc(event.content_created or event.first_created or event.version_created),
            record.time,
            body.word_count if body else 0,
            event.pub_status == CANCELED,
            event.by,
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


def _keep_place(db: sqlite3.Connection, record: Arrived, event: ArticleEvent) -> None:
    """Write what an article is in its story, unless a newer event has said it."""
    story = event.copydesk.story
    canceled = event.pub_status == CANCELED
    db.execute(
        """
        UPDATE articles SET story_id = ?, placed_by = ?, placed = ?, relation = ?, parent = ?,
            similarity = ?
        WHERE uri = ? AND (? > placed OR ? = placed AND (?, ?) >= (version, canceled))
        """,
        (
            *(story.id, record.id, _sequence(event), story.relation.value, story.parent),
            story.similarity,
            *(event.uri, _sequence(event), _sequence(event), _version(event), canceled),
        ),
    )


def _keep_text(db: sqlite3.Connection, number: int, event: ArticleEvent) -> None:
    shown = event.pub_status != CANCELED
    body = "\n\n".join(body.value for body in event.bodies) if shown else ""
    db.execute("DELETE FROM article_text WHERE rowid = ?", (number,))
    db.execute(
        "INSERT INTO article_text (rowid, title, body, people) VALUES (?, ?, ?, ?)",
        (number, spaced(_title(event)), spaced(body), spaced(event.by or "")),
    )


def _keep_closeness(db: sqlite3.Connection, event: ArticleEvent) -> None:
    """Write how close an article is to the one it was linked to, if that is its link now."""
    story = event.copydesk.story
    db.execute(
        "UPDATE articles SET closeness = ?"
        " WHERE uri = ? AND story_id = ? AND relation = ? AND parent IS ?",
        (
            story.evidence.jaccard if story.evidence else None,
            event.uri,
            story.id,
            story.relation.value,
            story.parent,
        ),
    )


def _delete_text(db: sqlite3.Connection, takedown: ArticleEvent) -> None:
    rows = db.execute("SELECT event_id, value FROM versions WHERE uri = ?", (takedown.uri,))
    for row in rows.fetchall():
        value = orjson.loads(row["value"])
        is_later = value["copydesk"].get("sequence", 0) > _sequence(takedown)
        if value.get("bodies") and not is_later:
            value["bodies"] = []
            db.execute(
                "UPDATE versions SET value = ? WHERE event_id = ?",
                (orjson.dumps(value), row["event_id"]),
            )


def _insert_provisional_story(db: sqlite3.Connection, record: Arrived, event: ArticleEvent) -> None:
    """Insert a provisional row for a story whose state has not been read yet: the order between
    topics is not defined."""
    page, story = event.copydesk.page, event.copydesk.story
    db.execute(
        "INSERT OR IGNORE INTO stories VALUES"
        " (?, ?, 0, ?, ?, ?, ?, ?, 'first_arrived', NULL, 0, 1, ?, ?, 0, 'active', NULL, 0, '[]')",
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


def is_restated(event: ArticleEvent) -> bool:
    """Return True if an event states the article's place in its story again, and nothing else."""
    return event.representation_type == PARTIAL


def _sequence(event: ArticleEvent) -> int:
    return event.copydesk.sequence or 0


def _version(event: ArticleEvent) -> int:
    return int(event.version) if event.version.isdecimal() and len(event.version) < 10 else 1


def _title(event: ArticleEvent) -> str:
    return event.headlines[0].value if event.headlines else event.copydesk.page.url
