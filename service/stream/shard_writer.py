"""FOLD of one shard as a stream step: its memory, its producer, its transactions.

Order of a batch, with transactions: events, stories and state are sent, the input's offsets are
added, the transaction commits, the events are acknowledged to Faust. A kill anywhere before the
commit leaves nothing; a kill after it repeats nothing, since the state knows the positions. What
the shard keeps on its own disk is committed there after the log, and never instead of it: a kill
between the two leaves a folder that is behind, and is brought up to date from the log.

Without transactions: events and stories are sent and acknowledged, then the state as one piece,
then the input is. A kill between two of these repeats events, with the same ids and bytes. Another
writer is not fenced there, so that what is on disk is never trusted: the log is read anew.
"""

import asyncio
import logging
from functools import partial
from itertools import chain
from typing import Any

from aiokafka import TopicPartition

from service.events.fold_record import NewerState
from service.events.record import Record
from service.events.topics import Topic
from service.settings import Settings
from service.story.store import StoreDamaged, StoreFailed
from service.stream import measure, observe
from service.stream.counts import Counts
from service.stream.dead_letter_limit import DeadLetterLimit, failure_of
from service.stream.fatal import UNREADABLE, Stop, vital
from service.stream.producers import make_producer, send_all, send_together
from service.stream.shard_memory import ShardMemory
from service.stream.state_log import read_log, write_marker

logger = logging.getLogger(__name__)


class ShardWriter:
    """The single writer of one shard, while its partition is assigned here.

    What it writes is counted, and so are repeats that are dropped.
    """

    def __init__(
        self, shard: int, settings: Settings, counts: Counts, *, transactional: bool
    ) -> None:
        self.ready = asyncio.Event()
        self._number = shard
        self._settings = settings
        self._counts = counts
        self._limit = DeadLetterLimit(f"FOLD, shard {shard}", settings)
        self._transactional = transactional
        self._memory = ShardMemory(shard, settings, trusted=transactional)
        self._batch: list[Any] = []
        self._left_over: list[Any] = []
        self._events: asyncio.Queue[Any] = asyncio.Queue(2 * settings.batch_articles)
        # Fixed to the shard, so that the broker fences an earlier writer that still lives.
        identity = f"{settings.group}-fold-{shard}" if transactional else None
        self._producer = make_producer(settings, transactional_id=identity)
        self._task = asyncio.create_task(self._run())
        vital(self._task, f"FOLD cannot write shard {shard}")

    async def take(self, event: Any) -> None:
        """Queue an event of the shard's partition; waits while the queue is full."""
        await self._events.put(event)

    async def close(self) -> list[Any]:
        """Stop writing; a batch under way is given up.

        Returns:
            The events taken and not acknowledged.
        """
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._memory.close()
        measure.forget_shard(self._number)
        await self._producer.stop()
        left = [*self._batch, *self._left_over]
        while not self._events.empty():
            left.append(self._events.get_nowait())
            await asyncio.sleep(0)  # whoever waits for room gets it
        return left

    async def _run(self) -> None:
        try:
            await self._fold_on()
        except StoreDamaged as error:
            await self._memory.wipe()
            raise Stop(
                f"what shard {self._number} keeps under {self._settings.state_dir} is damaged, and"
                f" was deleted; the next start reads it from the log: {error}"
            ) from error
        except NewerState as error:
            raise Stop(f"shard {self._number} cannot be loaded: {error}", UNREADABLE) from error
        except StoreFailed as error:
            raise Stop(
                f"shard {self._number} cannot use {self._settings.state_dir}: {error}"
            ) from error

    async def _fold_on(self) -> None:
        await self._producer.start()
        await self._restore()
        self.ready.set()
        while True:
            batch = await self._next_batch()
            measure.fold_queue(self._number, self._events.qsize())
            made = await self._memory.fold(batch)
            for records in made:
                self._limit.enter(next(filter(None, map(failure_of, records)), None))
            with measure.stage("commit"):
                await self._write(list(chain.from_iterable(made)), batch[: len(made)])
            self._counts.folded["repeats"] += made.count([])
            measure.repeats(made.count([]))
            self._batch = []
            if self._memory.spoiled:
                self._left_over = batch[len(made) :]
                await self._restore()

    async def _restore(self) -> None:
        marker = await write_marker(
            self._producer, self._number, self._settings, transactional=self._transactional
        )
        read = partial(read_log, self._number, marker, self._settings)
        with measure.shard_loading(self._number):
            await self._memory.restore(read, marker)

    async def _next_batch(self) -> list[Any]:
        if self._left_over:
            self._batch, self._left_over = self._left_over, []
            return self._batch
        # Held as it grows, for `close` to give back.
        batch = self._batch = [await self._events.get()]
        try:
            async with asyncio.timeout(self._settings.batch_seconds):
                while len(batch) < self._settings.batch_articles:
                    batch.append(await self._events.get())
        except TimeoutError:
            pass
        return batch

    async def _write(self, records: list[Record], batch: list[Any]) -> None:
        if self._transactional:
            last = batch[-1].message
            position = TopicPartition(last.topic, last.partition)
            async with self._producer.transaction():
                written = await send_all(self._producer, records, self._settings)
                await self._producer.send_offsets_to_transaction(
                    {position: last.offset + 1}, self._settings.group
                )
        else:
            state = [record for record in records if record.topic is Topic.FOLD_STATE]
            others = [record for record in records if record.topic is not Topic.FOLD_STATE]
            await send_all(self._producer, others, self._settings)
            await send_together(self._producer, state, self._settings)
            written = []
        await self._memory.keep(records, written)
        for record in records:
            self._counts.enter_folded(record)
        observe.written(records)
        for event in batch:
            event.ack()
            measure.written("fold", event.message.timestamp)
