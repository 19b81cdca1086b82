"""Reads the output topics from the read model's own positions, for as long as the desk is up."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError, OffsetOutOfRangeError

from service.desk.arrived import Arrived
from service.desk.bell import Bell
from service.desk.enter import ENTER, Change, change_number, enter_batch, positions
from service.desk.forget import forget_hours
from service.desk.read_model import ReadModel, clear
from service.desk.reading import Reading
from service.events.topics import Topic
from service.settings import MEBIBYTE, Settings
from service.stream.connection import client_options
from service.stream.topic_specs import topic_name

log = logging.getLogger(__name__)

_BATCH = 500
_POLL_MS = 500
_LOOK_SECONDS = 15.0
"""How often topics and partitions are looked for that were not there."""

_LOOKS_A_CLEANING = 240
_RETRY_SECONDS = 3.0
_FETCH_BYTES = 4 * MEBIBYTE


class TopicReader:
    """One consumer without a group. Reading is at-least-once, entering is idempotent, and
    positions are kept with the rows: so the read model holds each event once."""

    def __init__(self, model: ReadModel, settings: Settings, bell: Bell, keep: int) -> None:
        self._model = model
        self._settings = settings
        self._bell = bell
        self._keep = keep
        self._topics = {topic_name(topic, settings): topic for topic in ENTER}
        self.reading = Reading(settings.brokers)

    async def run(self) -> None:
        """Read until cancelled; a broker that is away is asked again.

        Raises:
            BadConnection: the security settings do not fit together.
            sqlite3.Error: the read model cannot be written.
        """
        while True:
            try:
                await self._follow()
            except (KafkaError, OSError) as error:
                problem = str(error) or type(error).__name__
                if problem != self.reading.problem:
                    log.warning("not reading from %s: %s", self.reading.brokers, problem)
                self.reading.connected, self.reading.problem = False, problem
            await asyncio.sleep(_RETRY_SECONDS)

    async def _follow(self) -> None:
        async with _admin(self._settings) as admin:
            await self._follow_as(await _source(admin, self._settings), admin)

    async def _follow_as(self, source: str, admin: AIOKafkaAdminClient) -> None:
        consumer = AIOKafkaConsumer(
            **client_options(self._settings),
            isolation_level="read_committed",
            enable_auto_commit=False,
            auto_offset_reset="none",
            max_partition_fetch_bytes=_FETCH_BYTES,
        )
        await consumer.start()
        try:
            if await self._model.write(_bind, source):
                log.warning("the topics are others than before: the read model is built anew")
            while True:
                await self._model.write(forget_hours)
                for _ in range(_LOOKS_A_CLEANING):
                    await self._assign(consumer, admin)
                    await self._read(consumer)
        except OffsetOutOfRangeError as error:
            await self._start_over(consumer, error.args[0])
        finally:
            await consumer.stop()

    async def _assign(self, consumer: AIOKafkaConsumer, admin: AIOKafkaAdminClient) -> None:
        """Take up the partitions that there are now, each at its position."""
        present = set(await admin.list_topics()) & set(self._topics)
        self.reading.connected, self.reading.problem = True, None
        self.reading.missing = tuple(sorted(set(self._topics) - present))
        partitions = {
            TopicPartition(topic["topic"], partition["partition"])
            for topic in (await admin.describe_topics(sorted(present)) if present else ())
            for partition in topic["partitions"]
        }
        if partitions == consumer.assignment():
            return
        consumer.assign(list(partitions))
        known = await self._model.read(positions)
        for partition in partitions:
            at = known.get((self._topics[partition.topic].value, partition.partition))
            if at is None:
                await consumer.seek_to_beginning(partition)
            else:
                consumer.seek(partition, at)

    async def _read(self, consumer: AIOKafkaConsumer) -> None:
        """Read for a while."""
        until = asyncio.get_running_loop().time() + _LOOK_SECONDS
        while asyncio.get_running_loop().time() < until:
            if not consumer.assignment():
                await asyncio.sleep(_RETRY_SECONDS)
                return
            got = await consumer.getmany(timeout_ms=_POLL_MS, max_records=_BATCH)
            records = [
                _arrived(record, self._topics[partition.topic])
                for partition, batch in got.items()
                for record in batch
            ]
            if records:
                self._bell.ring(await self._model.write(enter_batch, records, self._keep))
            self.reading.caught_up = len(records) < _BATCH

    async def _start_over(
        self, consumer: AIOKafkaConsumer, lost: Mapping[TopicPartition, int]
    ) -> None:
        """Positions that the log no longer has: behind its beginning, read on from there; beyond
        its end, the topic was made anew, and what was read of the old one says nothing."""
        beginnings = await consumer.beginning_offsets(list(lost))
        if all(at < beginnings[partition] for partition, at in lost.items()):
            log.warning("records were deleted before the desk read them")
            await self._model.write(_move, self._topics, beginnings)
            return
        log.warning("topics were made anew: the read model is built anew")
        self._bell.ring(Change(await self._model.write(_clear)))


def _arrived(record: ConsumerRecord, topic: Topic) -> Arrived:
    return Arrived(
        topic=topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        value=record.value,
        headers=tuple(record.headers),
        timestamp=record.timestamp,
    )


@asynccontextmanager
async def _admin(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await admin.start()
        yield admin
    finally:
        await admin.close()


async def _source(admin: AIOKafkaAdminClient, settings: Settings) -> str:
    """What tells these topics from those of another cluster or deployment."""
    cluster = (await admin.describe_cluster()).get("cluster_id")
    return f"{cluster or settings.brokers} {settings.topic_prefix}"


def _bind(db: sqlite3.Connection, source: str) -> bool:
    """Note which topics the rows come from; forget them if from others. Whether that was so."""
    row = db.execute("SELECT value FROM meta WHERE name = 'source'").fetchone()
    if row is not None and row["value"] == source:
        return False
    if row is not None:
        clear(db)
    db.execute("INSERT OR REPLACE INTO meta VALUES ('source', ?)", (source,))
    return row is not None


def _move(
    db: sqlite3.Connection, topics: Mapping[str, Topic], to: Mapping[TopicPartition, int]
) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO positions VALUES (?, ?, ?)",
        [(topics[partition.topic].value, partition.partition, at) for partition, at in to.items()],
    )


def _clear(db: sqlite3.Connection) -> int:
    clear(db)
    db.execute("UPDATE meta SET value = value + 1 WHERE name = 'changes'")
    return change_number(db)
