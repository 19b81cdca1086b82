"""The files that a command's arguments mean: given by name, or found in folders."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from service.local.inputs.unreadable import UnreadableInput

SUFFIXES = (
    ".warc",
    ".warc.gz",
    ".jsonl",
    ".jsonl.gz",
    ".jsonl.zst",
    ".html",
    ".htm",
    ".txt",
)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read.

    `name` is the folder's name and the path below it, so that it is the same on every machine.
    """

    path: Path
    suffix: str
    name: str

    @property
    def url(self) -> str:
        """The address of a page that has none but this file."""
        return f"file:///{quote(self.name)}"


def find_files(paths: Sequence[Path]) -> Iterator[FoundFile]:
    """Every file, in the order given; those of a folder, at any depth, in the order of their names.

    In folders, hidden files and files of other kinds are passed over.

    Raises:
        UnreadableInput: a path does not exist, is of no known kind, or is a folder without a file
            of a known kind.
    """
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path)
        elif not path.exists():
            raise UnreadableInput(path, "no such file or folder")
        else:
            suffix = _suffix(path)
            if suffix is None:
                raise UnreadableInput(path, f"of no known kind ({', '.join(SUFFIXES)})")
            yield FoundFile(path, suffix, _printable(f"{path.resolve().parent.name}/{path.name}"))


def files_below(folder: Path) -> Iterator[FoundFile]:
    """Files of a known kind in a folder, at any depth, in the order of their names; maybe none.

    Raises:
        UnreadableInput: a folder cannot be read.
    """
    name = folder.resolve().name
    for path in _below(folder):
        suffix = _suffix(path)
        if suffix is not None:
            relative = path.relative_to(folder).as_posix()
            yield FoundFile(path, suffix, _printable(f"{name}/{relative}"))


def _in_folder(folder: Path) -> Iterator[FoundFile]:
    found = False
    for file in files_below(folder):
        found = True
        yield file
    if not found:
        raise UnreadableInput(folder, f"no file of a known kind in it ({', '.join(SUFFIXES)})")


def _below(folder: Path) -> Iterator[Path]:
    """Files and folders by name, together; links to folders are not followed."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise UnreadableInput(folder, error.strerror or str(error)) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _below(entry)
        elif entry.is_file():
            yield entry


def _suffix(path: Path) -> str | None:
    name = path.name.lower()
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), None)


def _printable(name: str) -> str:
    """The name as text that can be written as UTF-8, whatever bytes the file system has in it."""
    return os.fsencode(name.lstrip("/")).decode("utf-8", "replace")
