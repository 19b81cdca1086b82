"""Reads a changelog up to a marker, and restores a shard's state from its own, a partition of
`fold.state`."""

import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import OffsetOutOfRangeError

from service.contract.fold_state import (
    ARTICLE_PREFIX,
    CLOCK_PREFIX,
    IDENTITY_PREFIX,
    MARKER_PREFIX,
    STORY_PREFIX,
    ArticleRecord,
    IdentityRecord,
    PartitionClock,
    StoryRecord,
    check_state_version,
)
from service.contract.record import Record, Topic
from service.contract.serde import load, load_json
from service.fold.state.restore import Restorer
from service.settings import MEBIBYTE, Settings
from service.worker.checkpoint.checkpoint import Position
from service.worker.checkpoint.continuity import ChangelogContinuity, Marker, OtherLog, checksum_of
from service.worker.kafka.clients import client_options
from service.worker.kafka.producers import send_all
from service.worker.kafka.topics import topic_name

_PREFIXES = (ARTICLE_PREFIX, STORY_PREFIX, CLOCK_PREFIX, IDENTITY_PREFIX)

_FETCH_BYTES = 16 * MEBIBYTE

Reading = Callable[[Position | None], AsyncIterator[Sequence[Any]]]
"""Function that reads a log to its marker: from a position, or from the beginning if None."""


async def write_marker(
    producer: AIOKafkaProducer,
    topic: Topic,
    partition: int,
    settings: Settings,
    *,
    transactional: bool,
) -> Marker:
    """Write a marker record to a partition of a changelog, at which the reader of the log stops.

    End offsets are not reliable on every broker; a record of our own is.
    """
    value = uuid.uuid4().hex.encode()
    record = Record(
        topic=topic,
        key=f"{MARKER_PREFIX}{partition}".encode(),
        value=value,
        partition=partition,
    )
    if transactional:
        async with producer.transaction():
            (written,) = await send_all(producer, [record], settings)
    else:
        (written,) = await send_all(producer, [record], settings)
    return Marker(value, written.offset, written.timestamp)


async def read_log(
    topic: Topic,
    partition: int,
    marker: Marker,
    settings: Settings,
    since: Position | None = None,
) -> AsyncIterator[Sequence[Any]]:
    """Read a partition of a changelog up to the marker; committed records only.

    Args:
        since: where an earlier reader ended; None to read from the beginning.

    Yields:
        Batches of consumer records in order, from `since.next_offset` on, without the marker.

    Raises:
        OtherLog: it is not the log that was read up to `since`, or too much of it may be missing.
    """
    continuity = ChangelogContinuity(since, marker)
    consumer = AIOKafkaConsumer(
        **client_options(settings),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="none",
        max_partition_fetch_bytes=_FETCH_BYTES,
    )
    place = TopicPartition(topic_name(topic, settings), partition)
    await consumer.start()
    try:
        consumer.assign([place])
        if since is None:
            await consumer.seek_to_beginning(place)
        else:
            consumer.seek(place, since.offset)
        while True:
            for records in (await consumer.getmany(timeout_ms=1000)).values():
                ends = [place for place, each in enumerate(records) if each.value == marker.value]
                read = records[: ends[0]] if ends else records
                fresh = [record for record in read if continuity.follows(record)]
                if fresh:
                    yield fresh
                if ends:
                    continuity.close()
                    return
    except OffsetOutOfRangeError as error:
        raise OtherLog("the log begins after the checkpoint ends") from error
    finally:
        await consumer.stop()


def enter_records(
    restorer: Restorer, records: Sequence[Any], position: Position | None
) -> Position:
    """Apply records of the changelog, in order.

    Args:
        position: the position before them; None at the beginning of the log.

    Returns:
        The position after them.

    Raises:
        UndecodableValue: a record is not one of ours.
        NewerState: a record was written by a later version.
    """
    start = position or Position(0, -1, "", "", 0)
    offset, key, checksum = start.offset, start.key, start.checksum
    for record in records:
        name = record.key.decode()
        if name.startswith(_PREFIXES):
            enter(restorer, name, record.value)
            offset, key, checksum = record.offset, name, checksum_of(record.value)
    last = records[-1]
    return Position(last.offset + 1, offset, key, checksum, last.timestamp)


def enter(restorer: Restorer, key: str, value: bytes | None) -> None:
    """Apply one record or tombstone."""
    if key.startswith(CLOCK_PREFIX):
        if value is not None:
            check_state_version(load_json(value))
            restorer.put_clock(load(PartitionClock, value))
        return
    if key.startswith(IDENTITY_PREFIX):
        if value is None:
            restorer.delete_identity(key.removeprefix(IDENTITY_PREFIX))
        else:
            check_state_version(load_json(value))
            restorer.put_identity(load(IdentityRecord, value))
        return
    kind = ARTICLE_PREFIX if key.startswith(ARTICLE_PREFIX) else STORY_PREFIX
    name = key.removeprefix(kind)
    if value is None:
        (restorer.delete_article if kind == ARTICLE_PREFIX else restorer.delete_story)(name)
        return
    check_state_version(load_json(value))
    if kind == ARTICLE_PREFIX:
        restorer.put_article(load(ArticleRecord, value))
    else:
        restorer.put_story(load(StoryRecord, value))
