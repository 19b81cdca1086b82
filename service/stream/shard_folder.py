"""A shard's folder on a worker's disk: what a restart begins with, instead of the whole log.

It is written only after the log is committed, so it is never ahead of it; it says up to which
record of `fold.state` it holds, and whoever opens it reads the log from there. What cannot be
trusted is deleted: the log is the truth, the folder only saves time.
"""

import fcntl
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import orjson

from service.events.fold_record import STATE_VERSION
from service.events.signature import SIGNATURE_VERSION
from service.story.rows import ROWS_VERSION
from service.story.runs import Run
from service.story.store import StoreDamaged, StoreFailed
from service.stream.run_files import delete_runs, load_runs, save_runs
from service.stream.shard_store import ShardStore

FORMAT = f"1.{ROWS_VERSION}.{SIGNATURE_VERSION}.{STATE_VERSION}"
"""Of the files, the rows, the signatures and the records. A folder of another is not read."""

_NAMES = ("", ".b", ".c", ".d")
"""Where two writers of one shard share a disk for a moment, the second has a folder of its own."""

_DATABASE = "shard.sqlite"


@dataclass(frozen=True, slots=True)
class Position:
    """Up to where a folder holds what `fold.state` says.

    Attributes:
        next_offset: the first record that it does not hold.
        offset, key, checksum: of the last record of an article or a story that it holds.
        timestamp: of the last record read, milliseconds since the epoch.
    """

    next_offset: int
    offset: int
    key: str
    checksum: str
    timestamp: int


class ShardFolder:
    """The folder of one shard, locked as long as it is open. One thread at a time may use it."""

    def __init__(self, state_dir: Path, shard: int, topic: str) -> None:
        """Take the folder; what is in it is kept if it is of this topic and can be read.

        Raises:
            StoreFailed: the disk cannot be written, or the folder is taken.
        """
        try:
            self.path, self._lock = _locked(state_dir, shard)
        except OSError as error:
            raise StoreFailed(f"cannot write {state_dir}: {error}") from error
        self._identity = f"{topic} {FORMAT}"
        self.store = self._open_store()

    @property
    def position(self) -> Position | None:
        """Up to where it holds; None where it holds nothing."""
        held = self.store.fact("position")
        return None if held is None else Position(**orjson.loads(held))

    @property
    def clock(self) -> float:
        """The newest event time seen, seconds since the epoch."""
        return float(self.store.fact("clock") or 0.0)

    def runs(self) -> list[Run]:
        """The runs of the candidate index that were saved."""
        return load_runs(self.path)

    def commit(
        self, position: Position | None, clock: float, runs: Sequence[Run] | None = None
    ) -> None:
        """Let everything last that was put into the store.

        Args:
            position: None where nothing of it is to be trusted later.
            runs: of the candidate index; None where they are as they were saved.

        Raises:
            StoreFailed: the disk is full, or cannot be written; nothing lasts.
        """
        facts = {"identity": self._identity, "clock": repr(clock)}
        if position is not None:
            facts["position"] = orjson.dumps(asdict(position)).decode()
        if position is not None and runs is not None:
            try:
                save_runs(runs, self.path)
            except OSError as error:
                raise StoreFailed(f"cannot write {self.path}: {error}") from error
        self.store.commit(facts)

    def reopen(self) -> None:
        """Go back to what was committed."""
        self.store.close()
        self.store = self._open_store()

    def wipe(self) -> None:
        """Begin with nothing."""
        self.store.close()
        _delete(self.path)
        self.store = ShardStore(self.path / _DATABASE)

    def close(self) -> None:
        """Give the folder up, with what was not committed."""
        self.store.close()
        self._lock.close()

    def _open_store(self) -> ShardStore:
        database = self.path / _DATABASE
        try:
            store = ShardStore(database)
            if store.fact("identity") in (None, self._identity):
                return store
            store.close()
        except StoreDamaged:
            pass
        _delete(self.path)
        return ShardStore(database)


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
    raise StoreFailed(f"every folder of shard {shard} under {state_dir} is in use")


def _candidates(state_dir: Path, shard: int) -> Iterator[Path]:
    return (state_dir / f"fold-{shard}{name}" for name in _NAMES)


def _delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        (path / f"{_DATABASE}{suffix}").unlink(missing_ok=True)
    delete_runs(path)
