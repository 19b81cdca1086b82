"""Feeding a ledger into `pages.raw`, steadily or at once, and remembering where and when."""

import asyncio
import time
from collections.abc import Iterable

from aiokafka import AIOKafkaProducer

from service.contract.record import Topic
from service.worker.kafka.topics import topic_name
from tests.faults.ledger import Entry
from tests.worker.deployment import Deployment

_PATIENCE_MS = 120_000
"""How long a broker may be away before a page counts as not fed."""

_AT_ONCE = 200
_UNBOUNDED = 2**31 - 1
"""The broker says what is too large, after compression, as it does to most crawlers."""


class PageFeed:
    """What was fed: `entries` in their order, `positions` (partition, offset) and `times`
    (monotonic seconds) by number."""

    def __init__(self, deployment: Deployment) -> None:
        self.entries: list[Entry] = []
        self.positions: dict[int, tuple[int, int]] = {}
        self.times: dict[int, float] = {}
        self._deployment = deployment

    def move_to(self, deployment: Deployment) -> None:
        """Feed what follows to another cluster."""
        self._deployment = deployment

    async def feed(self, entries: Iterable[Entry], rate: float | None = None) -> None:
        """Write entries in their order; returns when the broker has all.

        Args:
            rate: pages a second, at most; as fast as the broker takes them where None.

        A broker that goes away for a while makes the feed wait; where it has no idempotent
        producers that may write a page twice, so there the feed is never disturbed.
        """
        settings = self._deployment.settings
        producer = AIOKafkaProducer(
            bootstrap_servers=settings.brokers,
            acks="all",
            enable_idempotence=self._deployment.broker.transactions,
            compression_type="zstd",
            max_request_size=_UNBOUNDED,
            request_timeout_ms=_PATIENCE_MS,
        )
        await producer.start()
        try:
            begun = time.monotonic()
            flying: list[tuple[Entry, asyncio.Future[object]]] = []
            for count, entry in enumerate(entries):
                if rate is not None:
                    await asyncio.sleep(begun + count / rate - time.monotonic())
                flying.append((entry, await self._send(producer, entry)))
                if len(flying) >= _AT_ONCE:
                    await self._land(flying)
            await self._land(flying)
        finally:
            await producer.stop()

    async def _send(self, producer: AIOKafkaProducer, entry: Entry) -> "asyncio.Future[object]":
        fed = entry.fed
        self.entries.append(entry)
        self.times[entry.number] = time.monotonic()
        sent: asyncio.Future[object] = await producer.send(
            topic_name(Topic.RAW, self._deployment.settings),
            fed.value,
            fed.key,
            partition=fed.partition,
            timestamp_ms=fed.timestamp,
            headers=list(fed.headers),
        )
        return sent

    async def _land(self, flying: list[tuple[Entry, "asyncio.Future[object]"]]) -> None:
        for entry, sent in flying:
            written = await sent
            self.positions[entry.number] = (written.partition, written.offset)  # type: ignore[attr-defined]
        flying.clear()
