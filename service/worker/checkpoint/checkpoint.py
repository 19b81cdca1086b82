"""A shard's checkpoint: a directory on the worker's disk, so that a restart need not read the whole
log.

It is written only after the log is committed, so it is never ahead of it. It records its position
in `fold.state`; after opening it, the log is read from there. A checkpoint that cannot be trusted
is deleted: the log is the source of truth, the checkpoint only saves time.
"""

import fcntl
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import orjson

from service.contract.extracted import SIGNATURE_VERSION
from service.contract.fold_state import STATE_VERSION
from service.fold.candidates.segment import Segment
from service.fold.state.row_format import EARLIER_ROWS, ROWS_VERSION
from service.fold.state.row_integrity import StoreDamaged, StoreFailed, store_error
from service.fold.state.row_store import RowStore
from service.worker.checkpoint.segment_files import delete_segments, load_segments, save_segments

FORMAT = f"1.{ROWS_VERSION}.{SIGNATURE_VERSION}.{STATE_VERSION}"
"""Version of the files, rows, signatures and records. Checkpoints of other versions are not read,
but for those of `READABLE`.
"""

READABLE = tuple(f"1.{rows}.{SIGNATURE_VERSION}.{STATE_VERSION}" for rows in EARLIER_ROWS)
"""Earlier versions that this one reads. With the first commit the checkpoint is of this one."""

_NAMES = ("", ".b", ".c", ".d")
"""Suffixes of the directory's name: if two writers of one shard share a disk for a moment, the
second uses a directory of its own."""

_DATABASE = "shard.sqlite"


@dataclass(frozen=True, slots=True)
class Position:
    """A checkpoint's position in `fold.state`.

    Attributes:
        next_offset: offset of the first record that the checkpoint does not include.
        offset, key, checksum: of the last record of an article or a story that it includes.
        timestamp: of the last record read, milliseconds since the epoch.
    """

    next_offset: int
    offset: int
    key: str
    checksum: str
    timestamp: int


class Checkpoint:
    """The checkpoint of one shard, locked while it is open. Use it from one thread at a time."""

    def __init__(self, state_dir: Path, shard: int, topic: str) -> None:
        """Lock and open the directory; its content is kept if it is of this topic and readable.

        Raises:
            StoreFailed: the disk is not writable, or every directory of the shard is in use.
        """
        try:
            self.path, self._lock = _locked(state_dir, shard)
        except OSError as error:
            raise StoreFailed(f"cannot write {state_dir}: {error}") from error
        self._identity = f"{topic} {FORMAT}"
        self._readable = (None, self._identity, *(f"{topic} {version}" for version in READABLE))
        self.store = self._open_store()

    @property
    def position(self) -> Position | None:
        """The position in the log as of the last commit; None if there is none."""
        held = self.store.fact("position")
        return None if held is None else Position(**orjson.loads(held))

    @property
    def clock(self) -> float:
        """The newest event time seen, seconds since the epoch."""
        return float(self.store.fact("clock") or 0.0)

    def segments(self) -> list[Segment]:
        """Load the saved segments of the candidate index."""
        return load_segments(self.path)

    def commit(
        self, position: Position | None, clock: float, segments: Sequence[Segment] | None = None
    ) -> None:
        """Commit all changes to the store.

        Args:
            position: None if the content must not be trusted later.
            segments: segments of the candidate index; None if unchanged since the last save.

        Raises:
            StoreFailed: the disk is full or not writable; nothing is committed.
        """
        facts = {"identity": self._identity, "clock": repr(clock)}
        if position is not None:
            facts["position"] = orjson.dumps(asdict(position)).decode()
        if position is not None and segments is not None:
            try:
                save_segments(segments, self.path)
            except OSError as error:
                raise StoreFailed(f"cannot write {self.path}: {error}") from error
        self.store.commit(facts)

    def reopen(self) -> None:
        """Discard changes since the last commit."""
        self.store.close()
        self.store = self._open_store()

    def wipe(self) -> None:
        """Delete the content and start empty."""
        self.store.close()
        _delete(self.path)
        self.store = open_row_store(self.path / _DATABASE)

    def close(self) -> None:
        """Close and unlock the directory; uncommitted changes are discarded."""
        self.store.close()
        self._lock.close()

    def _open_store(self) -> RowStore:
        database = self.path / _DATABASE
        try:
            store = open_row_store(database)
            if store.fact("identity") in self._readable:
                return store
            store.close()
        except StoreDamaged:
            pass
        _delete(self.path)
        return open_row_store(database)


def open_row_store(path: Path) -> RowStore:
    """Open the row store in a file, or create it.

    Raises:
        StoreFailed: the file cannot be read or written, or is damaged.
    """
    try:
        database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise store_error(error) from error
    return RowStore(database)


def _locked(state_dir: Path, shard: int) -> tuple[Path, IO[bytes]]:
    for path in _candidates(state_dir, shard):
        path.mkdir(parents=True, exist_ok=True)
        lock = (path / "lock").open("wb")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            return path, lock
    raise StoreFailed(f"every directory of shard {shard} under {state_dir} is in use")


def _candidates(state_dir: Path, shard: int) -> Iterator[Path]:
    return (state_dir / f"fold-{shard}{name}" for name in _NAMES)


def _delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        (path / f"{_DATABASE}{suffix}").unlink(missing_ok=True)
    delete_segments(path)
