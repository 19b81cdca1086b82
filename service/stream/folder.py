"""FOLD as a stream step: gives each event to the writer of its shard, and keeps the writers."""

import asyncio
import logging
from collections.abc import Callable, Set
from itertools import chain
from typing import Any

from service.events.contract_version import EXTRACTED_SCHEMA, NewerContract, check_contract
from service.settings import Settings
from service.stream.counts import Counts
from service.stream.fatal import UNREADABLE, die
from service.stream.incoming import input_message
from service.stream.shard_writer import ShardWriter

logger = logging.getLogger(__name__)


class Folder:
    """The shards assigned to this worker."""

    def __init__(
        self,
        settings: Settings,
        counts: Counts,
        *,
        transactional: bool,
        is_assigned: Callable[[int], bool],
        let_go: Callable[[Any], None],
    ) -> None:
        """Begin without a shard.

        Args:
            let_go: called with each event that is left to the shard's next writer.
        """
        self._settings = settings
        self._counts = counts
        self._transactional = transactional
        self._is_assigned = is_assigned
        self._let_go = let_go
        self._writers: dict[int, ShardWriter] = {}

    async def take(self, event: Any) -> None:
        """Give an event to its shard's writer.

        An event of a shard that has moved away meanwhile is let go: its new writer will read it.
        """
        shard = event.message.partition
        if not self._is_assigned(shard):
            self._let_go(event)
            return
        try:
            check_contract(input_message(event.message).header(EXTRACTED_SCHEMA))
        except NewerContract as error:
            die(f"FOLD stops before {event.message.topic}/{shard}: {error}", code=UNREADABLE)
        await self._writer(shard).take(event)

    async def assign(self, shards: Set[int]) -> None:
        """Keep exactly these shards.

        A writer whose shard stays is kept, memory and all, where the broker's fencing tells if
        another wrote meanwhile. Without fencing its memory cannot be trusted: it starts afresh.
        """
        gone = [s for s in self._writers if s not in shards or not self._transactional]
        left = await asyncio.gather(*(self._writers.pop(shard).close() for shard in gone))
        for event in chain.from_iterable(left):
            self._let_go(event)
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
                shard, self._settings, self._counts, transactional=self._transactional
            )
        return self._writers[shard]
