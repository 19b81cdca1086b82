"""The backup: one SQLite file with the state of every shard and the places that it belongs to."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path

from service.contract.record import Record, Topic
from service.worker.backup.log_reader import Landmark

FORMAT = "1"

_TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE state (
  place INTEGER PRIMARY KEY AUTOINCREMENT, shard INTEGER NOT NULL, key TEXT NOT NULL,
  value BLOB NOT NULL, UNIQUE (shard, key)
);
CREATE TABLE mark (
  moment TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL,
  timestamp INTEGER NOT NULL, checksum TEXT NOT NULL, PRIMARY KEY (moment, topic, partition)
);
"""


class Moment(StrEnum):
    """When a mark was taken: before the state was read, or after it."""

    BEFORE = "before"
    AFTER = "after"


class NoBackup(RuntimeError):
    """The file is no backup, or one of a later version."""


class BackupFile:
    """An open backup. `write` and `read` open it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def set_facts(self, facts: Mapping[str, str]) -> None:
        """Set facts about the whole backup."""
        self._db.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", facts.items())

    def fact(self, name: str) -> str:
        """Return a fact; empty if it was not set."""
        row = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return "" if row is None else str(row[0])

    def put(self, shard: int, key: str, value: bytes | None) -> None:
        """Apply a record of a shard's changelog, or a tombstone if there is no value."""
        if value is None:
            self._db.execute("DELETE FROM state WHERE shard = ? AND key = ?", (shard, key))
        else:
            row = (shard, key, value)
            self._db.execute(
                "INSERT OR REPLACE INTO state (shard, key, value) VALUES (?, ?, ?)", row
            )

    def put_mark(self, moment: Moment, topic: Topic, partition: int, mark: Landmark) -> None:
        """Keep a mark in a topic."""
        row = (moment.value, topic.value, partition, mark.timestamp, mark.checksum)
        self._db.execute("INSERT INTO mark VALUES (?, ?, ?, ?, ?)", row)

    def marks(self, moment: Moment, topic: Topic) -> dict[int, Landmark]:
        """Return a topic's marks by partition."""
        rows = self._db.execute(
            "SELECT partition, timestamp, checksum FROM mark WHERE moment = ? AND topic = ?",
            (moment.value, topic.value),
        )
        return {partition: Landmark(timestamp, checksum) for partition, timestamp, checksum in rows}

    def records(self, shard: int) -> Iterator[Record]:
        """Yield a shard's records of `fold.state`, in the order in which they were last written."""
        rows = self._db.execute(
            "SELECT key, value FROM state WHERE shard = ? ORDER BY place", (shard,)
        )
        for key, value in rows:
            yield Record(Topic.FOLD_STATE, key.encode(), value, partition=shard)

    def count(self, prefix: str) -> int:
        """Return how many records have a key that begins so."""
        row = self._db.execute(
            "SELECT count(*) FROM state WHERE substr(key, 1, ?) = ?", (len(prefix), prefix)
        ).fetchone()
        return int(row[0])


@contextmanager
def write(path: Path) -> Iterator[BackupFile]:
    """Make a backup that has its name only once it is complete; an earlier one is replaced.

    Raises:
        OSError, sqlite3.Error: the disk cannot be written.
    """
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial)) as db:
            db.executescript(_TABLES)
            file = BackupFile(db)
            file.set_facts({"format": FORMAT})
            yield file
            db.commit()
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def read(path: Path) -> Iterator[BackupFile]:
    """Open a backup to read it.

    Raises:
        NoBackup: it cannot be read.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            file = BackupFile(db)
            if file.fact("format") != FORMAT:
                raise NoBackup(f"{path}: a backup of a later version")
            yield file
    except sqlite3.Error as error:
        raise NoBackup(f"{path}: {error}") from error
