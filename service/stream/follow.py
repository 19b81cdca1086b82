"""Reading output topics as any consumer would: committed records only, without a group."""

from collections.abc import AsyncGenerator, Sequence

from aiokafka import AIOKafkaConsumer

from service.events.record import Record
from service.events.topics import Topic
from service.settings import MEBIBYTE, Settings
from service.stream.connection import client_options
from service.stream.header_names import read_any_header_name
from service.stream.topic_specs import topic_name

_FETCH_BYTES = 16 * MEBIBYTE


async def follow(
    topics: Sequence[Topic], settings: Settings, *, from_beginning: bool
) -> AsyncGenerator[Record, None]:
    """Yield the records of topics as they come, without end.

    Raises:
        KafkaError: the broker cannot be reached.
    """
    by_name = {topic_name(topic, settings): topic for topic in topics}
    read_any_header_name()
    consumer = AIOKafkaConsumer(
        *by_name,
        **client_options(settings),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest" if from_beginning else "latest",
        max_partition_fetch_bytes=_FETCH_BYTES,
    )
    await consumer.start()
    try:
        async for got in consumer:
            yield Record(
                topic=by_name[got.topic],
                key=got.key,
                value=got.value,
                headers=tuple(got.headers),
                partition=got.partition,
                timestamp=got.timestamp,
            )
    finally:
        await consumer.stop()
