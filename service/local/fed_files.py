"""The journal of `copydesk feed`: which files were fed, and how far the others were."""

import fcntl
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self


class JournalInUse(RuntimeError):
    """Another command is using this journal."""


class JournalUnusable(RuntimeError):
    """The journal cannot be opened, read or written."""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file in one state: two states of a path differ if the file was written to in between.

    Attributes:
        size: in bytes.
        changed: modification time by the file system's clock, in nanoseconds.
    """

    path: str
    size: int
    changed: int


def file_state(path: Path) -> FileState | None:
    """The file's state now; None if there is no such file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return FileState(str(path.absolute()), status.st_size, status.st_mtime_ns)


class FedFiles:
    """The journal: lines of JSON; one command at a time may use it.

    A line with `records` says how many records of a file were fed so far; one without says that the
    file was fed to its end. The last line of a file counts. A line is on disk before the method
    that writes it returns. A line that was cut by a crash is ignored.

    Args:
        purpose: lines that were written for another purpose (other pages of the files, or another
            topic) are ignored.
    """

    def __init__(self, journal: Path, purpose: str = "") -> None:
        self._path = journal
        self._purpose = purpose
        self._file = -1
        self._fed: set[FileState] = set()
        self._partly: dict[str, tuple[FileState, int]] = {}

    def __contains__(self, state: FileState) -> bool:
        """True if the file was fed to its end."""
        return state in self._fed

    def records(self, state: FileState) -> int:
        """How many of the file's records were fed; 0 if it has changed since."""
        partly, records = self._partly.get(state.path, (state, 0))
        return records if partly == state else 0

    def has_changed(self, state: FileState) -> bool:
        """True if a part of the file was fed, and the file has changed since."""
        return self._partly.get(state.path, (state, 0))[0] != state

    def add(self, state: FileState) -> None:
        """Write to the journal that a file was fed to its end.

        Raises:
            JournalUnusable: it cannot be written.
        """
        self.write([(state, None)])

    def write(self, entries: Sequence[tuple[FileState, int | None]]) -> None:
        """Write to the journal how many records of files were fed so far; None: to the end.

        Raises:
            JournalUnusable: it cannot be written.
        """
        purpose = {"purpose": self._purpose} if self._purpose else {}
        lines = ""
        for state, records in entries:
            position = {} if records is None else {"records": records}
            # Not orjson: a path may have bytes that are not UTF-8.
            lines += json.dumps(asdict(state) | position | purpose) + "\n"
            self._enter(state, records)
        left = lines.encode()
        try:
            while left:
                left = left[os.write(self._file, left) :]
            os.fsync(self._file)
        except OSError as error:
            raise JournalUnusable(f"{self._path}: {error.strerror or error}") from error

    def remove(self) -> None:
        """Delete the journal: all is fed."""
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        """Open and lock the journal, and read it.

        Raises:
            JournalInUse: another command has locked it.
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
        for line in content.splitlines():
            self._read(line)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._file)

    def _read(self, line: bytes) -> None:
        try:
            entry = json.loads(line)
            purpose, records = entry.pop("purpose", ""), entry.pop("records", None)
            if purpose == self._purpose:
                self._enter(FileState(**entry), None if records is None else int(records))
        except (ValueError, TypeError, AttributeError):
            return

    def _enter(self, state: FileState, records: int | None) -> None:
        if records is None:
            self._fed.add(state)
            self._partly.pop(state.path, None)
        else:
            self._partly[state.path] = (state, records)
