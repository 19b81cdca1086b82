"""Watching outcomes come in while a round runs: when each page had its first one."""

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing

from service.contract.record import Record
from service.worker.kafka.output_topics import follow
from tests.faults.ledger import number_of
from tests.worker.deployment import Deployment
from tests.worker.topics_reader import OUTCOMES


class Watch:
    """A reader of committed outcomes beside the round; `times` (monotonic seconds) by number."""

    def __init__(self, deployment: Deployment) -> None:
        self.times: dict[int, float] = {}
        self._came = asyncio.Condition()
        self._task = asyncio.create_task(self._read(deployment))

    async def wait_for(self, enough: Callable[[], bool], patience: float) -> None:
        """Wait until there is enough.

        Raises:
            TimeoutError: it did not come in `patience` seconds.
        """
        async with asyncio.timeout(patience), self._came:
            await self._came.wait_for(lambda: enough() or self._task.done())
        if self._task.done():
            await self._task

    async def close(self) -> None:
        """Stop reading."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _read(self, deployment: Deployment) -> None:
        records = follow(OUTCOMES, deployment.settings, from_beginning=True)
        async with aclosing(records):
            async for record in records:
                trace = trace_of(record)
                if trace is not None:
                    self.times.setdefault(number_of(trace), time.monotonic())
                    async with self._came:
                        self._came.notify_all()


def trace_of(record: Record) -> str | None:
    """The traceparent of a record; None for one that is no outcome of a ledger's page."""
    return next((v.decode() for k, v in record.headers if k == "traceparent"), None)
