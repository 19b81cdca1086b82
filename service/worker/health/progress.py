"""Detects a worker that makes no progress, from the inputs that it has taken and from consumer lag.

Faust's consumers can stop silently, so what they report about themselves is not used: a worker is
stuck if there is work and none gets done.
"""

import time
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any

LONGEST_LOAD = 900.0
"""Seconds that FOLD may take to load its state; no progress is expected during that time."""

LONGEST_STEP = 5.0
"""Most seconds that are counted between two snapshots."""


@dataclass(frozen=True, slots=True)
class Partition:
    """One partition of an input topic, by name and number."""

    topic: str
    number: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.number}"


@dataclass(frozen=True, slots=True)
class WorkerSnapshot:
    """A snapshot of the worker.

    Attributes:
        done: outcomes so far; any change is progress.
        in_hand: inputs taken from the broker that have no outcome yet.
        has_room: True if READ would take more.
        settled: True if the group was joined and is not being rebalanced.
        loaded: True if FOLD has loaded its state.
        starting: True if a child process is being started for a page; the start has a time limit of
            its own.
        reading: True if a child process is reading a page; the time for each page is limited.
        halted: True if a stage waits for somebody to resume it.
        held: partitions that wait for others, by event time.
    """

    done: int
    in_hand: int
    has_room: bool
    settled: bool
    loaded: bool
    starting: bool = False
    reading: bool = False
    halted: bool = False
    held: Set[Partition] = frozenset()


@dataclass(slots=True)
class PartitionLag:
    """Lag of one partition.

    Attributes:
        position: the consumer's next offset.
        since: time since which the lag counts against the worker, as `Progress` measures time.
        end: the offset that the next record of the partition will have; None if not known yet.
    """

    position: int
    since: float
    end: int | None = None

    @property
    def records(self) -> int:
        """Records between the position and the end; 0 if the end is not known."""
        return 0 if self.end is None else max(0, self.end - self.position)


class Progress:
    """Tracks when the worker and each partition last made progress.

    Time is the sum of the intervals between snapshots, each counted as `LONGEST_STEP` at most: a
    process that was paused and continues was not stuck.
    """

    def __init__(self, stuck_after: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._stuck_after = stuck_after
        self._clock = clock
        self._looked = clock()
        self._now = 0.0
        self._snapshot = WorkerSnapshot(0, 0, has_room=True, settled=False, loaded=True)
        self._moved = self._settled = self._loaded = self._now
        self._lags: dict[Partition, PartitionLag] = {}

    def see(self, snapshot: WorkerSnapshot) -> None:
        """Add a snapshot of the worker; call this regularly."""
        looked = self._clock()
        self._now += min(max(0.0, looked - self._looked), LONGEST_STEP)
        self._looked = looked
        now = self._now
        if snapshot.loaded:
            self._loaded = now
        if snapshot.settled:
            self._settled = now
        loading = not snapshot.loaded and now - self._loaded < LONGEST_LOAD
        waits = loading or snapshot.starting or snapshot.reading or not snapshot.settled
        waits = waits or snapshot.halted
        if waits or snapshot.done != self._snapshot.done or not snapshot.in_hand:
            self._moved = now
        if not snapshot.has_room or not snapshot.settled or loading or snapshot.halted:
            for lag in self._lags.values():
                lag.since = now
        for partition in snapshot.held & self._lags.keys():
            self._lags[partition].since = now
        self._snapshot = snapshot

    def see_positions(self, positions: Mapping[Partition, int]) -> None:
        """Set the consumer's next offset of every partition assigned here, and of no others."""
        held = self._lags
        self._lags = {}
        for partition, position in positions.items():
            lag = held.get(partition)
            if lag is None or lag.position != position or not lag.records:
                end = None if lag is None else lag.end
                lag = PartitionLag(position, self._now, end)
            self._lags[partition] = lag

    def see_ends(self, ends: Mapping[Partition, int]) -> None:
        """Set the end offsets of partitions: the offset that the next record will have."""
        for partition in ends.keys() & self._lags.keys():
            lag = self._lags[partition]
            if not lag.records:
                lag.since = self._now
            lag.end = ends[partition]

    @property
    def partitions(self) -> Set[Partition]:
        """The partitions assigned here."""
        return self._lags.keys()

    def stuck(self) -> str | None:
        """Return what has made no progress for too long, for people; None if nothing."""
        now, limit = self._now, self._stuck_after
        if now - self._settled > limit:
            return f"the group has given no partitions for {now - self._settled:.0f} s"
        if now - self._moved > limit:
            return (
                f"{self._snapshot.in_hand} inputs are in hand, and none was finished for"
                f" {now - self._moved:.0f} s"
            )
        for partition, lag in self._lags.items():
            if lag.records and now - lag.since > limit:
                return (
                    f"{partition} has {lag.records} records that nobody reads, for"
                    f" {now - lag.since:.0f} s"
                )
        return None

    def report(self) -> dict[str, Any]:
        """Return the inputs in hand, the time without progress and the lag, for JSON."""
        return {
            "in_hand": self._snapshot.in_hand,
            "seconds_without_progress": round(self._now - self._moved, 1),
            "lag": {str(each): lag.records for each, lag in self._lags.items()},
        }
