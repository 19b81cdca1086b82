"""What processes use: processor time and memory, from /proc."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from tests.worker.processes import descendants

TICKS = os.sysconf("SC_CLK_TCK")


def own_seconds(pid: int) -> float:
    """Processor seconds of a process by itself; 0 for one that ended."""
    return _seconds(pid, slice(11, 13))


def children_seconds(pid: int) -> float:
    """Processor seconds of all that a process started, and of those that have ended."""
    return sum(_seconds(each, slice(11, 15)) for each in descendants(pid))


def resident_bytes(pids: Iterable[int]) -> int:
    """Memory of processes; what several share counts in parts."""
    return 1024 * sum(map(_proportional_kib, pids))


def _seconds(pid: int, fields: slice) -> float:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        stat = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(map(int, stat[fields])) / TICKS
    return 0.0


def _proportional_kib(pid: int) -> int:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
