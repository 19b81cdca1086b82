"""A `GaplessConsumer` that drains logs in memory to a test's own agents."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread
from faust.types import TP

from service.settings import Settings
from service.worker.app import build_app
from service.worker.faust_consumer import GaplessConsumer
from service.worker.kafka.read_ahead import ReadAhead
from tests.worker.fetched_log import FetchedLog

ONE = TP("pages.raw", 0)
TWO = TP("pages.raw", 1)
PATIENCE = 10.0


async def _nothing(*_: object) -> None:
    pass


class Taker:
    """Agents that take what they are given; `during` is done as they take a certain record."""

    def __init__(self) -> None:
        self.taken: list[tuple[int, int]] = []
        self.during: dict[int, Any] = {}
        self._changed = asyncio.Event()

    async def __call__(self, message: Any) -> None:
        self.taken.append((message.partition, message.offset))
        self._changed.set()
        if (do := self.during.pop(message.offset, None)) is not None:
            do()

    def of(self, partition: int) -> list[int]:
        return [offset for each, offset in self.taken if each == partition]

    async def wait_for(self, last: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while all(offset != last for _, offset in self.taken):
                self._changed.clear()
                await self._changed.wait()

    async def wait_for_count(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.taken) < count:
                self._changed.clear()
                await self._changed.wait()


class Draining:
    """An intake over logs in memory, as it drains them."""

    def __init__(
        self,
        log: FetchedLog,
        folder: Path,
        *,
        transactional: bool = False,
        ahead: ReadAhead | None = None,
    ) -> None:
        app = build_app(Settings(state_dir=folder), transactional=transactional)
        self.taker = Taker()
        self.intake: Any = app.transport.create_consumer(
            callback=self.taker,
            on_partitions_revoked=_nothing,
            on_partitions_assigned=_nothing,
            beacon=app.beacon,
        )
        assert isinstance(self.intake, GaplessConsumer)
        self.intake._thread = cast(AIOKafkaConsumerThread, log)
        if ahead is not None:
            self.intake.align(ONE.topic, ahead)
        self.intake.resume_partitions(log.assignment())
        self._fetcher = SimpleNamespace(should_stop=False)

    async def __aenter__(self) -> "Draining":
        await self.intake.perform_seek()
        self._task = asyncio.create_task(self.intake._drain_messages(self._fetcher))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._fetcher.should_stop = True
        self.intake.resume_flow()
        async with asyncio.timeout(PATIENCE):
            await self._task

    async def do_at(self, offset: int, do: Callable[[], object]) -> None:
        """Do something as the agents take the record with this offset; return when it is done."""
        done = asyncio.Event()

        def do_it() -> None:
            do()
            done.set()

        self.taker.during[offset] = do_it
        await asyncio.wait_for(done.wait(), PATIENCE)

    async def go_back(self) -> None:
        """What Faust does when a rebalance is over."""
        self.intake.resume_partitions(self.intake.assignment())
        await self.intake.perform_seek()
        self.intake.resume_flow()
