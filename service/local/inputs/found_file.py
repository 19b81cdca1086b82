"""Finds the input files of a command, given by name or in folders; and the message type that the
modules for each kind of file return."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from service.contract.record import Headers


@dataclass(frozen=True, slots=True)
class PendingMessage:
    """A message without a position: key, value and headers as a crawler writes to `pages.raw`."""

    key: bytes | None
    value: bytes
    headers: Headers


def pending_page(url: str, body: bytes, headers: tuple[tuple[str, str], ...]) -> PendingMessage:
    """A page in the native form, binary mode (`service.read.envelopes.native_binary`)."""
    encoded = tuple((name, value.encode("utf-8", "replace")) for name, value in headers)
    address = url.encode("utf-8", "replace")
    return PendingMessage(key=address, value=body, headers=(("url", address), *encoded))


class UnreadableInput(Exception):
    """A file or folder cannot be read, or not to its end. `why` is one line for people."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        self.why = why

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"


Report = Callable[[str], object]
"""Called with one line for people about something that is left out."""


def _ignore(line: str) -> None:
    pass


SUFFIXES = (
    ".warc",
    ".warc.gz",
    ".warc.zst",
    ".wacz",
    ".jsonl",
    ".jsonl.gz",
    ".jsonl.zst",
    ".html",
    ".htm",
    ".mhtml",
    ".mht",
    ".txt",
)

STREAMED = tuple(suffix for suffix in SUFFIXES if suffix != ".wacz")
"""Suffixes of files that can be read without seeking in them."""

STANDARD_INPUT = Path("-")
"""The name of standard input among the files of a command."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read.

    Attributes:
        suffix: one of `SUFFIXES`.
        name: name of the folder and path below it, so that it is the same on every machine.
    """

    path: Path
    suffix: str
    name: str

    @property
    def url(self) -> str:
        """URL for a page without a URL of its own: a saved page or a plain text."""
        return f"file:///{quote(self.name)}"


def find_files(
    paths: Sequence[Path], report: Report = _ignore, input_suffix: str | None = None
) -> Iterator[FoundFile]:
    """All input files, in the order given; those of a folder, at any depth, sorted by name.

    In folders, hidden files are ignored; files with other suffixes are too, and reported by number
    and ending. Links out of a folder are
    not followed, since its files may be a stranger's; a link that is given itself is.

    Args:
        report: called for each link that is not followed, and for each folder with files that are
            not read.
        input_suffix: one of `STREAMED`, for `STANDARD_INPUT`; None: that is a file like any other.

    Raises:
        UnreadableInput: a path does not exist, has an unsupported suffix, or is a folder without
            any supported file.
    """
    for path in paths:
        if input_suffix is not None and path == STANDARD_INPUT:
            yield FoundFile(Path("/dev/stdin"), input_suffix, "stdin")
        elif path.is_dir():
            yield from _in_folder(path, report)
        elif not path.exists():
            raise UnreadableInput(path, "no such file or folder")
        else:
            suffix = _suffix(path)
            if suffix is None:
                raise UnreadableInput(path, f"not a supported file ({', '.join(SUFFIXES)})")
            yield FoundFile(path, suffix, _printable(f"{path.resolve().parent.name}/{path.name}"))


def files_below(
    folder: Path, report: Report = _ignore, others: Counter[str] | None = None
) -> Iterator[FoundFile]:
    """Files with a supported suffix in a folder, at any depth, sorted by name; there may be none.

    Args:
        report: called for each link that leads out of the folder; it is not followed.
        others: gets the endings of the files with other suffixes.

    Raises:
        UnreadableInput: a folder cannot be read.
    """
    name = folder.resolve().name
    for path in _Walk(folder, report).below(folder):
        suffix = _suffix(path)
        if suffix is None and others is not None:
            others[path.suffix.lower()] += 1
        if suffix is not None:
            relative = path.relative_to(folder).as_posix()
            yield FoundFile(path, suffix, _printable(f"{name}/{relative}"))


MOST_ENDINGS = 8


def _passed_over(folder: Path, others: Counter[str]) -> str:
    """Return a line about the files of a folder that are not read, by their ending."""
    endings = [f"{number} {ending or 'without one'}" for ending, number in others.most_common()]
    shown = ", ".join(endings[:MOST_ENDINGS])
    more = ", ..." if len(endings) > MOST_ENDINGS else ""
    files = "file" if others.total() == 1 else "files"
    return f"{folder}: {others.total()} {files} with other endings not read: {shown}{more}"


def _in_folder(folder: Path, report: Report) -> Iterator[FoundFile]:
    found = False
    others: Counter[str] = Counter()
    for file in files_below(folder, report, others):
        found = True
        yield file
    if others:
        report(_passed_over(folder, others))
    if not found:
        raise UnreadableInput(folder, f"no supported files in it ({', '.join(SUFFIXES)})")


class _Walk:
    """Lists the files below a folder, without leaving it.

    Each folder is read once, under the first name it is reached by: links cannot make a loop.
    """

    def __init__(self, top: Path, report: Report) -> None:
        self._top = top
        self._real_top = os.path.realpath(top)
        self._report = report
        self._read: set[str] = set()

    def below(self, folder: Path) -> Iterator[Path]:
        """Files below a folder; files and folders are sorted together."""
        self._read.add(os.path.realpath(folder))
        try:
            entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            raise UnreadableInput(folder, error.strerror or str(error)) from error
        for entry in entries:
            if entry.name.startswith("."):
                continue
            real = os.path.realpath(entry)
            if os.path.commonpath((self._real_top, real)) != self._real_top:
                self._report(f"{entry}: a link to {real}, out of {self._top}; it is not followed")
            elif os.path.isdir(real):  # noqa: PTH112 - Path.is_dir raises where access is denied
                if real not in self._read:
                    yield from self.below(entry)
            elif os.path.isfile(real):  # noqa: PTH113
                yield entry


def _suffix(path: Path) -> str | None:
    name = path.name.lower()
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), None)


def _printable(name: str) -> str:
    """The name with bytes that are not UTF-8 replaced."""
    return os.fsencode(name.lstrip("/")).decode("utf-8", "replace")
