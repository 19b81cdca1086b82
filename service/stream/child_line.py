"""The line to one child process: the pages it was given, in order, and what it answers."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Self

from service.events.input_message import InputMessage
from service.events.record import Record
from service.stream.child_messages import Frames, NoRecord, framed, pack_message, unpack_record
from service.stream.child_process import ChildProcess

_AHEAD = 64 * 1024
"""Bytes of pages that a child is given at once, about one usual page; but always one page more than
it is at, so that it never waits for the worker."""


class Page:
    """A page on its way through a child; `answer` is its record, or an error."""

    __slots__ = ("answer", "message", "octets")

    def __init__(self, message: InputMessage, answer: "asyncio.Future[Record]") -> None:
        self.message = message
        self.octets = len(message.value or b"")
        self.answer = answer


class ChildLine(asyncio.Protocol):
    """What an owner hears of one child: its answers, that a page takes too long, that it ended.

    The pages are begun in the order in which they were given, each once the one before it was
    answered. All is called in the event loop.
    """

    def __init__(
        self,
        child: ChildProcess,
        page_seconds: float,
        on_answer: "Callable[[ChildLine, Page, Record, float], None]",
        on_end: "Callable[[ChildLine, bool], None]",
    ) -> None:
        """Not open yet.

        Args:
            on_answer: told of each page's record, and the seconds since it could be begun.
            on_end: told once that nothing more will come; true where a page took longer than
                `page_seconds`.
        """
        self.child = child
        self.given = 0
        self._page_seconds = page_seconds
        self._on_answer = on_answer
        self._on_end: Callable[[ChildLine, bool], None] | None = on_end
        self._pages: deque[Page] = deque()
        self._octets = 0
        self._begun = 0.0
        self._frames = Frames()
        self._transport: Any = None
        self._alarm: asyncio.TimerHandle | None = None

    async def open(self) -> Self:
        """Begin to listen."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_unix_connection(lambda: self, sock=self.child.line)
        return self

    @property
    def pages(self) -> Sequence[Page]:
        """Those not answered yet; the child is at the first of them."""
        return self._pages

    def has_room(self, page: Page) -> bool:
        """Whether the child should have this page too by now."""
        return len(self._pages) < 2 or self._octets + page.octets <= _AHEAD

    def give(self, page: Page) -> bool:
        """Give it a page; tells whether the child can still take any."""
        if not self._pages:
            self._begun = time.monotonic()
        self._transport.write(framed(pack_message(page.message)))
        if self._transport.is_closing():
            return False
        self._pages.append(page)
        self._octets += page.octets
        self.given += 1
        if self._alarm is None:
            self._set_alarm(self._page_seconds)
        return True

    def close(self) -> None:
        """Hear nothing more; the child goes on until it is ended."""
        self._on_end = None
        self._stop()

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        for packed in self._frames.feed(data):
            try:
                record = unpack_record(packed)
                page = self._pages.popleft()
            except (NoRecord, IndexError):  # It is not itself any more.
                self._end(late=False)
                return
            self._octets -= page.octets
            took, self._begun = now - self._begun, now
            self._on_answer(self, page, record, took)

    def connection_lost(self, error: Exception | None) -> None:
        self._end(late=False)

    def _set_alarm(self, seconds: float) -> None:
        self._alarm = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        """One alarm at a time, set anew for the rest where another page was begun meanwhile."""
        self._alarm = None
        left = self._begun + self._page_seconds - time.monotonic()
        if self._pages and left <= 0:
            self._end(late=True)
        elif self._pages:
            self._set_alarm(left)

    def _end(self, *, late: bool) -> None:
        on_end, self._on_end = self._on_end, None
        self._stop()
        if on_end is not None:
            on_end(self, late)

    def _stop(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._transport is not None:
            self._transport.abort()
