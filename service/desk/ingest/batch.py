"""Ingest: writes a batch of records to the read model, with the offsets to continue from."""

import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from service.contract.record import Topic
from service.contract.serde import UndecodableValue
from service.desk.ingest.article import ingest_article
from service.desk.ingest.places import place_articles
from service.desk.ingest.record import Arrived
from service.desk.ingest.retention import forget_oldest
from service.desk.ingest.story import ingest_story
from service.desk.ingest.translations import ingest_translations, says_translations
from service.desk.ingest.without_event import ingest_failed, ingest_rejected

log = logging.getLogger(__name__)

Ingest = Callable[[sqlite3.Connection, Arrived], tuple[str, ...]]
"""Writes one record; returns the ids of the stories, articles or lists that it changed."""


def _ingest_of_story(db: sqlite3.Connection, record: Arrived) -> tuple[str, ...]:
    """Write a record on `stories`: the state of a story, or its translations."""
    write = ingest_translations if says_translations(record) else ingest_story
    return write(db, record)


INGEST: Mapping[Topic, Ingest] = {
    Topic.ARTICLES: ingest_article,
    Topic.STORIES: _ingest_of_story,
    Topic.REJECTED: ingest_rejected,
    Topic.FAILED: ingest_failed,
}
"""The topics that the desk reads, each with the function that writes its records."""


_UNFIT = (UndecodableValue, ValueError, OverflowError, sqlite3.DataError, sqlite3.InterfaceError)
"""Errors that an invalid record can raise; errors of the database file are other types."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a batch changed: the number of the resulting state, and the ids affected."""

    number: int
    ids: frozenset[str] = frozenset()


def ingest_batch(db: sqlite3.Connection, records: Sequence[Arrived], keep: int) -> Change:
    """Write records and positions; a record that was written before changes nothing.

    An invalid record is logged and skipped: other programs may write to these topics too.

    Args:
        keep: maximum number of articles; stories without news for longest are deleted first.
    """
    ids: set[str] = set()
    for record in records:
        db.execute("SAVEPOINT record")
        try:
            ids.update(INGEST[record.topic](db, record))
        except _UNFIT as error:
            db.execute("ROLLBACK TO record")
            log.warning(
                "%s/%d/%d cannot be read: %s",
                record.topic.value,
                record.partition,
                record.offset,
                error,
            )
        db.execute("RELEASE record")
        db.execute(
            "INSERT OR REPLACE INTO positions VALUES (?, ?, ?)",
            (record.topic.value, record.partition, record.offset + 1),
        )
    place_articles(db, ids)
    forget_oldest(db, keep)
    return Change(_next_number(db), frozenset(ids))


def change_number(db: sqlite3.Connection) -> int:
    """Number of the file's present state; each batch adds one."""
    row = db.execute("SELECT value FROM meta WHERE name = 'changes'").fetchone()
    return int(row[0]) if row else 0


def positions(db: sqlite3.Connection) -> dict[tuple[str, int], int]:
    """The next offset to read, by topic (its name without prefix) and partition."""
    rows = db.execute("SELECT topic, partition, next FROM positions")
    return {(row["topic"], row["partition"]): row["next"] for row in rows}


def _next_number(db: sqlite3.Connection) -> int:
    db.execute(
        "INSERT INTO meta VALUES ('changes', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"
    )
    return change_number(db)
