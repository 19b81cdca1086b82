"""What stands between Faust's consumer and a broker, with logs in memory: positions move as
aiokafka's do, and a test may do anything between a fetch and its return."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from faust.types import TP


@dataclass
class FetchedLog:
    """In the place of the consumer's thread.

    Attributes:
        offsets: that each partition's log holds; all of them are assigned.
        committed: by partition.
        at_once: records that a fetch returns at most.
        times: by partition, the event time of the record with offset 0, in milliseconds; each
            record is a second later.
        marker: by partition, the offset after control records at the end of the log.
        before_return: awaited with each fetch that found something, once its positions have moved.
    """

    offsets: dict[TP, list[int]]
    committed: dict[TP, int] = field(default_factory=dict)
    at_once: int = 100
    before_return: Callable[[], Awaitable[None]] | None = None
    positions: dict[TP, int] = field(default_factory=dict)
    marker: dict[TP, int] = field(default_factory=dict)
    times: dict[TP, int] = field(default_factory=dict)
    rewinds: int = 0
    asked_for_position: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    def __post_init__(self) -> None:
        for tp, held in self.offsets.items():
            self.positions[tp] = self.committed.get(tp) or held[0]

    def assignment(self) -> set[TP]:
        return set(self.offsets)

    async def getmany(self, active: set[TP], *_: object) -> dict[TP, list[Any]]:
        found: dict[TP, list[Any]] = {}
        for tp, held in self.offsets.items():
            if tp not in active:
                continue
            batch = [each for each in held if each >= self.positions[tp]][: self.at_once]
            if batch:
                self.positions[tp] = batch[-1] + 1
                found[tp] = [_record(tp, offset, self.times.get(tp, 0)) for offset in batch]
            self.positions[tp] = max(self.positions[tp], self.marker.get(tp, 0))
        if found and self.before_return is not None:
            await self.before_return()
        return found

    async def position(self, tp: TP) -> int:
        self.asked_for_position.release()
        return self.positions[tp]

    async def seek_to_committed(self) -> Mapping[TP, int | None]:
        """As aiokafka does: a partition without a committed offset stays where it is."""
        for tp, offset in self.committed.items():
            self.positions[tp] = offset
        return {tp: self.committed.get(tp) for tp in self.offsets}

    async def commit(self, offsets: Mapping[TP, int]) -> bool:
        self.committed |= offsets
        return True

    def is_at_end(self, tp: TP) -> bool:
        return self.positions[tp] > self.offsets[tp][-1]

    def count_partitions(self, topic: str) -> int:
        return sum(tp.topic == topic for tp in self.offsets)

    async def earliest_offsets(self, *partitions: TP) -> Mapping[TP, int]:
        return {tp: self.offsets[tp][0] for tp in partitions}

    async def highwaters(self, *partitions: TP) -> Mapping[TP, int]:
        return {tp: self.offsets[tp][-1] + 1 for tp in partitions}

    async def seek_wait(self, partitions: Mapping[TP, int]) -> None:
        self.rewinds += 1
        self.positions |= partitions


def _record(tp: TP, offset: int, first: int) -> Any:
    return SimpleNamespace(
        topic=tp.topic,
        partition=tp.partition,
        offset=offset,
        timestamp=first + 1000 * offset,
        timestamp_type=0,
        headers=(),
        key=b"key",
        value=b"value",
        checksum=None,
        serialized_key_size=3,
        serialized_value_size=5,
    )
