"""Reading output topics once, from their beginning to where they end now, without a group."""

from collections.abc import AsyncGenerator, Sequence

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaTimeoutError

from service.events.record import Record
from service.events.topics import Topic
from service.settings import MEBIBYTE, Settings
from service.stream.connection import client_options
from service.stream.topic_specs import existing_topics, topic_name

_FETCH_BYTES = 16 * MEBIBYTE
_QUIET_MS = 1000
_PATIENCE = 30
"""Quiet rounds after which a broker that has more, by its own word, is given up."""


async def read_topics(topics: Sequence[Topic], settings: Settings) -> AsyncGenerator[Record, None]:
    """Yield the committed records of topics, in order within a partition; none of a topic that does
    not exist.

    It ends where nothing comes for a second and each partition was read to its end offset; a broker
    may name one that is too small, so that alone does not end it.

    Raises:
        TopicsUnavailable: the broker cannot be reached.
        KafkaError: it does not hand out what it has.
    """
    present = await existing_topics(settings)
    by_name = {topic_name(topic, settings): topic for topic in topics}
    names = [name for name in by_name if name in present]
    if not names:
        return
    consumer = AIOKafkaConsumer(
        *names,
        **client_options(settings),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=_FETCH_BYTES,
    )
    await consumer.start()
    try:
        partitions = sorted(consumer.assignment())
        ends = await consumer.end_offsets(partitions)
        quiet = 0
        while True:
            batches = await consumer.getmany(timeout_ms=_QUIET_MS)
            for records in batches.values():
                quiet = 0
                for got in records:
                    yield Record(
                        topic=by_name[got.topic],
                        key=got.key,
                        value=got.value,
                        headers=tuple(got.headers),
                        partition=got.partition,
                        timestamp=got.timestamp,
                    )
            if not batches:
                behind = [each for each in partitions if await consumer.position(each) < ends[each]]
                if not behind:
                    return
                quiet += 1
                if quiet == _PATIENCE:
                    raise KafkaTimeoutError(f"nothing more came from {behind[0].topic}")
    finally:
        await consumer.stop()
