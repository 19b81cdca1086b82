"""FOLD of one shard as a stream step: its memory, its producer, its transactions.

Order of a batch, with transactions: events, stories and state are sent, the input's offsets are
added, the transaction commits, the events are acknowledged to Faust. A kill anywhere before the
commit leaves nothing; a kill after it repeats nothing, since the state knows the positions.

Without transactions: events and stories are sent and acknowledged, then the state as one piece,
then the input is. A kill between two of these repeats events, with the same ids and bytes.
"""

import asyncio
import logging
from collections import Counter
from typing import Any

from aiokafka import TopicPartition

from service.events.outcome import FailureReason
from service.events.record import Record
from service.events.topics import Topic
from service.fold import fold, unfolded
from service.settings import Settings
from service.story.memory import Window
from service.story.shard import Shard
from service.stream.fatal import vital
from service.stream.incoming import input_message
from service.stream.producers import make_producer, send_all, send_together
from service.stream.state_log import read_log, write_marker

logger = logging.getLogger(__name__)


class ShardWriter:
    """The single writer of one shard, while its partition is assigned here.

    `outcomes` counts what was written by topic, and repeats that were dropped.
    """

    def __init__(
        self, shard: int, settings: Settings, outcomes: Counter[str], *, transactional: bool
    ) -> None:
        self.ready = asyncio.Event()
        self._number = shard
        self._settings = settings
        self._outcomes = outcomes
        self._transactional = transactional
        self._shard = self._empty_shard()
        self._spoiled = False
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

    async def close(self) -> None:
        """Stop writing; a batch under way is given up."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._producer.stop()

    async def _run(self) -> None:
        await self._producer.start()
        await self._restore()
        self.ready.set()
        while True:
            batch = await self._next_batch()
            records, done = await asyncio.to_thread(self._fold, batch)
            await self._write(records, batch[:done])
            if self._spoiled:
                self._left_over = batch[done:]
                await self._start_afresh()

    async def _restore(self) -> None:
        marker = await write_marker(
            self._producer, self._number, self._settings, transactional=self._transactional
        )
        log = await read_log(self._number, marker, self._settings)
        articles, stories = await asyncio.to_thread(log.parse)
        await asyncio.to_thread(self._shard.restore, articles, stories)
        logger.info(
            "shard %d holds %d articles in %d stories", self._number, len(articles), len(stories)
        )

    async def _start_afresh(self) -> None:
        """Put the memory that a fault may have left half changed in order, from what is written."""
        self._spoiled = False
        self._shard = self._empty_shard()
        await self._restore()

    def _empty_shard(self) -> Shard:
        return Shard(Window(self._settings.window_span, self._settings.window_articles))

    async def _next_batch(self) -> list[Any]:
        if self._left_over:
            batch, self._left_over = self._left_over, []
            return batch
        batch = [await self._events.get()]
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
                await send_all(self._producer, records, self._settings)
                await self._producer.send_offsets_to_transaction(
                    {position: last.offset + 1}, self._settings.group
                )
        else:
            state = [record for record in records if record.topic is Topic.FOLD_STATE]
            others = [record for record in records if record.topic is not Topic.FOLD_STATE]
            await send_all(self._producer, others, self._settings)
            await send_together(self._producer, state, self._settings)
        for record in records:
            self._outcomes[record.topic.value] += 1
        for event in batch:
            event.ack()

    def _fold(self, batch: list[Any]) -> tuple[list[Record], int]:
        """Place the batch, in its order; runs in a thread, the only one that touches the shard.

        Returns:
            What is to be written, and how many of the batch that is: all, or up to the first that
            could not be placed, which becomes a dead letter.
        """
        records: list[Record] = []
        for place, event in enumerate(batch):
            message = input_message(event.message)
            try:
                made = fold(message, self._shard, self._number)
            except Exception as error:
                logger.exception("shard %d cannot place %s", self._number, message.source)
                self._spoiled = True
                letter = unfolded(message, FailureReason.ERROR, error)
                return [*records, letter], place + 1
            if not made:
                self._outcomes["repeats"] += 1
            records.extend(made)
        return records, len(batch)
