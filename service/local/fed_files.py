"""Which files of a folder were fed already: a journal that outlives the command."""

import fcntl
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson


class JournalInUse(RuntimeError):
    """Another command feeds by this journal."""


class JournalUnusable(RuntimeError):
    """The journal cannot be written, or is none."""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it lay there: its path, and what changes when it is written to.

    Attributes:
        size: bytes.
        changed: time of its last change, in nanoseconds, as the file system has it.
    """

    path: str
    size: int
    changed: int


class FedFiles:
    """The journal, a line of JSON a file; held by one command at a time.

    A line is on disk before `enter` returns. One that a crash cut short is passed over.
    """

    def __init__(self, journal: Path) -> None:
        self._path = journal
        self._file = -1
        self._known: set[FileState] = set()

    def __contains__(self, state: FileState) -> bool:
        return state in self._known

    def enter(self, state: FileState) -> None:
        """Remember a file as fed, for good."""
        os.write(self._file, orjson.dumps(asdict(state), option=orjson.OPT_APPEND_NEWLINE))
        os.fsync(self._file)
        self._known.add(state)

    def __enter__(self) -> Self:
        """Open it.

        Raises:
            JournalInUse: another command holds it.
            JournalUnusable: it cannot be opened or read.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            content = self._path.read_bytes()
            if content and not content.endswith(b"\n"):
                os.write(self._file, b"\n")
        except BlockingIOError as error:
            os.close(self._file)
            raise JournalInUse(f"{self._path} is in use by another command") from error
        except OSError as error:
            raise JournalUnusable(f"{self._path}: {error.strerror or error}") from error
        self._known = {state for line in content.splitlines() if (state := _parsed(line))}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._file)


def _parsed(line: bytes) -> FileState | None:
    try:
        return FileState(**orjson.loads(line))
    except (orjson.JSONDecodeError, TypeError):
        return None
