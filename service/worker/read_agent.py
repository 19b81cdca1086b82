"""Checks that READ's outcome fits its topic; if not, the page becomes a dead letter.

The check comes before sending: once the broker has refused a producer's batch for good, the
producer is unusable for that partition, and the page would be read again after every restart.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from aiokafka import AIOKafkaProducer

from service.contract.outcome import FailureReason, failure_record
from service.contract.record import InputMessage, Record, Topic
from service.sandbox.pool import Sandbox
from service.settings import Settings
from service.worker.dead_letters.failure import failure_of
from service.worker.dead_letters.halt import FailureGate, Halts
from service.worker.health.exit import vital
from service.worker.in_flight import InFlightWindow
from service.worker.kafka.incoming import input_message
from service.worker.kafka.producers import send
from service.worker.observe import measure, observe
from service.worker.observe.counts import Counts

_OVERHEAD = 1024
"""Most bytes that a batch of one record adds to what `size_of` counts."""


def fitting(record: Record, message: InputMessage, settings: Settings) -> Record:
    """Return the record, or the dead letter of its input if the topic may refuse the record.

    A dead letter always passes: its topic has room for every input that `pages.raw` accepted.
    """
    if record.topic is Topic.FAILED:
        return record
    size = size_of(record) + _OVERHEAD
    if size <= settings.largest_message:
        return record
    detail = f"{size} bytes for {record.topic}, which takes {settings.largest_message}"
    return failure_record(
        message,
        stage="read",
        reason=FailureReason.OUTPUT_TOO_LARGE,
        error="OutputTooLarge",
        detail=detail,
    )


def size_of(record: Record) -> int:
    """Return the bytes of key, value and headers, not compressed."""
    headers = sum(len(name) + len(value or b"") for name, value in record.headers)
    return len(record.key or b"") + len(record.value or b"") + headers


class ReadAgent:
    """Turns events of `pages.raw` into outcomes, and counts them."""

    def __init__(
        self,
        sandbox: Sandbox,
        producer: AIOKafkaProducer,
        settings: Settings,
        counts: Counts,
        *,
        halts: Halts,
        is_current: Callable[[Any], bool],
        abandon: Callable[[Any], None],
    ) -> None:
        """Start the tasks that write outcomes.

        Args:
            is_current: false for an event whose partition was assigned anew since it was taken.
            abandon: called with each such event; the partition's next reader has its page again.
        """
        self._counts = counts
        self._gate = FailureGate("read", "READ", settings, halts)
        self._is_current = is_current
        self._abandon = abandon
        self._sandbox = sandbox
        self._producer = producer
        self._settings = settings
        self._flight = InFlightWindow(settings.window_pages, settings.window_bytes)
        measure.in_flight(lambda: self._flight.pages, lambda: self._flight.size)
        self._read: asyncio.Queue[tuple[Any, InputMessage, asyncio.Future[Record]]]
        self._read = asyncio.Queue()
        self._sent: asyncio.Queue[tuple[Any, asyncio.Future[Any], float]] = asyncio.Queue()
        self._tasks = [
            asyncio.create_task(self._send_outcomes()),
            asyncio.create_task(self._acknowledge()),
        ]
        for task in self._tasks:
            vital(task, "READ cannot write its outcomes")

    async def take(self, event: Any) -> None:
        """Admit a page as soon as there is room; its outcome is written later."""
        size = len(event.message.value or b"")
        asked = time.perf_counter()
        await self._flight.enter(size)
        measure.stage_took("window", time.perf_counter() - asked)
        message = input_message(event.message)
        self._read.put_nowait((event, message, observe.read(self._sandbox, message)))

    @property
    def is_full(self) -> bool:
        """True if a page waits for room among those in flight."""
        return self._flight.is_full

    async def close(self) -> None:
        """Stop; pages in flight are left to the next worker."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _send_outcomes(self) -> None:
        while True:
            event, message, page = await self._read.get()
            record = fitting(await page, message, self._settings)
            await self._gate.enter(failure_of(record))
            if not self._is_current(event):
                # Faust waited for no page during a halt, or a rebalance began while it stopped. The
                # page is read again, here or elsewhere, and Faust must not wait for this one.
                self._abandon(event)
                self._flight.leave(len(event.message.value or b""))
                continue
            self._counts.enter_read(record)
            observe.page_read(record)
            written = await send(self._producer, record, self._settings)
            self._sent.put_nowait((event, written, time.perf_counter()))

    async def _acknowledge(self) -> None:
        while True:
            event, written, sent = await self._sent.get()
            await written
            event.ack()
            self._flight.leave(len(event.message.value or b""))
            measure.stage_took("send", time.perf_counter() - sent)
            measure.written("read", event.message.timestamp)
