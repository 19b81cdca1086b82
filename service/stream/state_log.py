"""Reading a shard's memory back from its partition of `fold.state`."""

import uuid
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from service.events.fold_record import (
    ARTICLE_PREFIX,
    MARKER_PREFIX,
    STORY_PREFIX,
    ArticleRecord,
    StoryRecord,
)
from service.events.record import Record
from service.events.serde import load
from service.events.topics import Topic
from service.settings import MEBIBYTE, Settings
from service.stream.connection import client_options
from service.stream.producers import send_all
from service.stream.topic_specs import topic_name

_FETCH_BYTES = 16 * MEBIBYTE


@dataclass(slots=True)
class ShardLog:
    """The newest value of each key of one partition of `fold.state`."""

    articles: dict[str, bytes] = field(default_factory=dict)
    stories: dict[str, bytes] = field(default_factory=dict)

    def enter(self, key: str, value: bytes | None) -> None:
        """Take the next record."""
        held = self.articles if key.startswith(ARTICLE_PREFIX) else self.stories
        if value is None:
            held.pop(key, None)
        elif key.startswith((ARTICLE_PREFIX, STORY_PREFIX)):
            held[key] = value

    def parse(self) -> tuple[list[ArticleRecord], list[StoryRecord]]:
        """The records themselves.

        Raises:
            UndecodableValue: one is none of ours.
        """
        return (
            [load(ArticleRecord, value) for value in self.articles.values()],
            [load(StoryRecord, value) for value in self.stories.values()],
        )


async def write_marker(
    producer: AIOKafkaProducer, shard: int, settings: Settings, *, transactional: bool
) -> bytes:
    """Write a record that tells the reader where it may stop; returns its value.

    End offsets cannot be trusted on every broker, one's own record can.
    """
    value = uuid.uuid4().hex.encode()
    record = Record(
        topic=Topic.FOLD_STATE,
        key=f"{MARKER_PREFIX}{shard}".encode(),
        value=value,
        partition=shard,
    )
    if transactional:
        async with producer.transaction():
            await send_all(producer, [record], settings)
    else:
        await send_all(producer, [record], settings)
    return value


async def read_log(shard: int, marker: bytes, settings: Settings) -> ShardLog:
    """Read a shard's partition from its beginning to the marker; only what was committed."""
    consumer = AIOKafkaConsumer(
        **client_options(settings),
        isolation_level="read_committed",
        enable_auto_commit=False,
        max_partition_fetch_bytes=_FETCH_BYTES,
    )
    partition = TopicPartition(topic_name(Topic.FOLD_STATE, settings), shard)
    log = ShardLog()
    await consumer.start()
    try:
        consumer.assign([partition])
        await consumer.seek_to_beginning(partition)
        while True:
            for records in (await consumer.getmany(timeout_ms=1000)).values():
                for record in records:
                    if record.value == marker:
                        return log
                    log.enter(record.key.decode(), record.value)
    finally:
        await consumer.stop()
