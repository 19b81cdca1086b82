"""Processes watched from outside: what a process started, whether it ended, how busy it is."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from tests.brokers.ending import is_running

PATIENCE = 30.0

BUSY_TICKS = 20
"""User time, in ticks of 10 ms, that a common page does not take."""


def descendants(pid: int) -> list[int]:
    """Process ids of all that a process started, and those started."""
    found = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *descendants(int(child))]
    return found


def ended(pids: list[int]) -> bool:
    """Wait until none of the processes runs; False where that takes too long."""
    return _wait(lambda: not any(is_running(pid) for pid in pids))


def collected(pids: list[int]) -> bool:
    """Wait until nothing is left of the processes: one that ended may have a thread that does not,
    which holds its files open."""
    return _wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))


def ticks(pid: int) -> int:
    """User time of a process, in ticks of 10 ms; 0 for one that ended."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])
    return 0


def readers(pid: int) -> list[int]:
    """The children that read pages for a process: beside reading they watch their parent."""
    return [child for child in descendants(pid) if thread_count(child) > 1]


def busiest_child(pid: int) -> int:
    """The reader that is at a page that takes long; waits until there is one."""
    begun: dict[int, int] = {}
    busy: list[int] = []

    def is_one_busy() -> bool:
        busy[:] = [
            child
            for child in readers(pid)
            if ticks(child) - begun.setdefault(child, ticks(child)) > BUSY_TICKS
        ]
        return bool(busy)

    assert _wait(is_one_busy), "no child is busy"
    return busy[0]


def thread_count(pid: int) -> int:
    """Threads of a process; 0 for one that ended."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return len(list(Path(f"/proc/{pid}/task").iterdir()))
    return 0


def _wait(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
