"""The time that a page takes: processor time of its child, and wall time as a second, wider limit.

A page that never ends uses a processor all the time. A page that only has to wait, because the
machine is busy or the child was stopped, uses none; wall time alone cannot tell the two apart.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
# Of `/proc/<pid>/stat`, after the name in parentheses: proc(5), fields 14 and 15.
_USER, _SYSTEM = 11, 12

_TABLE_SECONDS = 60.0
"""Seconds that one child may spend with loading tables of languages, in addition to the limits of
its pages. It loads a table with the first page in a language. Measured in processor time: Chinese
1.3 s, Japanese, Arabic and Russian 0.5 s each, all 42 languages 3.6 s. Loading them before the
first page would cost each worker these seconds at its start and 90 MB, whatever languages it
reads."""

_SHORTEST_PAUSE = 0.02
"""Seconds between two looks at a child that has almost used up its time, and may be waiting."""


def processor_seconds(pid: int) -> float | None:
    """Return the processor time of a process so far; None without `/proc`, or if it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return None
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / _TICKS


class PageClock:
    """Measures the page that a child is reading.

    The clock is looked at after pauses that it chooses. Only these pauses count as wall time: a
    worker that was stopped, together with its children, and continues has not waited.
    """

    def __init__(
        self,
        pid: int,
        seconds: float,
        wall_seconds: float,
        *,
        processor: Callable[[int], float | None] = processor_seconds,
        wall: Callable[[], float] = time.monotonic,
    ) -> None:
        """Set the limits of each page of one child.

        Args:
            seconds: limit of processor time. Where processor time cannot be read, it limits wall
                time.
            wall_seconds: limit of wall time.
        """
        self._pid = pid
        self._seconds = seconds
        self._wall_seconds = wall_seconds
        self._processor = processor
        self._wall = wall
        self._pause = self._used = 0.0
        self._tables = self._tables_wall = _TABLE_SECONDS
        self.begin()

    def begin(self) -> None:
        """Start measuring the next page."""
        self._is_loading = False
        self.began = self._looked = self._wall()
        self._waited = 0.0
        self._used_before = self._processor(self._pid)
        self._used = 0.0

    def begin_loading(self) -> None:
        """Leave time out from now on: the child loads a table, for this page and all later ones."""
        self._is_loading = True

    def end_loading(self, processor: float, wall: float) -> None:
        """Go on measuring the page.

        Args:
            processor, wall: seconds that loading took, by the child.
        """
        self._is_loading = False
        processor, wall = min(processor, self._tables), min(wall, self._tables_wall)
        self._tables -= processor
        self._tables_wall -= wall
        if self._used_before is not None:
            self._used_before += processor
        self._waited -= wall

    def look(self) -> str | None:
        """Return which limit the page has reached, for people; None if it may go on."""
        now = self._wall()
        self._waited += min(now - self._looked, self._pause)
        self._looked = now
        used = self._processor(self._pid)
        if used is None or self._used_before is None:
            self._used = self._waited
            what = f"{self._seconds:g} s"
        else:
            self._used = used - self._used_before
            what = f"{self._seconds:g} s of processor time"
        if self._used >= self._processor_limit():
            return what
        if self._waited >= self._wall_limit():
            return f"{self._wall_seconds:g} s, in {self._used:g} s of processor time"
        return None

    def pause(self) -> float:
        """Return the seconds until a limit can be reached, as a child uses one processor."""
        left = min(self._processor_limit() - self._used, self._wall_limit() - self._waited)
        self._pause = max(left, _SHORTEST_PAUSE)
        return self._pause

    def _processor_limit(self) -> float:
        return self._seconds + (self._tables if self._is_loading else 0.0)

    def _wall_limit(self) -> float:
        return self._wall_seconds + (self._tables_wall if self._is_loading else 0.0)
