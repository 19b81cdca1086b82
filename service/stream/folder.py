"""FOLD as a stream step: gives each event to the writer of its shard, and keeps the writers."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Set
from typing import Any

from service.settings import Settings
from service.stream.shard_writer import ShardWriter

logger = logging.getLogger(__name__)


class Folder:
    """The shards assigned to this worker; `outcomes` counts what they wrote, by topic."""

    def __init__(
        self,
        settings: Settings,
        *,
        transactional: bool,
        is_assigned: Callable[[int], bool],
    ) -> None:
        self.outcomes: Counter[str] = Counter()
        self._settings = settings
        self._transactional = transactional
        self._is_assigned = is_assigned
        self._writers: dict[int, ShardWriter] = {}

    async def take(self, event: Any) -> None:
        """Give an event to its shard's writer.

        An event of a shard that has moved away meanwhile is let go: its new writer will read it.
        """
        shard = event.message.partition
        if not self._is_assigned(shard):
            return
        await self._writer(shard).take(event)

    async def assign(self, shards: Set[int]) -> None:
        """Keep exactly these shards.

        A writer whose shard stays is kept, memory and all, where the broker's fencing tells if
        another wrote meanwhile. Without fencing its memory cannot be trusted: it starts afresh.
        """
        gone = [s for s in self._writers if s not in shards or not self._transactional]
        await asyncio.gather(*(self._writers.pop(shard).close() for shard in gone))
        for shard in shards:
            self._writer(shard)

    def is_ready(self) -> bool:
        """Whether the memory of every shard assigned here is loaded."""
        return all(writer.ready.is_set() for writer in self._writers.values())

    async def close(self) -> None:
        """Give up all shards."""
        await self.assign(frozenset())

    def _writer(self, shard: int) -> ShardWriter:
        if shard not in self._writers:
            self._writers[shard] = ShardWriter(
                shard, self._settings, self.outcomes, transactional=self._transactional
            )
        return self._writers[shard]
