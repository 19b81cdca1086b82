"""Reads output topics like any consumer: committed records only, without a group."""

from collections.abc import AsyncGenerator, Iterable, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaTimeoutError

from service.contract.record import Record, Topic
from service.settings import MEBIBYTE, Settings
from service.worker.kafka.aiokafka_internals import read_any_header_name
from service.worker.kafka.clients import client_options
from service.worker.kafka.reaching import start
from service.worker.kafka.topics import existing_topics, topic_name

_FETCH_BYTES = 16 * MEBIBYTE
_QUIET_MS = 1000
_PATIENCE = 30
"""Empty polls after which reading fails, although the broker says that there is more."""


async def follow(
    topics: Sequence[Topic], settings: Settings, *, from_beginning: bool
) -> AsyncGenerator[Record, None]:
    """Yield the records of topics as they arrive, without end.

    Raises:
        KafkaError: the broker cannot be reached.
    """
    by_name = names_of(topics, settings)
    read_any_header_name(settings)
    consumer = make_consumer(by_name, settings, from_beginning=from_beginning)
    await start(consumer, settings)
    try:
        async for got in consumer:
            yield record_of(got, by_name)
    finally:
        await consumer.stop()


async def read_topics(topics: Sequence[Topic], settings: Settings) -> AsyncGenerator[Record, None]:
    """Yield the records that topics hold now, in order within a partition; a topic that does not
    exist holds none.

    It ends when a poll of a second returns nothing and each partition was read to its end offset.
    The end offset alone does not end it, since some brokers return one that is too small.

    Raises:
        TopicsUnavailable: the broker cannot be reached.
        KafkaError: it does not hand out what it has.
    """
    present = await existing_topics(settings)
    by_name = names_of(topics, settings)
    names = [name for name in by_name if name in present]
    if not names:
        return
    consumer = make_consumer(names, settings, from_beginning=True)
    await start(consumer, settings)
    try:
        partitions = sorted(consumer.assignment())
        ends = await consumer.end_offsets(partitions)
        quiet = 0
        while True:
            batches = await consumer.getmany(timeout_ms=_QUIET_MS)
            for records in batches.values():
                quiet = 0
                for got in records:
                    yield record_of(got, by_name)
            if not batches:
                behind = [each for each in partitions if await consumer.position(each) < ends[each]]
                if not behind:
                    return
                quiet += 1
                if quiet == _PATIENCE:
                    raise KafkaTimeoutError(f"nothing more came from {behind[0].topic}")
    finally:
        await consumer.stop()


def names_of(topics: Sequence[Topic], settings: Settings) -> dict[str, Topic]:
    """Return the topics by their names in this deployment."""
    return {topic_name(topic, settings): topic for topic in topics}


def make_consumer(
    names: Iterable[str], settings: Settings, *, from_beginning: bool
) -> AIOKafkaConsumer:
    """Return a consumer, not started, of whole topics and committed records only."""
    return AIOKafkaConsumer(
        *names,
        **client_options(settings),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest" if from_beginning else "latest",
        max_partition_fetch_bytes=_FETCH_BYTES,
    )


def record_of(got: Any, by_name: dict[str, Topic]) -> Record:
    """Return aiokafka's consumer record as ours."""
    return Record(
        topic=by_name[got.topic],
        key=got.key,
        value=got.value,
        headers=tuple(got.headers),
        partition=got.partition,
        timestamp=got.timestamp,
    )
