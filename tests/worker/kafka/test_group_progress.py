"""What the workers of a group tell each other by the metadata of offsets, and how often."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition

from service.settings import FixedSettings
from service.worker.kafka.alignment import Reached
from service.worker.kafka.group_progress import GroupProgress
from service.worker.kafka.read_ahead import ReadAhead

BEGIN = 1_790_000_000_000
MINUTE = 60_000
PATIENCE = 120.0


class Broker:
    """Committed offsets of a group, in the place of the admin client."""

    def __init__(self, *, keeps_metadata: bool = True) -> None:
        self.committed: dict[int, tuple[int, str]] = {}
        self.asked = 0
        self._keeps = keeps_metadata

    async def list_consumer_group_offsets(
        self, group: str, partitions: Sequence[TopicPartition]
    ) -> Mapping[TopicPartition, Any]:
        self.asked += 1
        found = {tp: self.committed.get(tp.partition, (-1, "")) for tp in partitions}
        return {
            tp: SimpleNamespace(offset=offset, metadata=text if self._keeps else "")
            for tp, (offset, text) in found.items()
        }


class Worker:
    """A worker with one partition of a topic, on a clock of the test's own."""

    def __init__(self, broker: Broker, number: int, count: int) -> None:
        self.broker, self.number, self.count = broker, number, count
        self.clock = 0.0
        self.commits: list[str] = []
        self.ahead = ReadAhead(360, PATIENCE, now=lambda: BEGIN + 10**10, clock=lambda: self.clock)
        self.ahead.is_at_end = lambda _number: True
        settings = FixedSettings()
        self.progress = GroupProgress("pages.raw", self.ahead, settings, lambda: self)
        self.ahead.begin({number})

    def count_partitions(self) -> int | None:
        return self.count

    async def commit_start(self) -> None:
        self._commit("start", 0)

    async def commit_aligned(self) -> None:
        self._commit("aligned", 1)

    def _commit(self, kind: str, offset: int) -> None:
        self.commits.append(kind)
        reached = self.ahead.reached(self.number, offset)
        assert reached is not None
        self.broker.committed[self.number] = (offset, reached.encode())

    def fetch(self, offset: int, minutes: int) -> None:
        """Add five records, the first of so many minutes."""
        for each in range(5):
            at = BEGIN + minutes * MINUTE + each
            record = SimpleNamespace(
                offset=offset + each, timestamp=at, headers=(), value=b"", partition=self.number
            )
            self.ahead.add(self.number, record)

    async def turn(self) -> None:
        await self.progress._turn(self.broker)


async def test_a_worker_with_all_partitions_asks_nobody() -> None:
    worker = Worker(Broker(), 0, 1)
    await worker.turn()
    assert worker.ahead.is_open
    assert worker.broker.asked == 0
    assert worker.commits == []


async def test_two_workers_begin_once_each_knows_where_the_other_is() -> None:
    broker = Broker()
    one, two = Worker(broker, 0, 2), Worker(broker, 1, 2)
    one.fetch(0, 0)
    await one.turn()
    assert one.commits == ["start"]
    assert not one.ahead.is_open
    two.fetch(0, 1000)
    await two.turn()
    await one.turn()
    assert one.ahead.is_open
    assert two.ahead.is_open
    assert one.ahead.take() is not None
    assert two.ahead.take() is None
    assert two.ahead.held() == [1]


async def test_a_start_is_committed_once_the_first_records_are_here_or_half_a_second() -> None:
    worker = Worker(Broker(), 0, 2)
    worker.ahead.is_at_end = lambda _number: False
    await worker.turn()
    assert worker.commits == []
    worker.clock += 0.6
    await worker.turn()
    assert worker.commits == ["start"]


async def test_workers_on_a_broker_that_keeps_no_metadata_do_not_wait() -> None:
    worker = Worker(Broker(keeps_metadata=False), 0, 2)
    worker.fetch(0, 0)
    await worker.turn()
    assert worker.ahead.is_open


async def test_event_times_are_exchanged_as_they_move() -> None:
    broker = Broker()
    broker.committed[1] = (5, Reached(BEGIN, None, more=False).encode())
    worker = Worker(broker, 0, 2)
    worker.fetch(0, 0)
    await worker.turn()
    for _ in range(100):
        await worker.turn()
    assert broker.asked == 1, "nothing moves"
    for _ in range(5):
        worker.ahead.take()
    worker.fetch(5, 44)
    await worker.turn()
    assert broker.asked == 1, "an eighth of the limit is 45 minutes"
    for _ in range(5):
        worker.ahead.take()
    worker.fetch(10, 46)
    await worker.turn()
    assert broker.asked == 2
    assert worker.commits == ["start", "aligned"]


async def test_a_partition_that_stalls_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    broker = Broker()
    broker.committed[1] = (5, Reached(BEGIN, None, more=True).encode())
    worker = Worker(broker, 0, 2)
    worker.fetch(0, 1000)
    await worker.turn()
    assert worker.ahead.held() == [0]
    worker.clock += PATIENCE + 1
    worker.progress._last = -1e9
    for _ in range(3):
        worker.progress._last = -1e9
        await worker.turn()
    assert worker.ahead.held() == []
    assert caplog.text.count("pages.raw/1: not read any further for 120 s") == 1
