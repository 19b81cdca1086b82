"""READ as a stream step: a bounded window of pages in children, outcomes written in offset order.

A page passes three stations, each in the order of its partition's offsets: it is given to a child;
its outcome is sent; and when the broker has acknowledged that, its offset is. A kill between any
two repeats the page, and the repeat has the same id and bytes.
"""

import asyncio
import time
from typing import Any

from aiokafka import AIOKafkaProducer

from service.events.input_message import InputMessage
from service.events.record import Record
from service.settings import Settings
from service.stream import measure, observe
from service.stream.counts import Counts
from service.stream.dead_letter_limit import DeadLetterLimit, failure_of
from service.stream.fatal import vital
from service.stream.flight import Flight
from service.stream.incoming import input_message
from service.stream.outgoing import fitting
from service.stream.producers import send
from service.stream.sandbox import Sandbox


class Reader:
    """Takes events of `pages.raw` to their outcomes, and counts them."""

    def __init__(
        self, sandbox: Sandbox, producer: AIOKafkaProducer, settings: Settings, counts: Counts
    ) -> None:
        self._counts = counts
        self._limit = DeadLetterLimit("READ", settings)
        self._sandbox = sandbox
        self._producer = producer
        self._settings = settings
        self._flight = Flight(settings.window_pages, settings.window_bytes)
        measure.in_flight(lambda: self._flight.pages, lambda: self._flight.octets)
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
        """Let a page in as soon as there is room; its outcome comes later."""
        octets = len(event.message.value or b"")
        asked = time.perf_counter()
        await self._flight.enter(octets)
        measure.stage_took("window", time.perf_counter() - asked)
        message = input_message(event.message)
        self._read.put_nowait((event, message, observe.read(self._sandbox, message)))

    async def close(self) -> None:
        """Stop; what is in flight is left for the next worker."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _send_outcomes(self) -> None:
        while True:
            event, message, page = await self._read.get()
            record = fitting(await page, message, self._settings)
            self._limit.enter(failure_of(record))
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
