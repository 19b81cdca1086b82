"""The pool of killable children that READ runs in: a page may break one, never the worker."""

import asyncio
import multiprocessing
import os
from collections import Counter
from concurrent.futures import TimeoutError as PageTimeout

from pebble import ProcessExpired, ProcessPool

from service.events.failure import failure_record
from service.events.input_message import InputMessage
from service.events.outcome import FailureReason
from service.events.record import Record
from service.read import ReadOptions
from service.stream import child

_FORKED_WITH = ["service.stream.child"]


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
        self._page_seconds = page_seconds
        # Each child is one core's worth; a linear algebra library would start threads for more.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_FORKED_WITH)
        self._pool = ProcessPool(
            max_workers=children,
            max_tasks=pages_per_child,
            initializer=child.prepare,
            initargs=(options, page_memory),
            context=context,
        )

    async def read(self, message: InputMessage) -> Record:
        """Read one page. A page that breaks its child becomes a failure record.

        Raises:
            RuntimeError: the pool itself is broken.
        """
        future = self._pool.schedule(
            child.read_page_record, args=(message,), timeout=self._page_seconds
        )
        try:
            record: Record = await asyncio.wrap_future(future)
        except PageTimeout as error:
            detail = f"not read within {self._page_seconds:g} s"
            return self._failed(message, FailureReason.TIMEOUT, error, detail)
        except ProcessExpired as error:
            detail = f"the child process ended with exit code {error.exitcode}"
            return self._failed(message, FailureReason.CRASHED, error, detail)
        except MemoryError as error:
            detail = "the page needs more memory than a page may have"
            return self._failed(message, FailureReason.OUT_OF_MEMORY, error, detail)
        return record

    def close(self) -> None:
        """End the children; pages still in them are given up."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def _failed(
        self, message: InputMessage, reason: FailureReason, error: BaseException, detail: str
    ) -> Record:
        self.troubles[reason] += 1
        return failure_record(
            message, stage="read", reason=reason, error=type(error).__name__, detail=detail
        )
