"""Folding on a checkpoint that is closed and opened again, and what it leaves on the disk."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold_batch
from service.fold.state.window import WindowLimits
from service.worker.checkpoint.checkpoint import Checkpoint, Position
from tests.goldens.digests import Digest

TOPIC = "fold.state"
SMALL = {
    "service.fold.candidates.index._MEMTABLE_ARTICLES": 32,
    "service.worker.checkpoint.segment_files._SMALLEST": 1,
}
"""Constants that decide when a segment is sealed and gets a file: small here, so that a few hundred
articles leave some."""


@contextmanager
def small_segments() -> Iterator[None]:
    """Seal segments early, and write every one to a file."""
    memtable, smallest = (patch(name, value) for name, value in SMALL.items())
    with memtable, smallest:
        yield


def fold_with_restarts(
    messages: Sequence[InputMessage],
    batches: Sequence[range],
    window: WindowLimits,
    folder: Path,
    restarts: int = 2,
) -> Iterator[tuple[list[list[Record]], Path | None]]:
    """Fold batches and commit each to a checkpoint, as a worker does.

    Yields:
        The records of the messages of a batch; and the directory of the checkpoint where it was
        closed after this batch: `restarts` times on the way, and at the end.
    """
    ends = {len(batches) * part // (restarts + 1) for part in range(1, restarts + 2)}
    offset = 0
    checkpoint, shard = open_shard(folder, window)
    for done, batch in enumerate(batches, start=1):
        made = list(fold_batch([messages[number] for number in batch], shard, 0))
        state = [each for records in made for each in records if each.topic is Topic.FOLD_STATE]
        offset += len(state)
        position = _position(state[-1], offset) if state else checkpoint.position
        checkpoint.commit(position, shard.clock, shard.segments)
        if done in ends:
            checkpoint.close()
        yield made, checkpoint.path if done in ends else None
        if done in ends and done < len(batches):
            checkpoint, shard = open_shard(folder, window)


def open_shard(folder: Path, window: WindowLimits) -> tuple[Checkpoint, Shard]:
    """Open the checkpoint in a state directory, or begin one, and the shard on it."""
    checkpoint = Checkpoint(folder, 0, TOPIC)
    shard = Shard(window, checkpoint.store)
    shard.open(checkpoint.clock, checkpoint.segments())
    return checkpoint, shard


def _position(record: Record, offset: int) -> Position:
    checksum = hashlib.sha256(record.value or b"").hexdigest()[:16]
    return Position(offset + 1, offset, (record.key or b"").decode(), checksum, 1_000 * offset)


def add_rows(digest: Digest, path: Path) -> None:
    """Add every table of a SQLite file: its definition, and its rows by primary key."""
    with closing(sqlite3.connect(path)) as database:
        for name, definition in _tables(database):
            digest.add(f"{name} {definition}")
            if definition.startswith("CREATE TABLE"):
                for row in database.execute(f"SELECT * FROM {name} ORDER BY 1"):
                    digest.add(repr(row))


def _tables(database: sqlite3.Connection) -> Iterable[tuple[str, str]]:
    found = database.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name")
    return found.fetchall()


def add_files(digest: Digest, folder: Path) -> int:
    """Add names and bytes of the segment files; returns how many there are."""
    files = sorted(folder.glob("*.u64"))
    for file in files:
        digest.add(file.name)
        digest.add(file.read_bytes())
    return len(files)
