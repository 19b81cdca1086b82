"""A stage with one writer for each partition, as a stream step: passes each event to the writer of
its partition, and manages the writers."""

import asyncio
from collections.abc import Callable, Set
from itertools import chain
from typing import Any

from service.worker.dead_letters.halt import Halts
from service.worker.partition_writer import PartitionWriter


class Assignments:
    """Writers of the partitions of one topic that are assigned to this worker."""

    def __init__(
        self,
        stage: str,
        make_writer: Callable[[int], PartitionWriter],
        *,
        transactional: bool,
        halts: Halts,
        is_assigned: Callable[[int], bool],
        abandon: Callable[[Any], None],
    ) -> None:
        """Start without a partition.

        Args:
            make_writer: returns a new writer of a partition.
            abandon: called with each event that is left to the partition's next writer.
        """
        self._stage = stage
        self._make_writer = make_writer
        self._transactional = transactional
        self._halts = halts
        self._is_assigned = is_assigned
        self._abandon = abandon
        self._writers: dict[int, PartitionWriter] = {}

    async def take(self, event: Any) -> None:
        """Pass an event to its partition's writer.

        An event of a partition that is no longer assigned here is released: the new writer reads
        it.
        """
        partition = event.message.partition
        if not self._is_assigned(partition):
            self._abandon(event)
            return
        await self._writer(partition).take(event)

    async def assign(self, partitions: Set[int]) -> None:
        """Have a writer for exactly these partitions.

        With transactions, the writer of a partition that stays is kept with its memory: if another
        worker wrote in between, the broker fences this writer. Without transactions there is no
        fencing, so its memory cannot be trusted and it is closed and started anew. So is that of a
        halted stage: the inputs that it holds back are delivered again.
        """
        anew = not self._transactional or self._stage in self._halts.halted
        gone = [each for each in self._writers if each not in partitions or anew]
        left = await asyncio.gather(*(self._writers.pop(each).close() for each in gone))
        for event in chain.from_iterable(left):
            self._abandon(event)
        for partition in partitions:
            self._writer(partition)

    def is_ready(self) -> bool:
        """True if the memory of every partition assigned here is loaded."""
        return all(writer.ready.is_set() for writer in self._writers.values())

    async def close(self) -> None:
        """Give up all partitions."""
        await self.assign(frozenset())

    def _writer(self, partition: int) -> PartitionWriter:
        if partition not in self._writers:
            self._writers[partition] = self._make_writer(partition)
        return self._writers[partition]
