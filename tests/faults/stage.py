"""One round: workers, a feed, a watch, faults at their times, and the verdict at the end."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from types import TracebackType
from typing import Self

from service.worker.kafka.topics import create_topics
from tests.brokers.plugin import Broker
from tests.faults.crew import Crew
from tests.faults.ledger import Generator, Kind
from tests.faults.oracle import judge
from tests.faults.page_feed import PageFeed
from tests.faults.result import Result
from tests.faults.watch import Watch
from tests.worker.deployment import Deployment

DRAIN_SECONDS = 240.0

_PROBES = 20
"""Pages fed after a fault where the feed of the round is at its end."""

ONE_CORE_EACH = {"extractors": "1"}
"""Settings for two workers on two cores."""


class Stage:
    """Sets up a deployment with its topics; `faults` are the times (monotonic) of what was done.

    Args:
        variables: added to the environment of every worker.
        more: settings, by name in lower case.
    """

    def __init__(
        self,
        broker: Broker,
        folder: Path,
        *,
        seed: int = 1,
        partitions: int = 4,
        mix: dict[Kind, float] | None = None,
        variables: Mapping[str, str] | None = None,
        **more: object,
    ) -> None:
        settings = {**ONE_CORE_EACH, "raw_partitions": str(partitions)}
        settings |= {name: str(value) for name, value in more.items()}
        self.deployment = Deployment(broker, folder, settings)
        self.generator = Generator(seed, partitions=partitions, mix=mix)
        self.partitions = partitions
        self.crew = Crew(self.deployment, variables)
        self.page_feed = PageFeed(self.deployment)
        self.faults: list[float] = []

    async def __aenter__(self) -> Self:
        await create_topics(self.deployment.settings)
        self.watch = Watch(self.deployment)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.watch.close()
        self.crew.close()

    def feed(self, pages: int, rate: float | None = None) -> "asyncio.Task[None]":
        """Feed the next pages of the ledger beside whatever else happens."""
        self._feeding = asyncio.create_task(self.page_feed.feed(self.generator.take(pages), rate))
        return self._feeding

    async def watch_anew(self) -> None:
        """Watch from the beginning again, where a topic is another one now."""
        await self.watch.close()
        self.watch = Watch(self.deployment)

    def forget(self) -> None:
        """Ask no more for what was fed up to now: its outcomes were taken away."""
        self.page_feed.entries.clear()

    def hurt(self) -> None:
        """Note that a fault was done just now."""
        self.faults.append(time.monotonic())

    async def outcomes(self, count: int, patience: float = DRAIN_SECONDS) -> None:
        """Wait until this many pages have an outcome."""
        await self.watch.wait_for(lambda: len(self.watch.times) >= count, patience)

    async def through_again(self, patience: float = DRAIN_SECONDS) -> None:
        """Wait until something fed after the last fault is through, in any partition.

        Where the round's feed ended before the fault, some more pages are fed.
        """
        at = self.faults[-1]

        def is_through() -> bool:
            return any(self.page_feed.times[number] > at for number in self.watch.times)

        feed = self._feeding
        more = asyncio.create_task(self._feed_more(at))
        await self.watch.wait_for(is_through, patience)
        if feed.done():
            await more
        else:
            more.cancel()

    async def _feed_more(self, at: float) -> None:
        await asyncio.wait([self._feeding])
        if all(time <= at for time in self.page_feed.times.values()):
            await self.feed(_PROBES)

    async def drained(self, patience: float = DRAIN_SECONDS) -> None:
        """Wait until all that was fed has an outcome, or until nothing more comes of it.

        Does not raise: it is for the oracle to say what is missing.
        """
        fed = {entry.number for entry in self.page_feed.entries}
        try:
            await self.watch.wait_for(lambda: fed <= self.watch.times.keys(), patience)
        except TimeoutError:
            return

    async def result(self, excused: Set[str] = frozenset()) -> Result:
        """Wait for the outcomes, stop the workers, and ask the oracle."""
        await self.drained()
        wrong = await self.crew.stop()
        verdict = await judge(
            self.deployment, self.page_feed.entries, self.page_feed.positions, excused
        )
        for each in wrong:
            verdict.accuse("a worker told to stop stops in order", each)
        return Result(verdict, len(self.faults), sorted(self._recoveries()))

    def _recoveries(self) -> Iterator[float]:
        """Seconds from each fault until the first page fed after it was through in each partition.

        Pages that wait before it count too: with a feed below what the workers can do, that is the
        time for which outcomes stood still.
        """
        for at in self.faults:
            through: dict[int | None, float] = {}
            for entry in self.page_feed.entries:
                if self.page_feed.times[entry.number] >= at and entry.number in self.watch.times:
                    through.setdefault(entry.fed.partition, self.watch.times[entry.number])
            if len(through) == self.partitions:
                yield max(through.values()) - at
