"""READ as a stream step: a bounded window of pages in children, outcomes written in offset order.

A page passes three stations, each in the order of its partition's offsets: it is given to a child;
its outcome is sent; and when the broker has acknowledged that, its offset is. A kill between any
two repeats the page, and the repeat has the same id and bytes.
"""

import asyncio
import logging
from typing import Any

from aiokafka import AIOKafkaProducer

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

logger = logging.getLogger(__name__)


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
        self._read: asyncio.Queue[tuple[Any, asyncio.Task[Record]]] = asyncio.Queue()
        self._sent: asyncio.Queue[tuple[Any, asyncio.Future[Any]]] = asyncio.Queue()
        self._tasks = [
            asyncio.create_task(self._send_outcomes()),
            asyncio.create_task(self._acknowledge()),
        ]
        for task in self._tasks:
            vital(task, "READ cannot write its outcomes")

    async def take(self, event: Any) -> None:
        """Let a page in as soon as there is room; its outcome comes later."""
        with measure.stage("window"):
            await self._flight.enter(len(event.message.value or b""))
        measure.entered(len(event.message.value or b""))
        page = asyncio.create_task(observe.read(self._sandbox, input_message(event.message)))
        self._read.put_nowait((event, page))

    async def close(self) -> None:
        """Stop; what is in flight is left for the next worker."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _send_outcomes(self) -> None:
        while True:
            event, page = await self._read.get()
            record = fitting(await page, input_message(event.message), self._settings)
            self._limit.enter(failure_of(record))
            self._counts.enter_read(record)
            observe.page_read(record)
            self._sent.put_nowait((event, await send(self._producer, record, self._settings)))

    async def _acknowledge(self) -> None:
        while True:
            event, written = await self._sent.get()
            with measure.stage("send"):
                await written
            event.ack()
            measure.written("read", event.message.timestamp)
            measure.left(len(event.message.value or b""))
            await self._flight.leave(len(event.message.value or b""))
