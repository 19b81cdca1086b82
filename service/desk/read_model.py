"""The SQLite file behind the desk: one writer, a few readers; rebuilt when the schema changes."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

VERSION = 8
"""Version of `schema.sql`: a file of another version is deleted and rebuilt from the topics."""

_APPLICATION = 0x636F7079  # "copy": marks the file as the desk's
_READERS = 2
_WAIT_SECONDS = 30.0
_MAPPED = 2**31
"""Bytes of the file that readers map into memory: a page of it is then read without a call of the
system, and stays the system's to drop."""


class UnusableModel(RuntimeError):
    """The file cannot be used as the read model; the message says why, and what to do."""


class ReadModel:
    """Runs work on the file off the event loop: writes in a transaction, reads in a snapshot.

    Raises:
        UnusableModel: the file belongs to another program, is damaged, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = _open_newest(path)
        except (OSError, sqlite3.Error) as error:
            raise UnusableModel(
                f"{path}: {error}; if it is the desk's, delete it: it is rebuilt from the topics"
            ) from error
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._writing = ThreadPoolExecutor(1, "desk-writer")
        self._reading = ThreadPoolExecutor(_READERS, "desk-reader")

    async def write(
        self,
        work: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **named: P.kwargs,
    ) -> T:
        """Run `work` with the writing connection in one transaction, rolled back on any error."""

        def write_in_transaction() -> T:
            with _transaction(self._writer, "BEGIN IMMEDIATE"):
                return work(self._writer, *args, **named)

        return await asyncio.get_running_loop().run_in_executor(self._writing, write_in_transaction)

    async def read(
        self,
        query: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **named: P.kwargs,
    ) -> T:
        """Run `query` with a read-only connection, in one transaction: it sees a single state."""

        def read_in_transaction() -> T:
            connection = self._reader()
            with _transaction(connection, "BEGIN"):
                return query(connection, *args, **named)

        return await asyncio.get_running_loop().run_in_executor(self._reading, read_in_transaction)

    async def work(self, step: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Run a slow step that needs no connection, on the threads of the readers."""

        def call() -> T:
            return step(*args, **named)

        return await asyncio.get_running_loop().run_in_executor(self._reading, call)

    def close(self) -> None:
        """Wait for what is running, then close the file."""
        self._writing.shutdown()
        self._reading.shutdown()
        for connection in (*self._open, self._writer):
            connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close()

    def _reader(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = _connect(self.path)
            connection.execute("PRAGMA query_only = ON")
            connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
            self._local.connection = connection
            self._open.append(connection)
        return connection


def clear(db: sqlite3.Connection) -> None:
    """Delete all rows and positions, because they came from other topics."""
    tables = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'article_text_%'"
    ).fetchall()
    for (name,) in tables:
        if name != "meta":
            db.execute(f"DELETE FROM {name}")  # noqa: S608 - a name from our own schema


def _open_newest(path: Path) -> sqlite3.Connection:
    connection = _connect(path)
    try:
        version, application = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("user_version", "application_id")
        )
        is_new = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if not is_new and application != _APPLICATION:
            raise UnusableModel(f"{path} is an SQLite file of another program")
        if not is_new and version != VERSION:
            connection.close()
            for ending in ("", "-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            return _open_newest(path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")  # overwrites the text of takedowns
        if is_new:
            connection.executescript(
                f"BEGIN; {_schema()} PRAGMA application_id = {_APPLICATION};"
                f"PRAGMA user_version = {VERSION}; COMMIT;"
            )
    except BaseException:
        connection.close()
        raise
    return connection


def open_in_memory() -> sqlite3.Connection:
    """An empty read model that is in no file; the caller closes it."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.executescript(_schema())
    return connection


def _schema() -> str:
    return files(__package__).joinpath("schema.sql").read_text("utf-8")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
