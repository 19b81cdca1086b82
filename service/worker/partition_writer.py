"""The single writer of one partition as a stream step: its memory, its producer, its transactions.

FOLD has one for each shard (`shard_writer.py`), LINK has one (`link_writer.py`).

Order of a batch, with transactions: events, stories and state are sent, the input's offsets are
added, the transaction commits, the events are acknowledged to Faust. A kill anywhere before the
commit leaves nothing; a kill after it repeats nothing, since the state holds the source positions.
What the memory keeps on disk is committed after the log, never instead of it: a kill between the
two leaves a checkpoint that is behind, and is brought up to date from the log.

Without transactions: events and stories are sent and acknowledged, then the state in one batch,
then the input is acknowledged. A kill between two of these steps repeats events, with the same ids
and bytes. Other writers are not fenced, so no checkpoint is ever trusted: the whole log is read.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, Protocol

from aiokafka import TopicPartition

from service.contract.cloud_event import NewerContract, check_contract
from service.contract.fold_state import NewerState
from service.contract.record import Record, Topic
from service.settings import Settings
from service.worker.checkpoint.changelog import Reading, read_log, write_marker
from service.worker.checkpoint.continuity import Marker
from service.worker.dead_letters.failure import failure_of
from service.worker.dead_letters.halt import FailureGate, Halts
from service.worker.health.exit import vital
from service.worker.kafka.incoming import input_message
from service.worker.kafka.producers import make_producer, send_all, send_together
from service.worker.observe.writer_report import WriterReport


class PartitionMemory(Protocol):
    """What a writer knows of its partition; it can be restored from the changelog.

    Attributes:
        spoiled: True if an input could not be placed, which may have left the memory half changed.
    """

    spoiled: bool

    async def restore(self, read: Reading, marker: Marker) -> None:
        """Load what the log has.

        Raises:
            UndecodableValue, NewerState: the log has a record that this version cannot read.
        """

    async def place(self, batch: Sequence[Any]) -> list[list[Record]]:
        """Place a batch of events, in order.

        Returns:
            The records to write for each event; none for a repeat. They end with the first event
            that could not be placed, which becomes a dead letter.
        """

    async def keep(self, records: Sequence[Record], written: Sequence[Any]) -> None:
        """Keep what was placed, after the log has it.

        Args:
            written: where each record was written; empty without transactions.
        """

    async def close(self) -> None:
        """Give up what is held, after the step under way."""


@dataclass(frozen=True, slots=True)
class WritingStage:
    """A stage whose partitions have one writer each.

    Attributes:
        name: as in the settings.
        written_by: name of its input's header that says which contract wrote the record.
        state: its changelog, with as many partitions as its input.
    """

    name: str
    written_by: str
    state: Topic


class PartitionWriter:
    """The single writer of one partition, while the partition is assigned here.

    Attributes:
        ready: set once the memory is loaded.
    """

    def __init__(
        self,
        stage: WritingStage,
        partition: int,
        *,
        title: str,
        memory: PartitionMemory,
        report: WriterReport,
        settings: Settings,
        transactional: bool,
        halts: Halts,
    ) -> None:
        """Start to load the memory, then to write.

        Args:
            title: the stage and its partition, for people.
            memory: of this writer alone.
            report: told of what the writer does.
        """
        self.ready = asyncio.Event()
        self._stage = stage
        self._partition = partition
        self._title = title
        self._memory = memory
        self._report = report
        self._settings = settings
        self._halts = halts
        self._gate = FailureGate(stage.name, title, settings, halts)
        self._transactional = transactional
        self._batch: list[Any] = []
        self._left_over: list[Any] = []
        self._events: asyncio.Queue[Any] = asyncio.Queue(2 * settings.batch_articles)
        # One id for each partition, so that the broker fences an earlier writer that still runs.
        identity = f"{settings.group}-{stage.name}-{partition}" if transactional else None
        self._producer = make_producer(settings, transactional_id=identity)
        self._task = asyncio.create_task(self._run())
        vital(self._task, f"{title} cannot write")

    async def take(self, event: Any) -> None:
        """Queue an event of the partition; waits while the queue is full."""
        await self._events.put(event)

    async def close(self) -> list[Any]:
        """Stop writing; a batch under way is abandoned.

        Returns:
            The events that were taken but not acknowledged.
        """
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._memory.close()
        self._report.forget()
        await self._producer.stop()
        left = [*self._batch, *self._left_over]
        while not self._events.empty():
            left.append(self._events.get_nowait())
            await asyncio.sleep(0)  # lets a `take` that waits for room queue its event
        return left

    async def _run(self) -> None:
        await self._producer.start()
        await self._restore()
        self.ready.set()
        while True:
            batch = await self._readable(await self._next_batch())
            self._report.queue(self._events.qsize())
            made = await self._memory.place(batch)
            for records in made:
                await self._gate.enter(next(filter(None, map(failure_of, records)), None))
            with self._report.commit():
                await self._write(list(chain.from_iterable(made)), batch[: len(made)])
            self._report.repeats(made.count([]))
            self._batch = []
            if self._memory.spoiled:
                self._left_over = [*batch[len(made) :], *self._left_over]
                await self._restore()

    async def _restore(self) -> None:
        state, number, settings = self._stage.state, self._partition, self._settings
        marker = await write_marker(
            self._producer, state, number, settings, transactional=self._transactional
        )
        read = partial(read_log, state, number, marker, settings)
        while True:
            try:
                with self._report.loading():
                    await self._memory.restore(read, marker)
                return
            except NewerState as error:
                await self._halt(f"{self._title} cannot be loaded: {error}")

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
                    check_contract(input_message(event.message).header(self._stage.written_by))
                except NewerContract as error:
                    if place:
                        self._left_over = batch[place:]
                        self._batch = batch[:place]
                        return self._batch
                    message = event.message
                    where = f"{message.topic}/{message.partition}/{message.offset}"
                    await self._halt(f"{self._stage.name.upper()} stops before {where}: {error}")
                    break
            else:
                return batch

    async def _halt(self, what: str) -> None:
        """Halt the stage before a record of a later version, and wait until somebody resumes it.

        Raises:
            Stop: the settings say to exit.
        """
        self._halts.halt_before_newer(self._stage.name, what)
        await self._halts.over(self._stage.name)

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
            state = [record for record in records if record.topic is self._stage.state]
            others = [record for record in records if record.topic is not self._stage.state]
            await send_all(self._producer, others, self._settings)
            await send_together(self._producer, state, self._settings)
            written = []
        # Before anything else that may be cancelled: they are written for good.
        self._report.count(records)
        await self._memory.keep(records, written)
        self._report.written(records)
        for event in batch:
            event.ack()
            self._report.acknowledged(event.message.timestamp)
