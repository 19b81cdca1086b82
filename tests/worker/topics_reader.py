"""What stands in the output topics: read from the beginning, as any consumer may."""

import asyncio
import json
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from service.contract.outcome import ERROR_PREFIX
from service.contract.record import Topic
from service.worker.kafka.topics import topic_name, topic_specs
from tests.worker.deployment import Deployment

PATIENCE = 120.0
OUTCOMES = (Topic.ARTICLES, Topic.REJECTED, Topic.FAILED)

_MARKER = b"test-marker-"


@dataclass(frozen=True)
class Seen:
    """One record of an output topic."""

    topic: Topic
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    timestamp: int

    @cached_property
    def json(self) -> Any:
        return json.loads(self.value or b"null")

    def header(self, name: str) -> str | None:
        """The first header of this name, as text."""
        return next((value.decode() for key, value in self.headers if key == name), None)

    @property
    def is_outcome(self) -> bool:
        """Whether it is what became of a page; not an event that takes an earlier one's down."""
        return self.topic in OUTCOMES and not (self.topic is Topic.ARTICLES and self._is_takedown)

    @property
    def _is_takedown(self) -> bool:
        return not self.json["bodies"]

    @property
    def id(self) -> str | None:
        return self.header("ce_id")

    @property
    def reason(self) -> str | None:
        return self.header("copydesk-reason")

    @property
    def source(self) -> tuple[int, int]:
        """Of a failed page: where it stood in `pages.raw`."""
        partition = self.header(ERROR_PREFIX + "partition")
        offset = self.header(ERROR_PREFIX + "offset")
        assert partition is not None
        assert offset is not None
        return int(partition), int(offset)

    @cached_property
    def url(self) -> str | None:
        """Of the page whose outcome this is."""
        if self.topic is Topic.ARTICLES:
            return str(self.json["copydesk"]["page"]["url"])
        if self.topic is Topic.REJECTED:
            url = self.json.get("url")
            return None if url is None else str(url)
        return self.key.decode() if self.key else None


async def read_until(
    deployment: Deployment,
    enough: Callable[[list[Seen]], bool],
    topics: Sequence[Topic] = OUTCOMES,
    isolation: str = "read_committed",
    patience: float = PATIENCE,
) -> list[Seen]:
    """Read from the beginning until there is enough.

    Raises:
        AssertionError: it did not come in `patience` seconds; says what came.
    """
    seen: list[Seen] = []
    if enough(seen):
        return seen
    try:
        async with asyncio.timeout(patience):
            async for record in _records(deployment, topics, isolation):
                if not _is_marker(record):
                    seen.append(record)
                if enough(seen):
                    return seen
    except TimeoutError:
        pass
    counts = Counter(record.topic.value for record in seen)
    raise AssertionError(f"not enough in {patience} s: {dict(counts)}")


async def read_outcomes(deployment: Deployment, count: int) -> list[Seen]:
    """Read until there are this many outcomes; only them."""

    def enough(seen: list[Seen]) -> bool:
        return sum(record.is_outcome for record in seen) >= count

    seen = await read_until(deployment, enough)
    return [record for record in seen if record.is_outcome]


async def read_all(
    deployment: Deployment,
    topics: Iterable[Topic] = OUTCOMES,
    isolation: str = "read_committed",
) -> list[Seen]:
    """Read all that was written up to now, in the order of topics, partitions and offsets.

    End offsets cannot be trusted on every broker, so a record is written to each partition first,
    and each is read up to it.
    """
    wanted = tuple(topics)
    marker = _MARKER + uuid.uuid4().hex.encode()
    partitions = await _mark(deployment, wanted, marker)
    seen: list[Seen] = []
    met = 0
    async with asyncio.timeout(PATIENCE):
        async for record in _records(deployment, wanted, isolation):
            if record.value == marker:
                met += 1
                if met == partitions:
                    return sorted(seen, key=lambda each: (each.topic, each.partition, each.offset))
            elif not _is_marker(record):
                seen.append(record)
    raise AssertionError("the reader ended")


def _is_marker(record: Seen) -> bool:
    """Whether a reader of the test wrote it."""
    return record.key is not None and record.key.startswith(_MARKER)


async def _mark(deployment: Deployment, topics: Sequence[Topic], marker: bytes) -> int:
    settings = deployment.settings
    producer = AIOKafkaProducer(bootstrap_servers=settings.brokers, acks="all")
    await producer.start()
    specs = [spec for spec in topic_specs(settings) if spec.topic in topics]
    try:
        for spec in specs:
            for partition in range(spec.partitions):
                await producer.send_and_wait(spec.name, marker, marker, partition=partition)
    finally:
        await producer.stop()
    return sum(spec.partitions for spec in specs)


async def _records(
    deployment: Deployment, topics: Sequence[Topic], isolation: str
) -> AsyncIterator[Seen]:
    settings = deployment.settings
    by_name = {topic_name(topic, settings): topic for topic in topics}
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.brokers,
        isolation_level=isolation,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=settings.largest_message,
    )
    await consumer.start()
    try:
        consumer.assign(
            [
                TopicPartition(spec.name, partition)
                for spec in topic_specs(settings)
                if spec.topic in topics
                for partition in range(spec.partitions)
            ]
        )
        async for got in consumer:
            yield Seen(
                topic=by_name[got.topic],
                partition=got.partition,
                offset=got.offset,
                key=got.key,
                value=got.value,
                headers=got.headers,
                timestamp=got.timestamp,
            )
    finally:
        await consumer.stop()
