"""Read the output topics from the read model's own positions, for as long as the desk runs."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError, OffsetOutOfRangeError

from service.contract.record import Topic
from service.desk.change_feed import ChangeFeed
from service.desk.ingest.batch import INGEST, Change, change_number, ingest_batch, positions
from service.desk.ingest.record import Arrived
from service.desk.ingest.retention import forget_hours
from service.desk.read_model import ReadModel, clear
from service.settings import MEBIBYTE, Settings
from service.worker.kafka.clients import client_options
from service.worker.kafka.topics import topic_name


@dataclass(slots=True)
class Reading:
    """Set by the reader, shown by the pages.

    Attributes:
        brokers: bootstrap servers; the name of the file that is read in place of topics.
        connected: True if the brokers answer.
        caught_up: True if the last poll returned less than a full batch.
        problem: why nothing is read now; None if reading works.
        missing: topics that do not exist yet.
        skipped: number of records of each topic that were deleted before the desk read them, in the
            life of the read model; topics without any are left out.
        from_file: True if a file is read: there is nothing to replay or to wait for.
    """

    brokers: str
    connected: bool = False
    caught_up: bool = False
    problem: str | None = None
    missing: tuple[str, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    from_file: bool = False


log = logging.getLogger(__name__)

_BATCH = 500
_POLL_MS = 500
_LOOK_SECONDS = 15.0
"""Interval at which new topics and partitions are looked up."""

_LOOKS_A_CLEANING = 240
_RETRY_SECONDS = 3.0
_FETCH_BYTES = 4 * MEBIBYTE
_SKIPPED = "skipped "
"""Prefix of names in the table `meta`; a topic follows."""


class TopicReader:
    """A consumer without a group. Reading is at-least-once, writing is idempotent, and positions
    are stored with the rows: the read model holds each event once."""

    def __init__(
        self, model: ReadModel, settings: Settings, change_feed: ChangeFeed, keep: int
    ) -> None:
        self._model = model
        self._settings = settings
        self._change_feed = change_feed
        self._keep = keep
        self._topics = {topic_name(topic, settings): topic for topic in INGEST}
        self.reading = Reading(settings.brokers)

    async def run(self) -> None:
        """Read until cancelled; reconnect after an error of the brokers.

        Raises:
            BadConnection: the security settings are incomplete or contradictory.
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
                log.warning("the topics have changed: the read model is rebuilt")
            self.reading.skipped = await self._model.read(skipped_records)
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
        """Assign all partitions that exist now, each at its stored position."""
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
        stored = await self._model.read(positions)
        for partition in partitions:
            at = stored.get((self._topics[partition.topic].value, partition.partition))
            if at is None:
                await consumer.seek_to_beginning(partition)
            else:
                consumer.seek(partition, at)

    async def _read(self, consumer: AIOKafkaConsumer) -> None:
        """Read for `_LOOK_SECONDS`."""
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
                self._change_feed.publish(
                    await self._model.write(ingest_batch, records, self._keep)
                )
            self.reading.caught_up = len(records) < _BATCH

    async def _start_over(
        self, consumer: AIOKafkaConsumer, lost: Mapping[TopicPartition, int]
    ) -> None:
        """Handle positions that are out of range.

        If all are before the beginning of their log, continue from there. A position beyond the end
        means that its topic was deleted and created again: the read model is rebuilt.
        """
        beginnings = await consumer.beginning_offsets(list(lost))
        if all(at < beginnings[partition] for partition, at in lost.items()):
            for partition, at in sorted(lost.items()):
                log.warning(
                    "%s, partition %d: %d records were deleted before the desk read them",
                    *(partition.topic, partition.partition, beginnings[partition] - at),
                )
            await self._model.write(_move, self._topics, lost, beginnings)
            self.reading.skipped = await self._model.read(skipped_records)
            return
        log.warning("topics were deleted and created again: the read model is rebuilt")
        self._change_feed.publish(Change(await self._model.write(_clear)))


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
    """Identity of the topics: the id of the cluster (or its address), and the topic prefix."""
    cluster = (await admin.describe_cluster()).get("cluster_id")
    return f"{cluster or settings.brokers} {settings.topic_prefix}"


def _bind(db: sqlite3.Connection, source: str) -> bool:
    """Store which topics the rows are from. If they are from others, clear them and return True."""
    row = db.execute("SELECT value FROM meta WHERE name = 'source'").fetchone()
    if row is not None and row["value"] == source:
        return False
    if row is not None:
        clear(db)
    db.execute("INSERT OR REPLACE INTO meta VALUES ('source', ?)", (source,))
    return row is not None


def _move(
    db: sqlite3.Connection,
    topics: Mapping[str, Topic],
    lost: Mapping[TopicPartition, int],
    to: Mapping[TopicPartition, int],
) -> None:
    """Move positions to the beginning of their logs, and count what is skipped."""
    for partition, begin in to.items():
        topic = topics[partition.topic].value
        db.execute(
            "INSERT OR REPLACE INTO positions VALUES (?, ?, ?)", (topic, partition.partition, begin)
        )
        db.execute(
            "INSERT INTO meta VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET value = value + excluded.value",
            (_SKIPPED + topic, begin - lost[partition]),
        )


def skipped_records(db: sqlite3.Connection) -> dict[str, int]:
    """Return the number of records skipped of each topic; see `Reading.skipped`."""
    rows = db.execute(
        "SELECT name, value FROM meta WHERE name LIKE ? ORDER BY name", (_SKIPPED + "%",)
    )
    return {row["name"].removeprefix(_SKIPPED): row["value"] for row in rows}


def _clear(db: sqlite3.Connection) -> int:
    clear(db)
    db.execute("UPDATE meta SET value = value + 1 WHERE name = 'changes'")
    return change_number(db)
