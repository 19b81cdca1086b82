"""A batch of records into the read model, with the positions that they leave the desk at."""

import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from service.desk.arrived import Arrived
from service.desk.enter_article import enter_article
from service.desk.enter_story import enter_story
from service.desk.enter_turned_away import enter_failed, enter_rejected
from service.desk.forget import forget_oldest
from service.events.serde import UndecodableValue
from service.events.topics import Topic

log = logging.getLogger(__name__)

Enter = Callable[[sqlite3.Connection, Arrived], tuple[str, ...]]
"""Writes what a record says; gives the ids of stories, articles or lists that it changed."""

ENTER: Mapping[Topic, Enter] = {
    Topic.ARTICLES: enter_article,
    Topic.STORIES: enter_story,
    Topic.REJECTED: enter_rejected,
    Topic.FAILED: enter_failed,
}
"""The topics that the desk reads."""


_UNFIT = (UndecodableValue, ValueError, OverflowError, sqlite3.DataError, sqlite3.InterfaceError)
"""What a record can raise that is not as it should be; faults of the file are others."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a batch changed: the running number of the state it led to, and the ids concerned."""

    number: int
    ids: frozenset[str] = frozenset()


def enter_batch(db: sqlite3.Connection, records: Sequence[Arrived], keep: int) -> Change:
    """Write records and positions; a record met before changes nothing.

    A record that is not what its topic promises is logged and left out: others may write there too.

    Args:
        keep: articles to keep at most; the stories that were quiet the longest go first.
    """
    ids: set[str] = set()
    for record in records:
        db.execute("SAVEPOINT record")
        try:
            ids.update(ENTER[record.topic](db, record))
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
    forget_oldest(db, keep)
    return Change(_next_number(db), frozenset(ids))


def change_number(db: sqlite3.Connection) -> int:
    """The running number of the state that the file is in."""
    row = db.execute("SELECT value FROM meta WHERE name = 'changes'").fetchone()
    return int(row[0]) if row else 0


def positions(db: sqlite3.Connection) -> dict[tuple[str, int], int]:
    """Where to read on, by topic (as in the pipeline) and partition."""
    rows = db.execute("SELECT topic, partition, next FROM positions")
    return {(row["topic"], row["partition"]): row["next"] for row in rows}


def _next_number(db: sqlite3.Connection) -> int:
    db.execute(
        "INSERT INTO meta VALUES ('changes', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"
    )
    return change_number(db)
