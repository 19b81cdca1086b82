"""Reads a topic for one subscription, in a consumer group of its own: a receiver that is down
holds up nobody else, and its events wait on the topic.

A position is committed only when every event before it was delivered, became a dead letter, or is
of no interest. After a crash an event may be posted again, with the same id.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaTimeoutError

from service.contract.extracted import SourcePosition
from service.contract.notification import SUBSCRIPTION, events_headers, undelivered
from service.contract.record import Record, Topic
from service.desk.ingest.record import Arrived
from service.notify.courier import Courier
from service.notify.matching import OneEvent, is_withdrawal, without_text
from service.notify.structured import NoEvent, structured
from service.settings import MEBIBYTE, Settings
from service.worker.kafka.clients import client_options
from service.worker.kafka.reaching import start
from service.worker.kafka.topics import topic_name

logger = logging.getLogger(__name__)

KeepLetter = Callable[[Record], Awaitable[object]]
"""Writes a dead letter; returns when the broker has it."""

_BATCH = 200
_POLL_MS = 500
_PATIENCE = 60
"""Empty polls after which reading to the end fails, although the broker says that there is more."""

_FETCH_BYTES = 4 * MEBIBYTE
_ANY_TIME = 2**31 - 1
"""Milliseconds between two polls, for the group: an event may be posted for days, and heartbeats
tell that the process lives."""

_LONGEST_ID = 200


class SubscriptionReader(ConsumerRebalanceListener):  # type: ignore[misc]
    """The events of one subscription, from the topic to its courier.

    Args:
        group: begins the name of the consumer group; the subscription's name follows.
        again: read the subscription's dead letters in place of its topic, in a group that is
            called `.again` in addition.
    """

    def __init__(
        self,
        courier: Courier,
        keep_letter: KeepLetter,
        settings: Settings,
        group: str,
        *,
        again: bool = False,
    ) -> None:
        self._courier = courier
        self._keep_letter = keep_letter
        self._settings = settings
        self._again = again
        subscription = courier.subscription
        self._filters = subscription.filters
        self._topic = Topic.NOTIFICATIONS_FAILED if again else subscription.source
        self._name = topic_name(self._topic, settings)
        self._group = f"{group}-{subscription.name}{'.again' if again else ''}"
        self._event = OneEvent()
        self._begun: set[TopicPartition] = set()
        self._ends: dict[TopicPartition, int] = {}
        self._work: asyncio.Task[None] | None = None

    async def run(self, *, once: bool, from_beginning: bool) -> None:
        """Read and post, without end; with `once` up to where the topic ends now. Once the receiver
        is gone nothing more is read: its events wait on the topic for the next start.

        Args:
            from_beginning: begin with the oldest event where the group has no position yet, not
                with the next one.

        Raises:
            KafkaError: the broker cannot be reached, or refuses.
        """
        consumer = AIOKafkaConsumer(
            **client_options(self._settings),
            group_id=self._group,
            isolation_level="read_committed",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=int(self._settings.session_timeout * 1000),
            heartbeat_interval_ms=int(self._settings.heartbeat_interval * 1000),
            max_poll_interval_ms=_ANY_TIME,
            rebalance_timeout_ms=int(self._settings.session_timeout * 2000),
            max_partition_fetch_bytes=_FETCH_BYTES,
        )
        consumer.subscribe([self._name], listener=self)
        await start(consumer, self._settings)
        try:
            known = consumer.partitions_for_topic(self._name) or set()
            quiet = 0
            while not self._courier.is_gone:
                for place in sorted(consumer.assignment() - self._begun):
                    is_new = place.partition not in known
                    await self._begin(consumer, place, from_beginning or is_new)
                quiet = 0 if await self._read(consumer) else quiet + 1
                if once and quiet and await self._is_at_end(consumer):
                    return
                if once and quiet >= _PATIENCE:
                    raise KafkaTimeoutError(f"nothing more came from {self._name}")
        finally:
            await consumer.stop()
            self._event.close()
        if not once:  # a process that ended would be started again, and post there again
            await asyncio.get_running_loop().create_future()

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        """Let go of what is in hand: whoever gets the partitions begins at the last commit."""
        self._begun.clear()
        if self._work is not None:
            self._work.cancel()

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        """Nothing: `run` begins with partitions when it sees them."""

    async def _begin(
        self, consumer: AIOKafkaConsumer, place: TopicPartition, from_beginning: bool
    ) -> None:
        """Take up a partition where the group left it, or commit where it begins: an event that
        comes before the next start is then not passed over."""
        if await consumer.committed(place) is None:
            if not from_beginning and not self._again:
                await consumer.seek_to_end(place)
            await self._commit(consumer, place, await consumer.position(place))
        if place not in self._ends:
            self._ends |= await consumer.end_offsets([place])
        self._begun.add(place)

    async def _read(self, consumer: AIOKafkaConsumer) -> bool:
        """Read once, and post what is to be posted; return whether anything came."""
        places = self._begun & consumer.assignment()
        if not places:
            await asyncio.sleep(_POLL_MS / 1000)
            return False
        got = await consumer.getmany(*places, timeout_ms=_POLL_MS, max_records=_BATCH)
        if not got:
            return False
        # Partitions are independent of one another, and a story is in one of them.
        self._work = asyncio.create_task(self._handle_all(consumer, got))
        try:
            await self._work
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
        finally:
            self._work = None
        return True

    async def _handle_all(
        self, consumer: AIOKafkaConsumer, got: dict[TopicPartition, list[Any]]
    ) -> None:
        tasks = [
            asyncio.create_task(self._handle(consumer, place, records))
            for place, records in got.items()
        ]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _handle(
        self, consumer: AIOKafkaConsumer, place: TopicPartition, records: Sequence[ConsumerRecord]
    ) -> None:
        for record in records:
            if self._courier.is_gone:
                return
            if self._again and record.offset >= self._ends[place]:
                return  # a letter of this run
            if await self._handle_one(record):
                await self._commit(consumer, place, record.offset + 1)
        await self._commit(consumer, place, records[-1].offset + 1)

    async def _handle_one(self, record: ConsumerRecord) -> bool:
        """Deliver an event, or keep it as a dead letter, if it is of interest; return whether."""
        event = Record(
            topic=self._topic,
            key=record.key,
            value=record.value,
            headers=events_headers(tuple(record.headers)),
            timestamp=record.timestamp,
        )
        if not self._wants(record, event):
            return False
        try:
            body = structured(event.headers, event.value)
            id = _id(event)
        except NoEvent as error:
            logger.warning("%s/%d/%d: %s", *_place(record), error)
            return False
        given_up = await self._courier.deliver(id, body)
        if given_up is not None:
            topic, partition, offset = _place(record)
            letter = undelivered(
                event,
                SourcePosition(topic=topic, partition=partition, offset=offset),
                subscription=self._courier.subscription.name,
                reason=given_up.reason,
                detail=given_up.detail,
                attempts=given_up.attempts,
            )
            await self._keep_letter(letter)
        return True

    def _wants(self, record: ConsumerRecord, event: Record) -> bool:
        subscription = self._courier.subscription
        if self._again:
            return dict(record.headers).get(SUBSCRIPTION) == subscription.name.encode()
        arrived = Arrived(
            topic=event.topic,
            partition=record.partition,
            offset=record.offset,
            key=event.key,
            value=event.value,
            headers=event.headers,
            timestamp=record.timestamp,
        )
        if self._event.matches(arrived, self._filters):
            return True
        if not subscription.withdrawals or not is_withdrawal(arrived):
            return False
        return self._event.matches(arrived, without_text(self._filters))

    async def _commit(self, consumer: AIOKafkaConsumer, place: TopicPartition, offset: int) -> None:
        try:
            await consumer.commit({place: offset})
        except (CommitFailedError, IllegalStateError):
            # The partition is somebody else's by now, who posts from the last commit on.
            logger.info("%s: %s/%d was handed over", self._group, *place)

    async def _is_at_end(self, consumer: AIOKafkaConsumer) -> bool:
        places = self._begun & consumer.assignment()
        at = [await consumer.position(place) >= self._ends[place] for place in places]
        return all(at)


def _place(record: ConsumerRecord) -> tuple[str, int, int]:
    return record.topic, record.partition, record.offset


def _id(event: Record) -> str:
    """Return the event's id, which becomes a header of the request."""
    found = next((value for name, value in event.headers if name == "ce_id"), b"")
    id = found.decode("utf-8", "replace")
    if not id or not id.isascii() or not id.isprintable() or len(id) > _LONGEST_ID:
        raise NoEvent("its id cannot be a header")
    return id
