"""Reads a stretch of one partition, and finds a record again in another cluster's copy of the log.

A copy keeps the order of a partition and each record's timestamp. It does not keep offsets: the
markers that end transactions are not copied, and a copy may begin after the log did. So a place in
a log is known by the record before it.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import xxhash
from aiokafka import AIOKafkaConsumer, OffsetAndMetadata, TopicPartition

from service.contract.identity import enter_record
from service.contract.record import Topic
from service.settings import MEBIBYTE, Settings
from service.worker.kafka.clients import client_options
from service.worker.kafka.reaching import start
from service.worker.kafka.topics import topic_name

_FETCH_BYTES = 16 * MEBIBYTE
_WAIT_MS = 1000
_FETCH_WAIT_MS = 10
"""How long the broker may hold a fetch back. Other questions wait behind it, and there are several
for each partition."""
_BACK = (16, 1024)
"""How many offsets before a place its last record is looked for, before the whole log is: the
markers that end transactions take offsets too."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """The last record before a place in a log.

    Attributes:
        timestamp: of the record, milliseconds since the epoch.
        checksum: of its key, value, headers and timestamp (XXH3, 128 bits, in hex).
    """

    timestamp: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a copy of a log.

    Attributes:
        offset: of the first record after the mark.
        behind: True if the copy has no record as late as the mark, so that it ends before it.
        gone: True if the copy begins after the mark: records may be missing in between.
    """

    offset: int
    behind: bool = False
    gone: bool = False


class OtherLog(RuntimeError):
    """The log has records from before and after the mark, but not the mark itself."""


class LogReader:
    """Reads committed records, and reads and commits the offsets of groups without joining them."""

    def __init__(self, consumer: AIOKafkaConsumer, members: Mapping[str, AIOKafkaConsumer]) -> None:
        """Start with clients that run.

        Args:
            members: by name of a topic, a client of the group that consumes it.
        """
        self._consumer = consumer
        self._members = members

    async def committed(self, place: TopicPartition) -> int | None:
        """Return the offset that the topic's group has committed; None if it has none."""
        offset: int | None = await self._members[place.topic].committed(place)
        return offset

    async def commit(self, places: Mapping[TopicPartition, int]) -> None:
        """Commit offsets, each for its topic's group."""
        for topic, member in self._members.items():
            own = {place: offset for place, offset in places.items() if place.topic == topic}
            if own:
                member.assign(list(own))
                await member.commit({each: OffsetAndMetadata(at, "") for each, at in own.items()})

    async def bounds(self, place: TopicPartition) -> tuple[int, int]:
        """Return the first offset of a partition and the one after its last committed record."""
        begin = await self._consumer.beginning_offsets([place])
        end = await self._consumer.end_offsets([place])
        return begin[place], end[place]

    async def read(self, place: TopicPartition, first: int, end: int) -> AsyncGenerator[Any, None]:
        """Yield the records of a partition from offset `first` on, before offset `end`."""
        self._consumer.assign([place])
        self._consumer.seek(place, first)
        while await self._consumer.position(place) < end:
            got = await self._consumer.getmany(timeout_ms=_WAIT_MS)
            for record in got.get(place, ()):
                if record.offset >= end:
                    return
                yield record

    async def mark_before(self, place: TopicPartition, offset: int) -> Landmark | None:
        """Return the mark of a place; None if the log has no record before it."""
        begin, end = await self.bounds(place)
        for first in [*(offset - back for back in _BACK), begin]:
            last = None
            async with aclosing(self.read(place, max(begin, first), min(offset, end))) as records:
                async for record in records:
                    last = record
            if last is not None:
                return mark_of(last)
        return None

    async def find(self, place: TopicPartition, mark: Landmark) -> Found:
        """Return the place after a mark in a copy of the log, searched from its timestamp on.

        Raises:
            OtherLog: it is no copy of that log.
        """
        begin, end = await self.bounds(place)
        first = await self.first_since(place, mark.timestamp)
        if first is None:
            return Found(end, behind=True)
        async with aclosing(self.read(place, first, end)) as records:
            async for record in records:
                if mark_of(record) == mark:
                    return Found(record.offset + 1)
        if first == await self.first_since(place, 0):
            return Found(begin, gone=True)
        raise OtherLog(f"{place.topic}, partition {place.partition}")

    async def first_since(self, place: TopicPartition, timestamp: int) -> int | None:
        """Return the offset of the first record with this timestamp or a later one; None if there
        is none."""
        found = (await self._consumer.offsets_for_times({place: timestamp}))[place]
        if found is None:
            return None
        _, end = await self.bounds(place)
        # The markers that end transactions have timestamps too, and they are no records.
        async with aclosing(self.read(place, found.offset, end)) as records:
            async for record in records:
                return int(record.offset)
        return None


def mark_of(record: Any) -> Landmark:
    """Return the mark of the place after a consumer record."""
    state = xxhash.xxh3_128()
    enter_record(state, (b"%d" % record.timestamp, record.key, record.value), record.headers)
    return Landmark(record.timestamp, state.hexdigest())


@asynccontextmanager
async def log_reader(settings: Settings, read_group: str | None = None) -> AsyncIterator[LogReader]:
    """Open a reader.

    Args:
        read_group: the group of READ; None if it is that of the settings, which is FOLD's.

    Raises on entering:
        KafkaError: the broker cannot be reached.
    """
    consumer = AIOKafkaConsumer(
        **client_options(settings),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=_FETCH_BYTES,
        fetch_max_wait_ms=_FETCH_WAIT_MS,
    )
    groups = {Topic.RAW: read_group or settings.group, Topic.EXTRACTED: settings.group}
    # Apart: aiokafka's coordinator does not stand assignments that change under it.
    members = {
        topic_name(topic, settings): AIOKafkaConsumer(
            **client_options(settings), group_id=group, enable_auto_commit=False
        )
        for topic, group in groups.items()
    }
    async with AsyncExitStack() as stack:
        for client in (consumer, *members.values()):
            await start(client, settings)
            stack.push_async_callback(client.stop)
        yield LogReader(consumer, members)
