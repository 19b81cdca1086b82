"""Segment files of the candidate index, each written once and read back whole.

A file holds the segment's entries as they are in memory; its name has the range and the checksum.
"""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import xxhash

from service.fold.candidates.segment import Segment

_NAME = re.compile(r"run-(\d+)-(\d+)-([0-9a-f]{16})\.u64")
_SMALLEST = 8192
"""Fewest articles of a segment that gets a file; the keys of the others are in the row store."""


def save_segments(segments: Sequence[Segment], directory: Path) -> None:
    """Write the segments that have no file yet; delete the files of segments that are gone.

    A file's name has the segment's range of articles and its checksum. Files are written atomically
    (renamed when complete).

    Raises:
        OSError: the disk is full or not writable.
    """
    held = {_range(name): name for name in _files(directory)}
    wanted = {
        (segment.first, segment.last): segment
        for segment in segments
        if segment.articles >= _SMALLEST
    }
    fresh = [segment for place, segment in wanted.items() if place not in held]
    if not fresh and len(held) == len(wanted):
        return
    for segment in fresh:
        _write(segment, directory)
    _sync(directory)
    for place, name in held.items():
        if place not in wanted:
            (directory / name).unlink()


def load_segments(directory: Path) -> list[Segment]:
    """Load the segments whose files are intact and do not overlap; delete the other files."""
    found: list[Segment] = []
    for name in sorted(_files(directory), key=lambda name: (_range(name)[0], -_range(name)[1])):
        first, last = _range(name)
        entries = _read(directory / name) if not found or first > found[-1].last else None
        if entries is None:
            (directory / name).unlink()
        else:
            found.append(Segment(first, last, entries))
    return found


def delete_segments(directory: Path) -> None:
    """Delete every segment file."""
    for name in _files(directory):
        (directory / name).unlink()


def _files(directory: Path) -> Iterable[str]:
    return [entry.name for entry in directory.iterdir() if _NAME.fullmatch(entry.name)]


def _range(name: str) -> tuple[int, int]:
    first, last = name.split("-")[1:3]
    return int(first), int(last)


def _write(segment: Segment, directory: Path) -> None:
    checksum = xxhash.xxh3_64_hexdigest(segment.entries.data)
    unfinished = directory / "run.unfinished"
    with unfinished.open("wb") as file:
        file.write(segment.entries.data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(directory / f"run-{segment.first}-{segment.last}-{checksum}.u64")


def _read(path: Path) -> "np.ndarray[tuple[int], np.dtype[np.uint64]] | None":
    """Return the entries; None if the file does not match the checksum in its name."""
    try:
        entries = np.fromfile(path, dtype=np.uint64)
    except OSError:
        return None
    whole = xxhash.xxh3_64_hexdigest(entries.data) == path.stem.rpartition("-")[2]
    return entries if whole else None


def _sync(directory: Path) -> None:
    """Make the names of new files durable (fsync of the directory)."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
