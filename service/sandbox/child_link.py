"""Connection to one child process: sends pages, receives their records, limits the time of each."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Self

from service.contract.record import InputMessage, Record
from service.sandbox.child_process import ChildProcess
from service.sandbox.frames import (
    LOADING,
    Frames,
    NoRecord,
    framed,
    pack_message,
    unpack_loaded,
    unpack_record,
)
from service.sandbox.page_clock import PageClock

_AHEAD = 64 * 1024
"""Bytes of unanswered pages that a child may have, about one typical page. It always gets one page
beyond the one that it reads, so that it never waits for the worker."""


class Page:
    """A page to be read by a child; `answer` resolves to its record, or to an error."""

    __slots__ = ("answer", "message", "size")

    def __init__(self, message: InputMessage, answer: "asyncio.Future[Record]") -> None:
        self.message = message
        self.size = len(message.value or b"")
        self.answer = answer


class ChildLine(asyncio.Protocol):
    """Connection to one child: reports its answers, a page that takes too long, and its end.

    The child starts pages in the order in which they were given, each once the previous one is
    answered. All methods are called in the event loop.
    """

    def __init__(
        self,
        child: ChildProcess,
        clock: PageClock,
        on_answer: "Callable[[ChildLine, Page, Record, float], None]",
        on_end: "Callable[[ChildLine, str | None], None]",
    ) -> None:
        """Set up the connection; `open` connects it.

        Args:
            clock: has the limits of time, and measures the child's pages.
            on_answer: called with each page, its record, and the seconds since the child could
                start it.
            on_end: called once, when no more answers follow; with the limit of time that the
                current page has reached, if that is why.
        """
        self.child = child
        self.given = 0
        self._clock = clock
        self._on_answer = on_answer
        self._on_end: Callable[[ChildLine, str | None], None] | None = on_end
        self._pages: deque[Page] = deque()
        self._size = 0
        self._frames = Frames()
        self._transport: Any = None
        self._alarm: asyncio.TimerHandle | None = None

    async def open(self) -> Self:
        """Connect to the child's socket and listen."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_unix_connection(lambda: self, sock=self.child.line)
        return self

    @property
    def pages(self) -> Sequence[Page]:
        """Pages not answered yet; the child is reading the first."""
        return self._pages

    def has_room(self, page: Page) -> bool:
        """True if this page may be sent to the child now."""
        return len(self._pages) < 2 or self._size + page.size <= _AHEAD

    def give(self, page: Page) -> bool:
        """Send the child a page; return False if the connection is closing and takes no page."""
        if not self._pages:
            self._clock.begin()
        self._transport.write(framed(pack_message(page.message)))
        if self._transport.is_closing():
            return False
        self._pages.append(page)
        self._size += page.size
        self.given += 1
        if self._alarm is None:
            self._set_alarm()
        return True

    def close(self) -> None:
        """Close the connection without calling `on_end`; the process runs until it is ended."""
        self._on_end = None
        self._stop()

    def data_received(self, data: bytes) -> None:
        for packed in self._frames.feed(data):
            if packed == LOADING:
                self._clock.begin_loading()
                continue
            try:
                if loaded := unpack_loaded(packed):
                    self._end_loading(*loaded)
                    continue
                record = unpack_record(packed)
                page = self._pages.popleft()
            except (NoRecord, IndexError):  # An answer that is invalid, or to no page.
                self._end()
                return
            self._size -= page.size
            took = time.monotonic() - self._clock.began
            self._clock.begin()
            self._on_answer(self, page, record, took)

    def _end_loading(self, processor: float, wall: float) -> None:
        self._clock.end_loading(processor, wall)
        if self._alarm is not None:  # It may be set for the time that loading may take.
            self._alarm.cancel()
            self._look()

    def connection_lost(self, error: Exception | None) -> None:
        self._end()

    def _set_alarm(self) -> None:
        self._alarm = asyncio.get_running_loop().call_later(self._clock.pause(), self._look)

    def _look(self) -> None:
        """Check the time of the current page. There is one timer at a time; if another page was
        started in between, it is set again for that page's remaining time."""
        self._alarm = None
        if not self._pages:
            return
        if limit := self._clock.look():
            self._end(limit)
        else:
            self._set_alarm()

    def _end(self, limit: str | None = None) -> None:
        on_end, self._on_end = self._on_end, None
        self._stop()
        if on_end is not None:
            on_end(self, limit)

    def _stop(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._transport is not None:
            self._transport.abort()
