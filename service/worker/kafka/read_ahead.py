"""Records of `pages.raw` that were fetched and not delivered to READ yet, by partition: which is
delivered next, and which partitions are held back (see `alignment.py`)."""

import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from service.settings import MEBIBYTE
from service.worker.kafka.alignment import (
    MINUTE,
    NEXT,
    GroupReached,
    PartitionTime,
    Reached,
    is_held,
)
from service.worker.kafka.partition_queue import PartitionQueue, by_turn, by_written

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_STOCK = 8
_STOCK_BYTES = MEBIBYTE
"""A partition with this many records, or with one of them and this many bytes, is not fetched: with
one fetch more, it has about 5 MB at most."""

_FETCH_PATIENCE = 0.5
"""Seconds that others wait for a partition whose records are on their way from the broker."""

_START_PATIENCE = 10.0
"""Seconds after an assignment until records are delivered, whatever the other workers commit."""


def _lower(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


class ReadAhead:
    """Chooses the next record among the partitions assigned here, the oldest event time first.

    Attributes:
        group: what the partitions of other workers have reached.
        generation: number of assignments so far.
        is_open: true once records may be delivered (see `begin`).
        is_untouched: true until the first record of this assignment is delivered.
        is_at_end: true if a partition of which no record waits was read to the end of its log.

    Args:
        limit_minutes: event time that a partition may be ahead of the slowest one.
        patience: seconds after which a partition that does not move holds nobody back.
        now: returns milliseconds since the epoch.
        clock: returns seconds that only increase.
    """

    def __init__(
        self,
        limit_minutes: float,
        patience: float,
        *,
        now: Callable[[], float] = lambda: time.time() * 1000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.group = GroupReached(patience, clock)
        self.limit = round(limit_minutes * MINUTE)
        self.is_at_end: Callable[[int], bool] = lambda _partition: True
        self._patience = patience
        self._now = now
        self._clock = clock
        self._queues: dict[int, PartitionQueue] = {}
        self.generation = 0
        self.is_open = False
        self.is_untouched = True
        self._begun = clock()

    @property
    def partitions(self) -> Collection[int]:
        """The partitions assigned here."""
        return self._queues.keys()

    def begin(self, partitions: Collection[int]) -> None:
        """Start anew with these partitions, without any record.

        None is delivered until `open` is called, or for 10 s: workers that begin at the same time
        first learn from each other where they are.
        """
        now = self._clock()
        self.generation += 1
        self.is_open = False
        self.is_untouched = True
        self._begun = now
        self._queues = {
            each: PartitionQueue(each, PartitionTime(self.limit, self._now), now)
            for each in sorted(partitions)
        }
        self.group.forget()

    def open(self) -> None:
        """Deliver records from now on."""
        self.is_open = True

    @property
    def is_looking(self) -> bool:
        """True shortly after an assignment, if a partition's first records are yet to come."""
        now = self._clock()
        return now - self._begun <= _FETCH_PATIENCE and any(
            not queue.waiting and not self.is_at_end(partition)
            for partition, queue in self._queues.items()
        )

    def clear(self) -> None:
        """Drop every record: they are read again from the committed offsets."""
        self.begin(())

    def add(self, partition: int, record: Any) -> None:
        """Add a record that was fetched; those of a partition come in the order of offsets."""
        if partition in self._queues:
            self._queues[partition].add(record)

    def is_stocked(self, partition: int) -> bool:
        """True if the partition needs no further fetch."""
        queue = self._queues.get(partition)
        if queue is None:
            return False
        full = queue.size >= _STOCK_BYTES and bool(queue.waiting)
        return full or len(queue.waiting) >= _STOCK

    @property
    def is_empty(self) -> bool:
        """True if no record waits."""
        return not any(queue.waiting for queue in self._queues.values())

    def first_offset(self, partition: int) -> int | None:
        """Return the offset of the partition's first record that waits; None if none does."""
        queue = self._queues.get(partition)
        return queue.waiting[0].record.offset if queue is not None and queue.waiting else None

    def take(self) -> Any | None:
        """Remove and return the next record to deliver; None if none may be delivered now."""
        taken = self._choose()
        if taken is not None:
            self.is_untouched = False
        return taken

    def _choose(self) -> Any | None:
        now = self._clock()
        if not self.is_open and now - self._begun < _START_PATIENCE:
            return None
        lowest, is_simple = None, True
        for partition, queue in self._queues.items():
            if queue.waiting:
                lowest = _lower(lowest, queue.time)
            elif is_simple:
                is_simple = not self._is_coming(partition, queue, now)
        first = self._first()
        if first is None or self._is_short(first, now):
            return None
        for other in self.group.holding():
            lowest = _lower(lowest, other.event if other.more else None)
        # Of live pages, the next one is never held back: this needs no look at each partition.
        if is_simple and (lowest is None or (first.time or 0) <= lowest + self.limit):
            return first.take(now)
        return self._take_unless_held(now)

    def _first(self) -> PartitionQueue | None:
        """Return the partition whose turn it is; None if no record waits.

        It is that of the oldest next page, but a page waits no longer than the limit for pages that
        were written after it.
        """
        waiting = [queue for queue in self._queues.values() if queue.waiting]
        if not waiting:
            return None
        first = min(waiting, key=by_turn)
        early = min(waiting, key=by_written)
        return early if early.turn > first.turn + self.limit else first

    def _take_unless_held(self, now: float) -> Any | None:
        waiting = [each for each in self._queues.items() if each[1].waiting]
        first = self._first()
        ordered = sorted(waiting, key=lambda each: (each[1] is not first, *by_turn(each[1])))
        reached = self._reached(now)
        others = [*self.group.holding(), *reached.values()]
        for partition, queue in ordered:
            if self._is_short(queue, now) or self._is_fetched_first(queue.turn, reached, now):
                return None
            if not is_held(reached[partition], others, self.limit):
                return queue.take(now)
        return None

    def passed_over(self) -> list[int]:
        """Return the partitions that have records waiting and are held back, or whose turn it is
        not: nobody need wonder that they are not read."""
        first, held = self._first(), self.held()
        return [
            partition
            for partition, queue in self._queues.items()
            if queue.waiting and (queue is not first or partition in held)
        ]

    def held(self) -> list[int]:
        """Return the partitions that have records waiting and are held back."""
        reached = self._reached(self._clock())
        others = [*reached.values(), *self.group.holding()]
        return [
            partition
            for partition, queue in self._queues.items()
            if queue.waiting and is_held(reached[partition], others, self.limit)
        ]

    def event_times(self) -> dict[int, int]:
        """Return the event time, in milliseconds, of each partition that has one."""
        return {
            partition: queue.time
            for partition, queue in self._queues.items()
            if queue.time is not None
        }

    def report(self) -> dict[str, Any]:
        """Return the partitions that are held back, those of other workers that are not waited for,
        and the event time of each partition, for JSON."""
        return {
            "minutes": self.limit / MINUTE,
            "held": self.held(),
            "not_waited_for": self.group.stalled(),
            "event_times": {
                str(partition): (_EPOCH + timedelta(milliseconds=millis)).isoformat()
                for partition, millis in self.event_times().items()
            },
        }

    def reached(self, partition: int, offset: int) -> Reached | None:
        """Return what a partition has reached when `offset` is committed for it.

        That is the time of the first page that is not done: pages delivered here and still in work
        are written later than what other workers read now.
        """
        queue = self._queues.get(partition)
        if queue is None:
            return None
        first = queue.first_in_work(offset)
        if first is not None:
            reached = Reached(first.event, first.written, more=True)
        else:
            more = bool(queue.waiting) or not self.is_at_end(partition)
            reached = Reached(queue.time, queue.written, more)
        queue.committed = reached.event
        return reached

    def lags(self) -> dict[int, int]:
        """Return, by partition, how far its event time is from what was last committed."""
        return {
            partition: abs(queue.time - (queue.committed or 0))
            for partition, queue in self._queues.items()
            if queue.time is not None
        }

    def _is_coming(self, partition: int, queue: PartitionQueue, now: float) -> bool:
        """True if the broker has more records of a partition of which none waits here."""
        return now - queue.empty_since <= self._patience and not self.is_at_end(partition)

    def _reached(self, now: float) -> dict[int, Reached]:
        return {
            partition: Reached(
                queue.time,
                queue.written,
                more=bool(queue.waiting) or self._is_coming(partition, queue, now),
            )
            for partition, queue in self._queues.items()
        }

    def _is_short(self, queue: PartitionQueue, now: float) -> bool:
        """True if a partition has too few next pages to confirm its time, and more are about to be
        fetched."""
        is_few = len(queue.waiting) < NEXT and now - queue.short_since <= _FETCH_PATIENCE
        return is_few and not self.is_at_end(queue.partition)

    def _is_fetched_first(self, turn: int, reached: dict[int, Reached], now: float) -> bool:
        """True if a partition that may have an older page is about to be fetched."""
        return any(
            not queue.waiting
            and now - queue.empty_since <= _FETCH_PATIENCE
            and reached[partition].more
            and (queue.time is None or queue.time <= turn)
            for partition, queue in self._queues.items()
        )
