"""A partition of `fold.state` without a broker, and the sample crawl folded onto it."""

import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from service.contract.record import Record, Topic
from service.settings import Settings
from service.worker.checkpoint.checkpoint import Position
from service.worker.checkpoint.continuity import ChangelogContinuity, Marker, OtherLog
from service.worker.checkpoint.shard_memory import ShardMemory
from tests.worker.faust_events import Event, Message

Written = list[tuple[str | None, bytes | None]]
"""Topic and value of each record but those of the state."""


@dataclass(frozen=True)
class LogRecord:
    """A record as a consumer hands it out, and as a producer is told where it stands."""

    offset: int
    key: bytes
    value: bytes | None
    timestamp: int


@dataclass
class KeptLog:
    """Offsets grow by two, as a transaction's marker takes one too.

    Attributes:
        begins: offsets below this one were deleted.
        now: time of the next record, in milliseconds.
    """

    records: list[LogRecord] = field(default_factory=list)
    begins: int = 0
    now: int = 1_000_000
    read_from: list[int | None] = field(default_factory=list)

    def append(self, key: bytes, value: bytes | None) -> LogRecord:
        offset = self.records[-1].offset + 2 if self.records else 0
        self.records.append(LogRecord(offset, key, value, self.now))
        return self.records[-1]

    def marker(self) -> Marker:
        value = uuid.uuid4().hex.encode()
        written = self.append(b"marker/0", value)
        return Marker(value, written.offset, written.timestamp)

    def compact(self) -> None:
        """Keep the newest record of each key."""
        newest = {record.key: record for record in self.records}
        self.records = [record for record in self.records if newest[record.key] is record]

    async def read(self, marker: Marker, since: Position | None) -> AsyncIterator[Sequence[Any]]:
        """As `read_log` does from a broker, a few records at a time."""
        self.read_from.append(None if since is None else since.offset)
        continuity = ChangelogContinuity(since, marker)
        if since is not None and since.offset < self.begins:
            raise OtherLog("the log begins after the checkpoint ends")
        begin = self.begins if since is None else since.offset
        end = next(n for n, each in enumerate(self.records) if each.value == marker.value)
        there = [record for record in self.records[:end] if record.offset >= begin]
        for place in range(0, len(there), 7):
            fresh = [record for record in there[place : place + 7] if continuity.follows(record)]
            if fresh:
                yield fresh
        continuity.close()


@cache
def crawl() -> tuple[Event, ...]:
    """The sample crawl as it comes from `articles.extracted`."""
    # READ, which a process that folds does not need, takes a second to be imported.
    from tests.local.sample_read import extracted_records

    return tuple(
        extracted_event(number, record.value or b"")
        for number, record in enumerate(extracted_records())
    )


def extracted_event(number: int, value: bytes) -> Event:
    """A record of `articles.extracted` as a consumer hands it out."""
    return Event(Message(value, number, "articles.extracted"))


async def open_memory(log: KeptLog, state_dir: Path, **more: Any) -> ShardMemory:
    """A shard's memory, restored from its checkpoint and the log."""
    memory = ShardMemory(0, Settings(state_dir=state_dir, **more), trusted=True)
    marker = log.marker()
    await memory.restore(lambda since: log.read(marker, since), marker)
    return memory


async def fold_batch(memory: ShardMemory, log: KeptLog, events: Sequence[Event]) -> list[Record]:
    """Place a batch and write it to the log, as one transaction would; it is not kept yet."""
    made = await memory.place(events)
    return [record for records in made for record in records]


def commit(log: KeptLog, records: Sequence[Record]) -> list[Any]:
    """What a transaction leaves in the log; where each record was written."""
    return [
        log.append(record.key or b"", record.value) if record.topic is Topic.FOLD_STATE else None
        for record in records
    ]


async def fold_on(
    memory: ShardMemory, log: KeptLog, events: Sequence[Event], batch: int = 5
) -> Written:
    """Fold events to the end, in batches; what was written beside the state."""
    written: Written = []
    for begin in range(0, len(events), batch):
        records = await fold_batch(memory, log, events[begin : begin + batch])
        await memory.keep(records, commit(log, records))
        written += outcomes(records)
    return written


def outcomes(records: Sequence[Record]) -> Written:
    return [(r.topic.value, r.value) for r in records if r.topic is not Topic.FOLD_STATE]
