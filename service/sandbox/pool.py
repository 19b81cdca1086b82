"""Pool of killable child processes for READ: a page may break a child, never the worker."""

import asyncio
import contextlib
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from service.contract.outcome import FailureReason, failure_record
from service.contract.record import InputMessage, Record
from service.read.stage import ReadOptions
from service.sandbox.child_link import ChildLine, Page
from service.sandbox.child_process import ChildProcess, NoChild
from service.sandbox.page_clock import PageClock

_START_TRIES = 3


R = TypeVar("R")


class Sandbox:
    """Reads pages in child processes under limits of time and memory; a child is replaced after
    `pages_per_child` pages.

    Pages are started in the order in which they arrive. All methods are called in the event loop;
    the start and the end of a child block, so they are done in threads. `troubles` counts the pages
    that broke their child, by reason.
    """

    def __init__(
        self,
        options: ReadOptions,
        *,
        children: int,
        page_seconds: float,
        page_wall_seconds: float,
        page_memory: int,
        pages_per_child: int,
        on_read: Callable[[float], None] | None = None,
        renewed: Callable[[], ReadOptions | None] | None = None,
    ) -> None:
        """Start without a child.

        Args:
            page_seconds: limit of processor time for each page.
            page_wall_seconds: limit of wall time for each page.
            page_memory: limit of a child's address space, in bytes.
            on_read: called with the seconds that READ took, for each page that was read.
            renewed: called before each page; returns the options from now on, None if they are
                as before.
        """
        self.troubles: Counter[FailureReason] = Counter()
        self._options = options
        self._children = children
        self._page_seconds = page_seconds
        self._page_wall_seconds = page_wall_seconds
        self._page_memory = page_memory
        self._pages_per_child = pages_per_child
        self._on_read = on_read
        self._renewed = renewed
        self._threads = ThreadPoolExecutor(children, thread_name_prefix="child")
        self._waiting: deque[Page] = deque()
        self._open: list[ChildLine] = []
        self._living: set[ChildLine] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._starting = 0
        self._closed = False

    def read(self, message: InputMessage) -> "asyncio.Future[Record]":
        """Read one page. A page that breaks its child becomes a failure record.

        Raises:
            RuntimeError: no child can be started; raised by the future.
        """
        self._renew()
        answer: asyncio.Future[Record] = asyncio.get_running_loop().create_future()
        self._waiting.append(Page(message, answer))
        self._deal()
        return answer

    async def warm_up(self) -> None:
        """Start the children before the first page needs one; returns when they are ready.

        Raises:
            RuntimeError: no child can be started.
        """
        missing = 0 if self._closed else self._children - len(self._open) - self._starting
        self._starting += missing
        begun = [self._do(self._start()) for _ in range(missing)]
        for error in await asyncio.gather(*begun):
            if error is not None and not self._closed:
                raise error

    @property
    def is_starting(self) -> bool:
        """True if a child is being started, which may take long."""
        return self._starting > 0

    @property
    def is_reading(self) -> bool:
        """True if a child is reading a page; the time for each page is limited."""
        return any(line.pages for line in self._living)

    async def close(self) -> None:
        """End the children; pages still in them are abandoned."""
        self._closed = True
        for line in list(self._living):
            self._end(line)
        while self._tasks:
            await asyncio.gather(*self._tasks)
        self._threads.shutdown()

    def _renew(self) -> None:
        """If the options have changed, let no child have another page that was started with those
        before. It reads those that it has."""
        options = None if self._renewed is None or self._closed else self._renewed()
        if options is None:
            return
        self._options = options
        lines, self._open = self._open, []
        for line in lines:
            if not line.pages:
                self._end(line)

    def _deal(self) -> None:
        """Give waiting pages to the children with the fewest; start a child if all are busy."""
        while self._waiting and not self._closed:
            page = self._waiting[0]
            line = min(self._open, key=lambda each: len(each.pages), default=None)
            if (line is None or line.pages) and self._may_start():
                self._starting += 1
                self._do(self._start())
            if line is None or not line.has_room(page):
                return
            if line.give(page):
                self._waiting.popleft()
                if line.given == self._pages_per_child:
                    self._open.remove(line)
            else:  # The child ended before it received this page, which is not the cause.
                self._open.remove(line)

    def _may_start(self) -> bool:
        """True if a child is missing. When all are replaced at once, there is never more than one
        beyond their number: each has its share of the memory."""
        missing = len(self._open) + self._starting < self._children
        return missing and len(self._living) + self._starting <= self._children

    def _answered(self, line: ChildLine, page: Page, record: Record, seconds: float) -> None:
        if self._on_read is not None:
            self._on_read(seconds)
        _settle(page, record)
        if line not in self._open and not line.pages:
            self._end(line)
        self._deal()

    def _ended(self, line: ChildLine, limit: str | None) -> None:
        if line in self._open:
            self._open.remove(line)
        pages = list(line.pages)
        # The child was reading the first, and had not started the others.
        self._waiting.extendleft(reversed(pages[1:]))
        self._end(line, pages[0] if pages else None, limit)
        self._deal()

    def _end(self, line: ChildLine, page: Page | None = None, limit: str | None = None) -> None:
        """End a child; `page` is the one that broke it, if any, and `limit` the limit of time that
        it reached."""
        self._living.discard(line)
        line.close()
        self._do(self._collect(line, page, limit))

    async def _collect(self, line: ChildLine, page: Page | None, limit: str | None) -> None:
        code = await self._in_thread(line.child.end)
        if page is None:
            return
        if limit is not None:
            reason, error = FailureReason.TIMEOUT, "ChildTimeout"
            detail = f"not read within {limit}"
        else:
            reason, error = FailureReason.CRASHED, "ChildDied"
            detail = f"the child process ended with exit code {code}"
        self.troubles[reason] += 1
        _settle(
            page,
            failure_record(page.message, stage="read", reason=reason, error=error, detail=detail),
        )

    async def _start(self) -> Exception | None:
        """Start a child. The error with which that fails is that of every waiting page, too."""
        options = self._options
        try:
            child = await self._in_thread(lambda: self._started(options))
            clock = PageClock(child.pid, self._page_seconds, self._page_wall_seconds)
            line = await ChildLine(child, clock, self._answered, self._ended).open()
        except Exception as error:
            while self._waiting:
                self._waiting.popleft().answer.set_exception(error)
            return error
        finally:
            self._starting -= 1
        self._living.add(line)
        if self._closed or options is not self._options:
            self._end(line)
        else:
            self._open.append(line)
        self._deal()
        return None

    def _started(self, options: ReadOptions) -> ChildProcess:
        """Start a child. One may be killed at its start by chance; several in a row: an error."""
        for _ in range(_START_TRIES - 1):
            with contextlib.suppress(NoChild):
                return ChildProcess(options, self._page_memory)
        return ChildProcess(options, self._page_memory)

    async def _in_thread(self, step: Callable[[], R]) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._threads, step)

    def _do(self, step: Coroutine[Any, Any, R]) -> "asyncio.Task[R]":
        task = asyncio.create_task(step)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _settle(page: Page, record: Record) -> None:
    if not page.answer.done():
        page.answer.set_result(record)
