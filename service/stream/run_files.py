"""Sealed runs of the candidate index as files, each written once and read back whole.

A file is the run's entries as they are in memory; its name says the rest.
"""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import xxhash

from service.story.runs import Run

_NAME = re.compile(r"run-(\d+)-(\d+)-([0-9a-f]{16})\.u64")
_SMALLEST = 8192
"""Articles of a run that is worth a file; the keys of others are in the store."""


def save_runs(runs: Sequence[Run], folder: Path) -> None:
    """Write the runs that have no file yet; files of runs that are no more go.

    A name says which articles the run covers, and its checksum. A file appears whole or not at all.

    Raises:
        OSError: the disk is full, or cannot be written.
    """
    held = {_range(name): name for name in _files(folder)}
    wanted = {(run.first, run.last): run for run in runs if run.articles >= _SMALLEST}
    fresh = [run for place, run in wanted.items() if place not in held]
    if not fresh and len(held) == len(wanted):
        return
    for run in fresh:
        _write(run, folder)
    _sync(folder)
    for place, name in held.items():
        if place not in wanted:
            (folder / name).unlink()


def load_runs(folder: Path) -> list[Run]:
    """The runs whose files are as they were written, without overlaps; others are deleted."""
    found: list[Run] = []
    for name in sorted(_files(folder), key=lambda name: (_range(name)[0], -_range(name)[1])):
        first, last = _range(name)
        entries = _read(folder / name) if not found or first > found[-1].last else None
        if entries is None:
            (folder / name).unlink()
        else:
            found.append(Run(first, last, entries))
    return found


def delete_runs(folder: Path) -> None:
    """Delete every file of a run."""
    for name in _files(folder):
        (folder / name).unlink()


def _files(folder: Path) -> Iterable[str]:
    return [entry.name for entry in folder.iterdir() if _NAME.fullmatch(entry.name)]


def _range(name: str) -> tuple[int, int]:
    first, last = name.split("-")[1:3]
    return int(first), int(last)


def _write(run: Run, folder: Path) -> None:
    checksum = xxhash.xxh3_64_hexdigest(run.entries.data)
    unfinished = folder / "run.unfinished"
    with unfinished.open("wb") as file:
        file.write(run.entries.data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / f"run-{run.first}-{run.last}-{checksum}.u64")


def _read(path: Path) -> "np.ndarray[tuple[int], np.dtype[np.uint64]] | None":
    """The entries; None where the file is not what its name says."""
    try:
        entries = np.fromfile(path, dtype=np.uint64)
    except OSError:
        return None
    whole = xxhash.xxh3_64_hexdigest(entries.data) == path.stem.rpartition("-")[2]
    return entries if whole else None


def _sync(folder: Path) -> None:
    """Make the names of new files last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
