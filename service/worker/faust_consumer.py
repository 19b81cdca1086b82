"""What relies on internals of Faust: its consumer, changed to deliver every partition in order and
without gaps.

No other module touches private names of Faust; `kafka/aiokafka_internals.py` does so for aiokafka,
and has the versions that were tested, which a worker checks at its start.

Between a fetch and the agents' buffers Faust 0.15 may drop records: on a rebalance it abandons a
batch that was fetched, or clears a buffer, and relies on seeking back to the committed offset.
That fails if nothing was committed yet, if the fetch outlasts the rebalance, or if Faust's stored
read offset is set after the seek. Later records are then delivered before the dropped ones, and may
be committed over them. Upstream reports of this kind, in the issues of faust-streaming/faust: #216,
an app without tables resumes fetching before it has sought to the committed offsets; #221, events
fetched before a rebalance are delivered after it, out of order; #606, an offset is committed
although an earlier message is still in flight. The first two are closed, but the cases
above remain in 0.15.3; the third is open.

`GaplessConsumer` therefore tracks what it has delivered. A record that does not follow the last one
delivered is held back, and its partition is read again from the next offset due. Where no record
follows, the consumer's position tells: every second it is compared with what is due. Offsets are
committed by the highest acknowledged one: each agent is a single task that acknowledges in the
order of delivery, so nothing before that offset is in flight.

The records of one topic, `pages.raw`, are not delivered in the order of fetches. They pass the
check for gaps and wait in a `ReadAhead`, which chooses the next one by event time.

Faust's own consumer also limits the rate. A fetch under way does not notice that a full buffer has
room again: it waits for other partitions for up to a second, or sleeps for a second if there are
none.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from typing import Any

import faust
from aiokafka import OffsetAndMetadata
from aiokafka.errors import ConsumerStoppedError, IllegalStateError
from faust.transport.drivers import aiokafka
from faust.types import TP
from mode.utils.futures import notify

from service.worker.health.exit import die
from service.worker.kafka.gaps import Gaps
from service.worker.kafka.read_ahead import ReadAhead
from service.worker.kafka.skipped_records import report_skipped, skipped_to

_FETCH_SECONDS = 1.0

_ASK_AGAIN = 0.01
"""Longest wait of a fetch in seconds while an agent's buffer is full: room may appear at any time.
"""

_LOOK_AGAIN = 0.05
"""Longest wait of a fetch in seconds while records wait for other partitions."""

_COMPARE_SECONDS = 1.0
"""Time between two comparisons of what was fetched with what was delivered."""


class _ConsumerThread(aiokafka.AIOKafkaConsumerThread):
    """Faust's thread around aiokafka's consumer; it reads committed records only, and adds metadata
    to the offsets it commits."""

    def _create_worker_consumer(self, transport: Any) -> Any:
        ours: Any = self.consumer
        # FOLD writes what LINK reads in transactions. Faust has no setting for that: it reads
        # committed records where it is itself in one.
        ours.in_transaction = True
        try:
            consumer: Any = super()._create_worker_consumer(transport)
        finally:
            ours.in_transaction = False
        commit = consumer.commit
        metadata: Mapping[TP, str] = ours.metadata

        async def commit_with_metadata(offsets: Mapping[TP, Any]) -> None:
            await commit(
                {
                    tp: OffsetAndMetadata(at.offset, metadata.get(tp, ""))
                    for tp, at in offsets.items()
                }
            )

        consumer.commit = commit_with_metadata
        return consumer

    def count_partitions(self, topic: str) -> int | None:
        """Return the number of a topic's partitions; None if it is not known yet. Faust's own
        `topic_partitions` knows it in the leader of the group only."""
        found = self._ensure_consumer().partitions_for_topic(topic)
        return len(found) if found else None

    def is_at_end(self, tp: TP) -> bool:
        """True if the partition's committed records were read to the end, as of the last fetch."""
        subscription = self._ensure_consumer()._subscription.subscription
        assignment = None if subscription is None else subscription.assignment
        if assignment is None or tp not in assignment.tps:
            return True
        state = assignment.state_value(tp)
        if not state.has_valid_position or state.highwater is None:
            return False
        has_stable = state.lso is not None and state.lso >= 0
        return bool(state.position >= (state.lso if has_stable else state.highwater))


