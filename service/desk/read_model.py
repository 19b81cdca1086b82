"""The SQLite file behind the desk: one writer, a few readers, made anew if of another shape."""

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

VERSION = 1
"""Of `schema.sql`: a file of another version is deleted and read anew from the topics."""

_APPLICATION = 0x636F7079  # "copy": tells our files from other people's
_READERS = 2
_WAIT_SECONDS = 30.0


class UnusableModel(RuntimeError):
    """The file cannot be the desk's read model; says why, and what to do."""


class ReadModel:
    """Runs work on the file off the event loop: writes in a transaction, reads in a snapshot.

    Raises:
        UnusableModel: the file is another program's, damaged, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = _open_newest(path)
        except (OSError, sqlite3.Error) as error:
            raise UnusableModel(
                f"{path}: {error}; if it is the desk's, delete it: it is read anew from the topics"
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
        """Run `work` with the connection in one transaction: all of it is kept, or none."""

        def run() -> T:
            with _transaction(self._writer, "BEGIN IMMEDIATE"):
                return work(self._writer, *args, **named)

        return await asyncio.get_running_loop().run_in_executor(self._writing, run)

    async def read(
        self,
        query: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **named: P.kwargs,
    ) -> T:
        """Run `query` with a connection that sees one state of the file and cannot change it."""

        def run() -> T:
            connection = self._reader()
            with _transaction(connection, "BEGIN"):
                return query(connection, *args, **named)

        return await asyncio.get_running_loop().run_in_executor(self._reading, run)

    async def work(self, step: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Run a step that takes time and needs no connection beside the reads."""

        def run() -> T:
            return step(*args, **named)

        return await asyncio.get_running_loop().run_in_executor(self._reading, run)

    def close(self) -> None:
        """Finish what runs and close the file."""
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
            self._local.connection = connection
            self._open.append(connection)
        return connection


def clear(db: sqlite3.Connection) -> None:
    """Forget all rows and positions, because the topics are not those that they came from."""
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
        connection.execute("PRAGMA secure_delete = ON")  # what was taken down is overwritten
        if is_new:
            schema = files(__package__).joinpath("schema.sql").read_text("utf-8")
            connection.executescript(
                f"BEGIN; {schema} PRAGMA application_id = {_APPLICATION};"
                f"PRAGMA user_version = {VERSION}; COMMIT;"
            )
    except BaseException:
        connection.close()
        raise
    return connection


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
