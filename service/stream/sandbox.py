"""The pool of killable children that READ runs in: a page may break one, never the worker."""

import asyncio
import contextlib
import queue
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from service.events.failure import failure_record
from service.events.input_message import InputMessage
from service.events.outcome import FailureReason
from service.events.record import Record
from service.read import ReadOptions
from service.stream import measure
from service.stream.child_process import ChildDied, ChildProcess, ChildTimeout, NoChild

_START_TRIES = 3


class Sandbox:
    """Reads pages in child processes, each under limits of time and memory, replaced now and then.

    `troubles` counts pages by what they did to their child.
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
        self._page_seconds = page_seconds
        self._page_memory = page_memory
        self._pages_per_child = pages_per_child
        self._threads = ThreadPoolExecutor(children, thread_name_prefix="child")
        self._idle: queue.SimpleQueue[ChildProcess] = queue.SimpleQueue()
        self._living: set[ChildProcess] = set()
        self._closed = False
        self._starting = 0
        self._changing = threading.Lock()

    async def read(self, message: InputMessage) -> Record:
        """Read one page. A page that breaks its child becomes a failure record.

        Raises:
            RuntimeError: no child can be had.
        """
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, self._read, message)
        except ChildTimeout as error:
            detail = f"not read within {self._page_seconds:g} s"
            return self._failed(message, FailureReason.TIMEOUT, error, detail)
        except ChildDied as error:
            return self._failed(message, FailureReason.CRASHED, error, str(error))

    def close(self) -> None:
        """End the children; pages still in them are given up."""
        with self._changing:
            self._closed = True
            living = list(self._living)
        for child in living:
            child.end()
        self._threads.shutdown(cancel_futures=True)

    def _read(self, message: InputMessage) -> Record:
        """In one of as many threads as there may be children."""
        try:
            return self._read_in(self._idle_child(), message)
        except ChildDied as error:
            if not error.idle:
                raise
        # It had ended before it saw the page: something else did that.
        return self._read_in(self._new_child(), message)

    def _read_in(self, child: ChildProcess, message: InputMessage) -> Record:
        try:
            with measure.stage("read"):
                record = child.read(message, self._page_seconds)
        except (ChildDied, ChildTimeout):
            self._forget(child)
            raise
        if child.pages < self._pages_per_child:
            self._idle.put(child)
        else:
            child.end()
            self._forget(child)
        return record

    def _idle_child(self) -> ChildProcess:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return self._new_child()

    @property
    def is_starting(self) -> bool:
        """Whether a page waits for a child that is being started, which may take long."""
        return self._starting > 0

    def _new_child(self) -> ChildProcess:
        with self._changing:
            self._starting += 1
        try:
            child = self._started()
        finally:
            with self._changing:
                self._starting -= 1
        with self._changing:
            if not self._closed:
                self._living.add(child)
                return child
        child.end()
        raise RuntimeError("the sandbox is closed")

    def _started(self) -> ChildProcess:
        """A child that is ready. One may be killed as it starts; several in a row are no chance."""
        for _ in range(_START_TRIES - 1):
            with contextlib.suppress(NoChild):
                return ChildProcess(self._options, self._page_memory)
        return ChildProcess(self._options, self._page_memory)

    def _forget(self, child: ChildProcess) -> None:
        with self._changing:
            self._living.discard(child)

    def _failed(
        self, message: InputMessage, reason: FailureReason, error: BaseException, detail: str
    ) -> Record:
        self.troubles[reason] += 1
        return failure_record(
            message, stage="read", reason=reason, error=type(error).__name__, detail=detail
        )
