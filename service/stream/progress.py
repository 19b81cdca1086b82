"""Whether the worker gets on with its work, told from what it has in hand and from the log's end.

Faust's consumers are known to stop without a word, so nothing that they say about themselves counts
here: only that work lies there and none gets done.
"""

import time
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any

LONGEST_LOAD = 900.0
"""Seconds that FOLD may take to load its memory, during which nothing need get done."""

LONGEST_STEP = 5.0
"""Seconds that may pass between two looks; what is over that does not count."""


@dataclass(frozen=True, slots=True)
class Partition:
    """One partition of an input topic, by name and number."""

    topic: str
    number: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.number}"


@dataclass(frozen=True, slots=True)
class Sight:
    """The worker at one moment.

    Attributes:
        done: outcomes so far; any other number than before is progress.
        in_hand: inputs taken from the broker that have no outcome yet.
        has_room: whether READ would take more.
        settled: whether the group is not being rebalanced, and was joined.
        loaded: whether FOLD has its memory.
        starting: whether a child process is being started for a page; that has a limit of its own.
    """

    done: int
    in_hand: int
    has_room: bool
    settled: bool
    loaded: bool
    starting: bool = False


@dataclass(slots=True)
class _Reading:
    position: int
    since: float
    end: int | None = None

    @property
    def lag(self) -> int:
        return 0 if self.end is None else max(0, self.end - self.position)


class Progress:
    """Remembers when each thing last moved.

    Time passes by what is between two looks, and never more than `LONGEST_STEP`: a process that was
    stopped and goes on was not stuck.
    """

    def __init__(self, stuck_after: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._stuck_after = stuck_after
        self._clock = clock
        self._looked = clock()
        self._now = 0.0
        self._sight = Sight(0, 0, has_room=True, settled=False, loaded=True)
        self._moved = self._settled = self._loaded = self._now
        self._readings: dict[Partition, _Reading] = {}

    def see(self, sight: Sight) -> None:
        """Look at the worker, about every second."""
        looked = self._clock()
        self._now += min(max(0.0, looked - self._looked), LONGEST_STEP)
        self._looked = looked
        now = self._now
        if sight.loaded:
            self._loaded = now
        if sight.settled:
            self._settled = now
        loading = not sight.loaded and now - self._loaded < LONGEST_LOAD
        waits = loading or sight.starting or not sight.settled
        if waits or sight.done != self._sight.done or not sight.in_hand:
            self._moved = now
        if not sight.has_room or not sight.settled or loading:
            for reading in self._readings.values():
                reading.since = now
        self._sight = sight

    def see_positions(self, positions: Mapping[Partition, int]) -> None:
        """Where the consumer reads next, of the partitions assigned here and no others."""
        held = self._readings
        self._readings = {}
        for partition, position in positions.items():
            reading = held.get(partition)
            if reading is None or reading.position != position or not reading.lag:
                end = None if reading is None else reading.end
                reading = _Reading(position, self._now, end)
            self._readings[partition] = reading

    def see_ends(self, ends: Mapping[Partition, int]) -> None:
        """Where the log of a partition ends: the offset of the record that comes next."""
        for partition in ends.keys() & self._readings.keys():
            reading = self._readings[partition]
            if not reading.lag:
                reading.since = self._now
            reading.end = ends[partition]

    @property
    def partitions(self) -> Set[Partition]:
        """Those assigned here."""
        return self._readings.keys()

    def stuck(self) -> str | None:
        """What stands still for too long, for people; None while all is well."""
        now, limit = self._now, self._stuck_after
        if now - self._settled > limit:
            return f"the group has given no partitions for {now - self._settled:.0f} s"
        if now - self._moved > limit:
            return (
                f"{self._sight.in_hand} inputs are in hand, and none was finished for"
                f" {now - self._moved:.0f} s"
            )
        for partition, reading in self._readings.items():
            if reading.lag and now - reading.since > limit:
                return (
                    f"{partition} has {reading.lag} records that nobody reads, for"
                    f" {now - reading.since:.0f} s"
                )
        return None

    def report(self) -> dict[str, Any]:
        """What is known, for JSON."""
        return {
            "in_hand": self._sight.in_hand,
            "seconds_without_progress": round(self._now - self._moved, 1),
            "lag": {str(each): reading.lag for each, reading in self._readings.items()},
        }
