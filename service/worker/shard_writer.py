"""FOLD of one shard as a stream step: its state, its producer, its transactions.

Order of a batch, with transactions: events, stories and state are sent, the input's offsets are
added, the transaction commits, the events are acknowledged to Faust. A kill anywhere before the
commit leaves nothing; a kill after it repeats nothing, since the state holds the source positions.
The shard's checkpoint on disk is committed after the log, never instead of it: a kill between the
two leaves a checkpoint that is behind, and is brought up to date from the log.

Without transactions: events and stories are sent and acknowledged, then the state in one batch,
then the input is acknowledged. A kill between two of these steps repeats events, with the same ids
and bytes. Other writers are not fenced, so the checkpoint is never trusted: the whole log is read.
"""

import asyncio
import logging
from functools import partial
from itertools import chain
from typing import Any

from aiokafka import TopicPartition

from service.contract.cloud_event import EXTRACTED_SCHEMA, NewerContract, check_contract
from service.contract.fold_state import NewerState
from service.contract.record import Record, Topic
from service.fold.state.row_integrity import StoreDamaged, StoreFailed
from service.settings import Settings
from service.worker.checkpoint.changelog import read_log, write_marker
from service.worker.checkpoint.shard_memory import ShardMemory
from service.worker.dead_letters.failure import failure_of
from service.worker.dead_letters.halt import FailureGate, Halts
from service.worker.health.exit import Stop, vital
from service.worker.kafka.incoming import input_message
from service.worker.kafka.producers import make_producer, send_all, send_together
from service.worker.observe import measure, observe
from service.worker.observe.counts import Counts

logger = logging.getLogger(__name__)


class ShardWriter:
    """The single writer of one shard, while its partition is assigned here.

    It counts the records that it writes and the repeats that it drops.
    """

    def __init__(
        self,
        shard: int,
        settings: Settings,
        counts: Counts,
        *,
        transactional: bool,
        halts: Halts,
    ) -> None:
        self.ready = asyncio.Event()
        self._number = shard
        self._settings = settings
        self._counts = counts
        self._halts = halts
        self._gate = FailureGate("fold", f"FOLD, shard {shard}", settings, halts)
        self._transactional = transactional
        self._memory = ShardMemory(shard, settings, trusted=transactional)
        self._batch: list[Any] = []
        self._left_over: list[Any] = []
        self._events: asyncio.Queue[Any] = asyncio.Queue(2 * settings.batch_articles)
        # One id for each shard, so that the broker fences an earlier writer that still runs.
        identity = f"{settings.group}-fold-{shard}" if transactional else None
        self._producer = make_producer(settings, transactional_id=identity)
        self._task = asyncio.create_task(self._run())
        vital(self._task, f"FOLD cannot write shard {shard}")

    async def take(self, event: Any) -> None:
        """Queue an event of the shard's partition; waits while the queue is full."""
        await self._events.put(event)

    async def close(self) -> list[Any]:
        """Stop writing; a batch under way is abandoned.

        Returns:
            The events that were taken but not acknowledged.
        """
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._memory.close()
        observe.forget_shard(self._number)
        await self._producer.stop()
        left = [*self._batch, *self._left_over]
        while not self._events.empty():
            left.append(self._events.get_nowait())
            await asyncio.sleep(0)  # lets a `take` that waits for room queue its event
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
        except StoreFailed as error:
            raise Stop(
                f"shard {self._number} cannot use {self._settings.state_dir}: {error}"
            ) from error

    async def _fold_on(self) -> None:
        await self._producer.start()
        await self._restore()
        self.ready.set()
        while True:
            batch = await self._readable(await self._next_batch())
            measure.fold_queue(self._number, self._events.qsize())
            made = await self._memory.fold(batch)
            for records in made:
                await self._gate.enter(next(filter(None, map(failure_of, records)), None))
            with measure.stage("commit"):
                await self._write(list(chain.from_iterable(made)), batch[: len(made)])
            self._counts.folded["repeats"] += made.count([])
            measure.repeats(made.count([]))
            self._batch = []
            if self._memory.spoiled:
                self._left_over = [*batch[len(made) :], *self._left_over]
                await self._restore()

    async def _restore(self) -> None:
        marker = await write_marker(
            self._producer, self._number, self._settings, transactional=self._transactional
        )
        read = partial(read_log, self._number, marker, self._settings)
        while True:
            try:
                with measure.shard_loading(self._number):
                    await self._memory.restore(read, marker)
                return
            except NewerState as error:
                await self._halt(f"FOLD, shard {self._number} cannot be loaded: {error}")

    async def _next_batch(self) -> list[Any]:
        if self._left_over:
            self._batch, self._left_over = self._left_over, []
            return self._batch
        # Kept while it grows, so that `close` can return it.
        batch = self._batch = [await self._events.get()]
        try:
            async with asyncio.timeout(self._settings.batch_seconds):
                while len(batch) < self._settings.batch_articles:
                    batch.append(await self._events.get())
        except TimeoutError:
            pass
        return batch

    async def _readable(self, batch: list[Any]) -> list[Any]:
        """Return the events of a batch before the first that a later version wrote. If there is
        none before it, the stage is halted first."""
        while True:
            for place, event in enumerate(batch):
                try:
                    check_contract(input_message(event.message).header(EXTRACTED_SCHEMA))
                except NewerContract as error:
                    if place:
                        self._left_over = batch[place:]
                        self._batch = batch[:place]
                        return self._batch
                    message = event.message
                    where = f"{message.topic}/{message.partition}/{message.offset}"
                    await self._halt(f"FOLD stops before {where}: {error}")
                    break
            else:
                return batch

    async def _halt(self, what: str) -> None:
        """Halt FOLD before a record of a later version, and wait until somebody resumes it.

        Raises:
            Stop: the settings say to exit.
        """
        self._halts.halt_before_newer("fold", what)
        await self._halts.over("fold")

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
        # Before anything else that may be cancelled: they are written for good.
        for record in records:
            self._counts.enter_folded(record)
        await self._memory.keep(records, written)
        observe.written(records)
        for event in batch:
            event.ack()
            measure.written("fold", event.message.timestamp)
