"""The pool of killable children that READ runs in: a page may break one, never the worker."""

import asyncio
import contextlib
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from service.events.failure import failure_record
from service.events.input_message import InputMessage
from service.events.outcome import FailureReason
from service.events.record import Record
from service.read import ReadOptions
from service.stream import measure
from service.stream.child_line import ChildLine, Page
from service.stream.child_process import ChildProcess, NoChild

_START_TRIES = 3


R = TypeVar("R")


class Sandbox:
    """Reads pages in child processes, each under limits of time and memory, replaced now and then.

    Pages are begun in the order in which they come. All is called in the event loop; what blocks,
    the start and the end of a child, is done in threads. `troubles` counts pages by what they did
    to their child.
    """

    def __init__(
        self,
        options: ReadOptions,
        *,
        children: int,
        page_seconds: float,
        page_memory: int,
        pages_per_child: int,
    ) -> None:
        self.troubles: Counter[FailureReason] = Counter()
        self._options = options
        self._children = children
        self._page_seconds = page_seconds
        self._page_memory = page_memory
        self._pages_per_child = pages_per_child
        self._threads = ThreadPoolExecutor(children, thread_name_prefix="child")
        self._waiting: deque[Page] = deque()
        self._open: list[ChildLine] = []
        self._living: set[ChildLine] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._starting = 0
        self._closed = False

    def read(self, message: InputMessage) -> "asyncio.Future[Record]":
        """Read one page. A page that breaks its child becomes a failure record.

        Raises:
            RuntimeError: no child can be had; raised by the future.
        """
        answer: asyncio.Future[Record] = asyncio.get_running_loop().create_future()
        self._waiting.append(Page(message, answer))
        self._deal()
        return answer

    @property
    def is_starting(self) -> bool:
        """Whether a page waits for a child that is being started, which may take long."""
        return self._starting > 0

    async def close(self) -> None:
        """End the children; pages still in them are given up."""
        self._closed = True
        for line in list(self._living):
            self._end(line)
        while self._tasks:
            await asyncio.gather(*self._tasks)
        self._threads.shutdown()

    def _deal(self) -> None:
        """Give pages that wait to the children that have the fewest, and start one if all have."""
        while self._waiting and not self._closed:
            page = self._waiting[0]
            line = min(self._open, key=lambda each: len(each.pages), default=None)
            if (line is None or line.pages) and len(self._open) + self._starting < self._children:
                self._starting += 1
                self._do(self._start())
            if line is None or not line.has_room(page):
                return
            if line.give(page):
                self._waiting.popleft()
                if line.given == self._pages_per_child:
                    self._open.remove(line)
            else:  # It ended before it saw the page: something else did that.
                self._open.remove(line)

    def _answered(self, line: ChildLine, page: Page, record: Record, seconds: float) -> None:
        measure.stage_took("read", seconds)
        _settle(page, record)
        if line.given >= self._pages_per_child and not line.pages:
            self._end(line)
        self._deal()

    def _ended(self, line: ChildLine, late: bool) -> None:
        if line in self._open:
            self._open.remove(line)
        pages = list(line.pages)
        # The child is at the first, and has not begun the others.
        self._waiting.extendleft(reversed(pages[1:]))
        self._end(line, *pages[:1], late=late)
        self._deal()

    def _end(self, line: ChildLine, page: Page | None = None, *, late: bool = False) -> None:
        """End a child; a page that it was at is to blame."""
        self._living.discard(line)
        line.close()
        self._do(self._collect(line, page, late=late))

    async def _collect(self, line: ChildLine, page: Page | None, *, late: bool) -> None:
        code = await self._in_thread(line.child.end)
        if page is None:
            return
        if late:
            reason, error = FailureReason.TIMEOUT, "ChildTimeout"
            detail = f"not read within {self._page_seconds:g} s"
        else:
            reason, error = FailureReason.CRASHED, "ChildDied"
            detail = f"the child process ended with exit code {code}"
        self.troubles[reason] += 1
        _settle(
            page,
            failure_record(page.message, stage="read", reason=reason, error=error, detail=detail),
        )

    async def _start(self) -> None:
        try:
            child = await self._in_thread(self._started)
            line = await ChildLine(child, self._page_seconds, self._answered, self._ended).open()
        except Exception as error:
            while self._waiting:
                self._waiting.popleft().answer.set_exception(error)
            return
        finally:
            self._starting -= 1
        self._living.add(line)
        if self._closed:
            self._end(line)
        else:
            self._open.append(line)
            self._deal()

    def _started(self) -> ChildProcess:
        """A child that is ready. One may be killed as it starts; several in a row are no chance."""
        for _ in range(_START_TRIES - 1):
            with contextlib.suppress(NoChild):
                return ChildProcess(self._options, self._page_memory)
        return ChildProcess(self._options, self._page_memory)

    async def _in_thread(self, step: Callable[[], R]) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._threads, step)

    def _do(self, step: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(step)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _settle(page: Page, record: Record) -> None:
    if not page.answer.done():
        page.answer.set_result(record)
