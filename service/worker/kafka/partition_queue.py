"""The records of one partition of `pages.raw` that were fetched and not delivered yet, and the
event time that they give the partition; times are milliseconds since the epoch."""

from collections import deque
from itertools import islice
from typing import Any, NamedTuple

from service.worker.kafka.alignment import NEXT, PartitionTime
from service.worker.kafka.event_time import event_time


class _Waiting(NamedTuple):
    """A record that was fetched, and its event time."""

    record: Any
    event: int | None


class Delivered(NamedTuple):
    """A record that was delivered.

    Attributes:
        event: the partition's event time before it.
        written: when it was written.
    """

    offset: int
    event: int | None
    written: int | None


class PartitionQueue:
    """The records of one partition that wait, and the times of those delivered and not done.

    Attributes:
        times: makes event time and turn of the claims of pages.
        waiting: the records, in the order of offsets.
        delivered: what was delivered and may be in work.
        size: bytes of the records that wait.
        empty_since, short_since: seconds of the caller's clock from which on no record waited, or
            fewer than confirm the time.
        time, turn, written: of the next page, or of the last one if none waits: the partition's
            event time, its turn (see `PartitionTime.turn`), and when the page was written.
        committed: event time that was last committed for it.
    """

    def __init__(self, partition: int, times: PartitionTime, since: float) -> None:
        """Begin without a record.

        Args:
            since: seconds of the caller's clock.
        """
        self.partition = partition
        self.times = times
        self.waiting: deque[_Waiting] = deque()
        self.delivered: deque[Delivered] = deque()
        self.size = 0
        self.empty_since = since
        self.short_since = since
        self.time: int | None = None
        self.turn = 0
        self.written: int | None = None
        self.committed: int | None = None

    def add(self, record: Any) -> None:
        """Add the record with the next offset."""
        event = event_time(record.headers, record.value, record.timestamp)
        self.waiting.append(_Waiting(record, event))
        self.size += len(record.value or b"")
        if len(self.waiting) <= NEXT:
            self._look()

    def take(self, now: float) -> Any:
        """Remove and return the first record, for delivery.

        Args:
            now: seconds of the caller's clock.
        """
        record, event = self.waiting.popleft()
        self.size -= len(record.value or b"")
        self.delivered.append(Delivered(record.offset, self.time, self.written))
        self.times.read(event, self.time)
        self.empty_since = now
        if len(self.waiting) == NEXT - 1:
            self.short_since = now
        self._look()
        return record

    def first_in_work(self, offset: int) -> Delivered | None:
        """Return the first record delivered that is not done when `offset` is committed, None if
        all are; those before it are forgotten."""
        while self.delivered and self.delivered[0].offset < offset:
            self.delivered.popleft()
        return self.delivered[0] if self.delivered else None

    def _look(self) -> None:
        """Set time and turn of the next page; without one, those of the last page stay."""
        if self.waiting:
            self.time = self.times.time([each.event for each in islice(self.waiting, NEXT)])
            self.turn = self.times.turn(self.time)
            stamp = self.waiting[0].record.timestamp
            self.written = stamp if stamp is not None and stamp >= 0 else None


def by_turn(queue: PartitionQueue) -> tuple[int, int]:
    """Return what partitions are sorted by to read the oldest event time first."""
    return queue.turn, queue.written or 0


def by_written(queue: PartitionQueue) -> tuple[int, int]:
    """Return what partitions are sorted by to read what was written first."""
    return queue.written or 0, queue.turn
