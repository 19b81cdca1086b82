"""The watermark: how far all partitions of `pages.raw` have got in event time.

Partitions are read at different pace, above all when a backlog is worked off. So each has a clock
of its own (see `service.fold.state.event_clock`), and what leaves the window is decided by the
slowest that is not idle. A partition is idle if none of the last articles of the shard came from
it: `IDLE_AFTER` for each partition seen. That depends on what was placed alone, so a replay decides
the same. Models are the watermarks of Flink and their idle inputs (T. Akidau et al., "The dataflow
model", VLDB 2015); there, idleness is a matter of the wall clock.

A partition that is new, or was idle, begins where the watermark stands. Its articles may then ask
the clock to go back, as any may: that takes as many, of as many hosts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.contract.extracted import Extracted
from service.contract.fold_state import ClockRecord, PartitionClock
from service.fold.state.event_clock import clock_after, host_id

IDLE_AFTER = 2000
"""Articles of the shard, for each partition seen, without one of a partition until it is idle. A
worker that is killed is away for a session timeout and a start: some thousand articles."""

Partition = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Late:
    """An article that is older than the watermark by more than the window.

    Attributes:
        topic, partition: of its page.
        seconds: how much older than the watermark it is.
        rejected: True if it was rejected for that.
    """

    topic: str
    partition: int
    seconds: float
    rejected: bool


class Watermark:
    """The clocks of all partitions that a shard gets articles from.

    Attributes:
        now: the watermark in seconds since the epoch; 0 before the first article.
        newest: the time of the partition that has got furthest.
    """

    def __init__(self, span: float, *, one_clock: bool = False) -> None:
        """Begin with no partition.

        Args:
            span: length of the window in seconds.
            one_clock: True if all input comes in one order, as from files.
        """
        self.now = 0.0
        self.newest = 0.0
        self._span = span
        self._one_clock = one_clock
        self._clocks: dict[Partition, PartitionClock] = {}

    def load(self, clocks: Iterable[PartitionClock], start: float) -> None:
        """Set all clocks.

        Args:
            start: the watermark if there is no clock: the state was written by a version that had
                one for all partitions.
        """
        self._clocks = {(each.topic, each.partition): each for each in clocks}
        self.now = self.newest = start
        self._set()

    def advance(self, extracted: Extracted, number: int) -> tuple[PartitionClock | None, float]:
        """Move the clock of an article's partition.

        Args:
            number: of the shard's next article.

        Returns:
            The clock, to be stored, None if the article begins the shard and has no time of fetch;
            and the article's event time: the time of fetch, or the clock's if it has none.
        """
        fetched_at = extracted.article.fetched_at
        clock = self._clock(self._partition_of(extracted), number)
        if fetched_at is not None:
            host, fetched = host_id(extracted.article.host), fetched_at.timestamp()
            clock = clock_after(clock, fetched, host, self._span)
        elif not clock.now:
            return None, 0.0
        else:
            fetched = clock.now
        self._clocks[clock.topic, clock.partition] = clock
        self._set()
        return clock, fetched

    def lateness(self, seen: float) -> float | None:
        """Return how much older than the watermark an article is, in seconds; None if it is not
        late."""
        distance = self.now - seen
        return distance if distance > self._span else None

    def record(self) -> ClockRecord:
        """Return what is kept of the watermark with an article."""
        return ClockRecord(now=self.now)

    def report(self) -> Iterator[tuple[Partition, float]]:
        """Yield the partitions that are not idle, each with its time."""
        for each in self._active():
            yield (each.topic, each.partition), each.now

    def _partition_of(self, extracted: Extracted) -> Partition:
        source = extracted.source
        return ("", 0) if self._one_clock else (source.topic, source.partition)

    def _clock(self, of: Partition, number: int) -> PartitionClock:
        clock = self._clocks.get(of)
        if clock is not None and clock.number >= self._idle_before(number):
            return clock.model_copy(update={"number": number})
        topic, partition = of
        return PartitionClock(
            topic=topic, partition=partition, number=number, now=self.now, backed=self.now
        )

    def _idle_before(self, number: int) -> int:
        return number - IDLE_AFTER * len(self._clocks)

    def _active(self) -> list[PartitionClock]:
        newest = max((each.number for each in self._clocks.values()), default=0)
        first = self._idle_before(newest)
        return [each for each in self._clocks.values() if each.number >= first]

    def _set(self) -> None:
        times = [each.now for each in self._active()]
        if times:
            self.now, self.newest = min(times), max(times)