class GaplessConsumer(aiokafka.Consumer):
    """Fetches records from the broker and delivers them to the agents' buffers.

    A topic is held while the stage that consumes it is halted. Its agent stops taking events and
    acknowledges none, so Faust stops fetching once its buffer is full; heartbeats go on. Neither a
    rebalance nor the worker's shutdown waits for the messages that the agent has: whoever is
    assigned the partition next reads them again from the committed offset.

    Attributes:
        is_held: called with the name of a topic; true if the topic is held.
        metadata: what is committed with each partition's offset.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._next: dict[TP, int] = {}
        self._gaps = Gaps()
        self._compared = 0.0
        self._room = asyncio.Event()
        self._aligned: str | None = None
        self._ahead: ReadAhead | None = None
        self.is_held: Callable[[str], bool] = lambda _topic: False
        self.metadata: dict[TP, str] = {}

    def _new_consumer_thread(self) -> Any:
        return _ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def align(self, topic: str, ahead: ReadAhead) -> None:
        """Deliver a topic's records in the order that `ahead` chooses. Call it before start."""
        self._aligned = topic
        self._ahead = ahead
        thread: Any = self._thread
        ahead.is_at_end = lambda partition: thread.is_at_end(TP(topic, partition))

    async def wait_empty(self) -> None:
        """Wait until every message taken is acknowledged, except those of topics that are held."""
        self._abandon_held()
        await super().wait_empty()

    async def _wait_for_ack(self, timeout: float) -> None:  # noqa: ASYNC109 - as Faust has it
        # A topic may be held, and an agent may take a message of it, while Faust waits.
        self._abandon_held()
        await super()._wait_for_ack(timeout)

    def _abandon_held(self) -> None:
        for message in [each for each in self._unacked_messages if self.is_held(each.topic)]:
            self._unacked_messages.discard(message)

    async def perform_seek(self) -> None:
        """Seek to the committed offsets; where there is none, to the beginning of the log."""
        self._drop_all()
        self._gaps.forget_tails()
        await super().perform_seek()
        begun = {tp: offset for tp in self.assignment() if (offset := self._read_offset[tp])}
        fresh = self.assignment() - begun.keys()
        if fresh:
            begun |= await self.earliest_offsets(*fresh)
            await self.seek_wait({tp: begun[tp] for tp in fresh})
        begun |= await self._where_logs_are_now(begun)
        self._next = {tp: begun[tp] for tp in self.assignment() if tp in begun}
        if self._ahead is not None:
            self._ahead.begin({tp.partition for tp in self._next if tp.topic == self._aligned})

    def _drop_all(self) -> None:
        """Drop what was fetched; accept nothing until a seek sets the offsets to start from."""
        self._next = {}
        if self._ahead is not None:
            self._ahead.clear()

    async def _where_logs_are_now(self, begun: dict[TP, int]) -> dict[TP, int]:
        """Return where to begin instead in logs that no longer have the offset to begin at: at
        their beginning. What is missing is logged and counted."""
        if not begun:
            return {}
        first = await self.earliest_offsets(*begun)
        moved = skipped_to(begun, first, await self._ends(*begun), self._prefix)
        if moved:
            for tp, offset in moved.items():
                # Faust would commit nothing before the offset that it has for committed.
                self._committed_offset[tp] = None
                self._read_offset[tp] = offset
            await self.seek_wait(moved)
        return moved

    async def _ends(self, *partitions: TP) -> Mapping[TP, int]:
        """Return end offsets; none on a broker without transactions, whose ends are not right."""
        if not getattr(self.app, "transactional", False):
            return {}
        return await self.highwaters(*partitions)

    @property
    def _prefix(self) -> str:
        settings = getattr(self.app, "settings", None)
        return "" if settings is None else str(settings.topic_prefix)

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Deliver nothing until the next seek sets the offsets to start from."""
        self._drop_all()
        await super().on_partitions_revoked(revoked)

    def abandon(self, message: Any) -> None:
        """Stop waiting for a message that was taken and will not be acknowledged.

        While Faust waits for a message, neither a rebalance nor the worker's shutdown proceeds.
        """
        self._unacked_messages.discard(message)
        notify(self._waiting_for_ack)

    def on_buffer_drop(self, tp: TP) -> None:
        """Called when an agent's buffer has room again."""
        super().on_buffer_drop(tp)
        self._room.set()

    async def _wait_next_records(
        self,
        timeout: float,  # noqa: ASYNC109 - as Faust has it
    ) -> tuple[Any, set[TP] | None]:
        if not self._buffered_partitions or not self.flow_active:
            return await super()._wait_next_records(timeout)
        if self._get_active_partitions():
            return await super()._wait_next_records(_ASK_AGAIN)
        self._room.clear()
        await self.wait_first(self._room.wait(), self.suspend_flow.wait(), timeout=timeout)
        return {}, set()

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Any:  # noqa: ASYNC109
        """Fetch, except from partitions of which enough records wait."""
        ahead = self._ahead
        if ahead is None or not active_partitions:
            return await super()._getmany(active_partitions, timeout)
        wanted = {
            tp
            for tp in active_partitions
            if tp.topic != self._aligned or not ahead.is_stocked(tp.partition)
        }
        if not ahead.is_empty:
            timeout = min(timeout, _LOOK_AGAIN)
        if wanted:
            return await super()._getmany(wanted, timeout)
        self._room.clear()
        await self.wait_first(self._room.wait(), self.suspend_flow.wait(), timeout=_LOOK_AGAIN)
        return {}

    async def _commit(self, offsets: Mapping[TP, int]) -> bool:
        if self._ahead is not None:
            for tp, offset in offsets.items():
                if tp.topic == self._aligned:
                    reached = self._ahead.reached(tp.partition, offset)
                    self.metadata[tp] = "" if reached is None else reached.encode()
        return await super()._commit(offsets)

    def count_partitions(self) -> int | None:
        """Return how many partitions the aligned topic has; None if it is not known yet."""
        thread: Any = self._thread
        count: int | None = thread.count_partitions(self._aligned)
        return count

    async def commit_start(self) -> None:
        """Commit where the aligned partitions begin, before any of their records is delivered: so
        the group's other workers see their event times."""
        if self._ahead is not None and self._ahead.is_untouched:
            begin = {}
            for tp, fetched in self._next.items():
                if tp.topic == self._aligned:
                    first = self._ahead.first_offset(tp.partition)
                    begin[tp] = fetched if first is None else first
            await self._commit(begin)

    async def commit_aligned(self) -> None:
        """Commit what is done of the aligned partitions."""
        if self._aligned is not None:
            await self.commit({self._aligned})

    async def position(self, tp: TP) -> int | None:
        """Return the offset of the next record to deliver."""
        if self._ahead is not None and tp.topic == self._aligned:
            first = self._ahead.first_offset(tp.partition)
            if first is not None:
                return first
        return await super().position(tp)

    async def _drain_messages(self, fetcher: Any) -> None:
        """Fetch and deliver until the consumer or its fetcher is stopped."""
        try:
            while not (self.should_stop or fetcher.should_stop):
                await asyncio.sleep(0)
                records, _ = await self._wait_next_records(_FETCH_SECONDS)
                if records and not self.should_stop:
                    await self._deliver(records)
                if self._ahead is not None and not self.should_stop:
                    await self._deliver_aligned(self._ahead)
                if self.flow_active and time.monotonic() - self._compared > _COMPARE_SECONDS:
                    await self._fetch_missed_tails()
                    self._compared = time.monotonic()
        except (ConsumerStoppedError, asyncio.CancelledError):
            if not self.transport.app.should_stop:
                raise

    async def _fetch_missed_tails(self) -> None:
        """Read again what was fetched and not delivered, where no record follows it.

        A fetch that outlasts a rebalance takes records after the seek, and nobody gets them. At the
        end of a log the records missed would otherwise wait for the next one, or the next worker.
        Control records also move the position; they are read again once.
        """
        wanted_of = self._next
        behind = {}
        for tp, wanted in list(wanted_of.items()):
            with contextlib.suppress(TimeoutError, IllegalStateError):
                async with asyncio.timeout(_COMPARE_SECONDS):
                    position = await super().position(tp)
                if position and self._gaps.is_tail(tp, wanted, position):
                    behind[tp] = (wanted, position)
        if behind and self._next is wanted_of and self.flow_active:
            self._gaps.read_tails(behind)
            with contextlib.suppress(IllegalStateError):
                await self.seek_wait({tp: wanted for tp, (wanted, _) in behind.items()})

    async def _deliver(self, records: Any) -> None:
        """Deliver a fetch to the agents, taking the partitions in turn."""
        wanted_of = self._next
        following: set[TP] = set()
        behind: set[TP] = set()
        passed: set[TP] = set()
        for tp, record in self.scheduler.iterate(records):
            if self._next is not wanted_of or not self.flow_active:
                return
            wanted = wanted_of.get(tp)
            if wanted is None or tp in behind:
                continue
            if record.offset < wanted:
                if tp not in passed:
                    passed.add(tp)
                    await self._check_is_same_log(tp, wanted)
                continue
            follows = record.offset == wanted or tp in following
            if not follows and not self._gaps.is_hole(tp, wanted, record.offset):
                behind.add(tp)
                continue
            if not follows:
                await self._count_deleted(tp, wanted, record.offset)
            following.add(tp)
            wanted_of[tp] = record.offset + 1
            if self._ahead is not None and tp.topic == self._aligned:
                if self._next is not wanted_of:
                    return
                self._ahead.add(tp.partition, record)
            else:
                await self.callback(self._to_message(tp, record))
        if behind:
            # If a partition is revoked in between, the next assignment sets where to continue.
            with contextlib.suppress(IllegalStateError):
                await self.seek_wait({tp: wanted_of[tp] for tp in behind})

    async def _deliver_aligned(self, ahead: ReadAhead) -> None:
        """Deliver the aligned topic's records until none may be delivered, or the agent's buffer is
        full."""
        wanted_of = self._next
        while self.flow_active and self._next is wanted_of:
            if any(tp.topic == self._aligned for tp in self._buffered_partitions):
                return
            record = ahead.take()
            if record is None:
                return
            tp = TP(record.topic, record.partition)
            await self.callback(self._to_message(tp, record))

    async def _check_is_same_log(self, tp: TP, wanted: int) -> None:
        """End the worker if a log ends before the offset that it was read to: it was deleted and
        created again, or its cluster was restored. The next worker begins at its beginning."""
        end = (await self._ends(tp)).get(tp, wanted)
        if end < wanted:
            die(
                f"{tp.topic}/{tp.partition} was read up to offset {wanted} and now ends at {end}:"
                " it is another log, which the next worker reads from its beginning"
            )

    async def _count_deleted(self, tp: TP, wanted: int, found: int) -> None:
        """Count the records that were deleted before they were read, if a gap has any."""
        first = (await self.earliest_offsets(tp))[tp]
        if first > wanted:
            report_skipped(tp, "retention", min(first, found) - wanted, self._prefix)

    def _new_offset(self, tp: TP) -> int | None:
        """Return the offset to commit: one after the highest acknowledged, since both agents
        acknowledge in the order of delivery. Faust itself looks for gaps among the acknowledged
        offsets and overlooks a single message before the first of them (#606)."""
        acknowledged = self._acked[tp]
        if not acknowledged:
            return None
        newest: int = max(acknowledged)
        acknowledged.clear()
        self._acked_index[tp].clear()
        return newest + 1


class Transport(aiokafka.Transport):
    """Faust's Kafka transport, with our consumer."""

    Consumer = GaplessConsumer


def use_gapless_consumer(app: faust.App) -> None:
    """Have an app consume through a `GaplessConsumer`; call this before the app's first use."""
    app.transport = Transport(app.conf.broker_consumer, app)


def consumer_of(app: faust.App) -> GaplessConsumer:
    """Return the consumer of an app that `use_gapless_consumer` was called for."""
    consumer = app.consumer
    assert isinstance(consumer, GaplessConsumer)
    return consumer


def in_hand(app: faust.App, streams: list[Any]) -> int:
    """Return the number of events taken from the broker and not acknowledged: those that an agent
    has, and those in the buffers of these streams."""
    buffered: int = sum(stream.channel.queue.qsize() for stream in streams)
    return len(consumer_of(app).unacked) + buffered
