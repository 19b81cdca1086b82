"""Reading a shard's memory back from its partition of `fold.state`."""

import uuid
from collections.abc import AsyncIterator, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import OffsetOutOfRangeError

from service.events.fold_record import (
    ARTICLE_PREFIX,
    MARKER_PREFIX,
    STORY_PREFIX,
    ArticleRecord,
    StoryRecord,
    check_state_version,
)
from service.events.record import Record
from service.events.serde import load, load_json
from service.events.topics import Topic
from service.settings import MEBIBYTE, Settings
from service.story.takeover import Takeover
from service.stream.connection import client_options
from service.stream.log_seam import Marker, OtherLog, Seam, checksum_of
from service.stream.producers import send_all
from service.stream.shard_folder import Position
from service.stream.topic_specs import topic_name

_FETCH_BYTES = 16 * MEBIBYTE


async def write_marker(
    producer: AIOKafkaProducer, shard: int, settings: Settings, *, transactional: bool
) -> Marker:
    """Write a record that tells the reader where it may stop.

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
            (written,) = await send_all(producer, [record], settings)
    else:
        (written,) = await send_all(producer, [record], settings)
    return Marker(value, written.offset, written.timestamp)


async def read_log(
    shard: int, marker: Marker, settings: Settings, since: Position | None = None
) -> AsyncIterator[Sequence[Any]]:
    """Read a shard's partition to the marker; only what was committed.

    Args:
        since: where an earlier reader ended; from the beginning if not said.

    Yields:
        Consumer records in their order, those from `since.next_offset` on, without the marker.

    Raises:
        OtherLog: it is not the log that was read up to `since`, or too much of it may be gone.
    """
    seam = Seam(since, marker)
    consumer = AIOKafkaConsumer(
        **client_options(settings),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="none",
        max_partition_fetch_bytes=_FETCH_BYTES,
    )
    partition = TopicPartition(topic_name(Topic.FOLD_STATE, settings), shard)
    await consumer.start()
    try:
        consumer.assign([partition])
        if since is None:
            await consumer.seek_to_beginning(partition)
        else:
            consumer.seek(partition, since.offset)
        while True:
            for records in (await consumer.getmany(timeout_ms=1000)).values():
                ends = [place for place, each in enumerate(records) if each.value == marker.value]
                read = records[: ends[0]] if ends else records
                fresh = [record for record in read if seam.follows(record)]
                if fresh:
                    yield fresh
                if ends:
                    seam.close()
                    return
    except OffsetOutOfRangeError as error:
        raise OtherLog("the log begins after the folder ends") from error
    finally:
        await consumer.stop()


def enter_records(takeover: Takeover, records: Sequence[Any], marked: Position | None) -> Position:
    """Take records of the log over, in their order.

    Args:
        marked: the position before them.

    Returns:
        The position after them.

    Raises:
        UndecodableValue: one is none of ours.
        NewerState: one was written by a later version.
    """
    position = marked or Position(0, -1, "", "", 0)
    offset, key, checksum = position.offset, position.key, position.checksum
    for record in records:
        name = record.key.decode()
        if name.startswith((ARTICLE_PREFIX, STORY_PREFIX)):
            enter(takeover, name, record.value)
            offset, key, checksum = record.offset, name, checksum_of(record.value)
    last = records[-1]
    return Position(last.offset + 1, offset, key, checksum, last.timestamp)


def enter(takeover: Takeover, key: str, value: bytes | None) -> None:
    """Take one record of an article or a story over, or what says that it is to be forgotten."""
    kind = ARTICLE_PREFIX if key.startswith(ARTICLE_PREFIX) else STORY_PREFIX
    name = key.removeprefix(kind)
    if value is None:
        (takeover.forget_article if kind == ARTICLE_PREFIX else takeover.forget_story)(name)
        return
    check_state_version(load_json(value))
    if kind == ARTICLE_PREFIX:
        takeover.enter_article(load(ArticleRecord, value))
    else:
        takeover.enter_story(load(StoryRecord, value))
