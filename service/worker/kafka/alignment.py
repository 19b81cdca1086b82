"""Alignment of partitions by event time: which partition of `pages.raw` READ holds back.

Partitions are read at different pace. In a backfill, a second may be a day of event time, so FOLD
would get pages in disorder, and would have to remember as much more. Hence a partition that is
ahead of the slowest one by more than a limit waits, over all workers of the group.

Event times are claims of crawlers, so they are bounded in what they do:

- A partition's time is that of its next page, if the median of several pages confirms it, else that
  median (`PartitionTime`): wrong times of some pages do not move it by more than the limit. A time
  in the future is no time.
- A page never waits for a page that was written to the topic after it. A stretch of wrong times, an
  archive fed backwards, or a second file fed after the first cost no more than reading the topic in
  the order in which it was written.
- A partition with nothing to read holds nobody back, nor does one that has not moved for some
  minutes (its worker is halted, or its broker is away).
- The partition with the oldest time is never held back, so there is no deadlock.

Models: Kafka Streams reads the partition with the oldest next record first and waits for the fetch
of one that has records on the broker (KIP-353, KIP-695); Flink pauses sources that are ahead of the
group's slowest watermark (FLIP-182).
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

MINUTE = 60_000

_READ = 4
NEXT = 5
"""The median is that of the last read and the next pages: of nine at most, so that four wrong ones
do not move it out of the range of the others."""

_FEWEST = 3
"""With fewer pages a partition has no time: two claims have no majority."""

_AHEAD_OF_CLOCK = 10 * MINUTE
"""A time of fetch further in the future than this, by the worker's clock, is no time."""

_FORM = re.compile(r"copydesk1 (-|\d{1,15}) (-|\d{1,15}) (more|end)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a partition is read.

    Attributes:
        event: the partition's event time, in milliseconds; None if it is not known.
        written: time at which the next record was written to the log, in milliseconds; None if it
            is not known.
        more: True if there is more to read.
    """

    event: int | None
    written: int | None
    more: bool

    def encode(self) -> str:
        """Return the metadata to commit with the partition's offset."""
        event, written = ("-" if t is None or t < 0 else t for t in (self.event, self.written))
        return f"copydesk1 {event} {written} {'more' if self.more else 'end'}"


def decode(metadata: str) -> Reached | None:
    """Return what `encode` wrote; None for anything else, such as an older version's commit."""
    found = _FORM.fullmatch(metadata)
    if found is None:
        return None
    event, written = (None if text == "-" else int(text) for text in found.groups()[:2])
    return Reached(event, written, found[3] == "more")


def is_held(partition: Reached, all_of_them: Iterable[Reached], limit: int) -> bool:
    """True if one of the others has more to read, is more than `limit` milliseconds of event time
    behind, and its next page was not written after this partition's."""
    if partition.event is None:
        return False
    return any(
        other.more
        and other.event is not None
        and other.event + limit < partition.event
        and not _is_before(partition.written, other.written)
        for other in all_of_them
    )


def _is_before(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one < other


class PartitionTime:
    """The event time of one partition, by several of its pages, and the turn of its next page.

    Args:
        limit: milliseconds by which a page's claim may differ from the median of the pages.
        now: returns the time in milliseconds since the epoch.
    """

    def __init__(self, limit: int, now: Callable[[], float]) -> None:
        self._limit = limit
        self._now = now
        self._read: deque[int] = deque(maxlen=_READ)
        self._turn = 0

    def read(self, event: int | None, time: int | None) -> None:
        """Add a page that was read: its claim, and the partition's time before."""
        if event is not None and not self._is_future(event):
            self._read.append(event)
        self._turn = self.turn(time)

    def time(self, following: Sequence[int | None]) -> int | None:
        """Return the partition's time, given the claims of its next pages, in order; None if it has
        too few pages with a time."""
        newest = self._now() + _AHEAD_OF_CLOCK
        claims = [each for each in following[:NEXT] if each is not None and each <= newest]
        times = sorted([*self._read, *claims])
        if len(times) < _FEWEST:
            return None
        median = times[(len(times) - 1) // 2]
        event = following[0] if following else None
        if event is None or event > newest or abs(event - median) > self._limit:
            return median
        return event

    def turn(self, time: int | None) -> int:
        """Return what the next page is ordered by among those of all partitions: the partition's
        time, but never less than before.

        A partition that begins a second file, or was fed backwards, is not to be read alone until
        it has caught up with itself. Pages with equal turns are read in the order in which they
        were written.
        """
        return self._turn if time is None else max(time, self._turn)

    def _is_future(self, event: int) -> bool:
        return event > self._now() + _AHEAD_OF_CLOCK


class GroupReached:
    """What the partitions of the group's other workers have reached, from committed offsets.

    A partition that has not moved for `patience` seconds while it has more to read holds nobody
    back until it moves.

    Args:
        clock: returns seconds that only increase.
    """

    def __init__(self, patience: float, clock: Callable[[], float]) -> None:
        self._patience = patience
        self._clock = clock
        self._seen: dict[int, tuple[int, Reached | None, float]] = {}

    def see(self, committed: Mapping[int, tuple[int, str]]) -> None:
        """Set offset and metadata of every partition of other workers."""
        now, before = self._clock(), self._seen
        self._seen = {}
        for partition, (offset, metadata) in committed.items():
            reached = decode(metadata)
            old = before.get(partition)
            moved = old is None or old[:2] != (offset, reached)
            self._seen[partition] = (offset, reached, now if old is None or moved else old[2])

    def forget(self) -> None:
        """Forget everything: partitions were assigned anew."""
        self._seen = {}

    def is_complete(self, partitions: Iterable[int]) -> bool:
        """True if all of these partitions have committed what they reached."""
        return all(self._seen.get(each, (0, None, 0.0))[1] is not None for each in partitions)

    def holding(self) -> list[Reached]:
        """Return what the partitions have reached that may hold others back."""
        now = self._clock()
        return [
            reached
            for _, reached, moved in self._seen.values()
            if reached is not None and now - moved <= self._patience
        ]

    def stalled(self) -> list[int]:
        """Return the partitions that have more to read and have not moved for too long."""
        now = self._clock()
        return sorted(
            partition
            for partition, (_, reached, moved) in self._seen.items()
            if reached is not None and reached.more and now - moved > self._patience
        )
