"""Faust's consumer, made to hand on every partition in order and without a hole.

Between a fetch and the agents' buffers Faust 0.15 may let records go: at a rebalance it breaks off
a batch that was fetched, or empties a buffer, and relies on going back to the committed offset.
That is not so where nothing was committed yet, where the fetch outlasts the rebalance, or where the
offset that it remembers as read is set after it went back. What follows then comes before what was
let go, and may be committed over it.

So what counts here is what was handed on: a record that does not follow it is not handed on, and
its partition is read again from where it should go on.

Faust's way also bounds the rate. A fetch that is under way does not notice that a full buffer has
room again, and waits for other partitions for up to a second, or sleeps for one where there are
none; and for each event four tasks are made, to wait for room and for three kinds of end at once.
"""

import asyncio
import contextlib
import logging
from typing import Any

from aiokafka.errors import IllegalStateError
from faust.transport.drivers import aiokafka
from faust.types import TP
from mode.utils.futures import notify

logger = logging.getLogger(__name__)

_FETCH_SECONDS = 1.0

_ASK_AGAIN = 0.01
"""Seconds that a fetch may wait while an agent's buffer is full, and may have room at any time."""


class Intake(aiokafka.Consumer):
    """Takes records from the broker and gives them to the agents' buffers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._next: dict[TP, int] = {}
        self._holes: dict[TP, tuple[int, int]] = {}
        self._room = asyncio.Event()

    async def perform_seek(self) -> None:
        """Go back to what is committed, and to the log's beginning where nothing is."""
        self._next = {}
        await super().perform_seek()
        begun = {tp: offset for tp in self.assignment() if (offset := self._read_offset[tp])}
        fresh = self.assignment() - begun.keys()
        if fresh:
            begun |= await self.earliest_offsets(*fresh)
            await self.seek_wait({tp: begun[tp] for tp in fresh})
        self._next = {tp: begun[tp] for tp in self.assignment() if tp in begun}

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Hand on nothing more until it is known from where."""
        self._next = {}
        await super().on_partitions_revoked(revoked)

    def let_go(self, message: Any) -> None:
        """Wait no more for a message that was taken and will not be acknowledged.

        Neither a rebalance nor the end of the worker goes on while Faust waits for one.
        """
        self._unacked_messages.discard(message)
        notify(self._waiting_for_ack)

    def on_buffer_drop(self, tp: TP) -> None:
        """An agent's buffer has room again."""
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

    async def _drain_messages(self, fetcher: Any) -> None:
        """Fetch and hand on until the consumer or its fetcher is told to stop."""
        try:
            while not (self.should_stop or fetcher.should_stop):
                await asyncio.sleep(0)
                records, _ = await self._wait_next_records(_FETCH_SECONDS)
                if records and not self.should_stop:
                    await self._hand_on(records)
        except self.consumer_stopped_errors:
            if not self.transport.app.should_stop:
                raise

    async def _hand_on(self, records: Any) -> None:
        """Give a fetch to the agents, the partitions in turn."""
        wanted_of = self._next
        following: set[TP] = set()
        behind: set[TP] = set()
        for tp, record in self.scheduler.iterate(records):
            if self._next is not wanted_of or not self.flow_active:
                return
            wanted = wanted_of.get(tp)
            if wanted is None or tp in behind or record.offset < wanted:
                continue
            follows = record.offset == wanted or tp in following
            if not follows and not self._is_hole(tp, wanted, record.offset):
                behind.add(tp)
                continue
            following.add(tp)
            wanted_of[tp] = record.offset + 1
            await self.callback(self._to_message(tp, record))
        if behind:
            # Where a partition is taken away meanwhile, the next assignment says where to go on.
            with contextlib.suppress(IllegalStateError):
                await self.seek_wait({tp: wanted_of[tp] for tp in behind})

    def _is_hole(self, tp: TP, wanted: int, found: int) -> bool:
        """Whether the log has nothing between two offsets: so it is when it is read a second time.

        Compaction, and the marks that end a transaction, leave holes. Inside a fetch any hole is
        the log's.
        """
        seen = (wanted, found)
        if self._holes.get(tp) == seen:
            return True
        self._holes[tp] = seen
        logger.debug("%s/%s: offset %d where %d is wanted, read again", *tp, found, wanted)
        return False

    def _new_offset(self, tp: TP) -> int | None:
        """The offset to commit: after the newest that was acknowledged, since both agents
        acknowledge in the order in which they are given."""
        acknowledged = self._acked[tp]
        if not acknowledged:
            return None
        newest: int = max(acknowledged)
        acknowledged.clear()
        self._acked_index[tp].clear()
        return newest + 1


class Transport(aiokafka.Transport):
    """Faust's way to Kafka, with our consumer."""

    Consumer = Intake
