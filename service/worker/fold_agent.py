"""FOLD as a stream step: passes each event to its shard's writer, and manages the writers."""

import asyncio
import logging
from collections.abc import Callable, Set
from itertools import chain
from typing import Any

from service.settings import Settings
from service.worker.dead_letters.halt import Halts
from service.worker.observe.counts import Counts
from service.worker.shard_writer import ShardWriter

logger = logging.getLogger(__name__)


class ShardAssignments:
    """Writers of the shards assigned to this worker."""

    def __init__(
        self,
        settings: Settings,
        counts: Counts,
        *,
        transactional: bool,
        halts: Halts,
        is_assigned: Callable[[int], bool],
        abandon: Callable[[Any], None],
    ) -> None:
        """Start without a shard.

        Args:
            abandon: called with each event that is left to the shard's next writer.
        """
        self._settings = settings
        self._counts = counts
        self._transactional = transactional
        self._halts = halts
        self._is_assigned = is_assigned
        self._abandon = abandon
        self._writers: dict[int, ShardWriter] = {}

    async def take(self, event: Any) -> None:
        """Pass an event to its shard's writer.

        An event of a shard that is no longer assigned here is released: the new writer reads it.
        """
        shard = event.message.partition
        if not self._is_assigned(shard):
            self._abandon(event)
            return
        await self._writer(shard).take(event)

    async def assign(self, shards: Set[int]) -> None:
        """Have a writer for exactly these shards.

        With transactions, the writer of a shard that stays is kept with its state: if another
        worker wrote in between, the broker fences this writer. Without transactions there is no
        fencing, so its state cannot be trusted and it is closed and started anew. So is that of a
        halted shard: the articles that it holds back are delivered again.
        """
        anew = not self._transactional or "fold" in self._halts.halted
        gone = [s for s in self._writers if s not in shards or anew]
        left = await asyncio.gather(*(self._writers.pop(shard).close() for shard in gone))
        for event in chain.from_iterable(left):
            self._abandon(event)
        for shard in shards:
            self._writer(shard)

    def is_ready(self) -> bool:
        """True if the state of every shard assigned here is loaded."""
        return all(writer.ready.is_set() for writer in self._writers.values())

    async def close(self) -> None:
        """Give up all shards."""
        await self.assign(frozenset())

    def _writer(self, shard: int) -> ShardWriter:
        if shard not in self._writers:
            self._writers[shard] = ShardWriter(
                shard,
                self._settings,
                self._counts,
                transactional=self._transactional,
                halts=self._halts,
            )
        return self._writers[shard]
