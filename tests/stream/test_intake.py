"""Whatever happens after a fetch, the agents get each partition in order and without a hole."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP
from faust.types.tuples import ConsumerMessage

from service.settings import FixedSettings, Settings
from service.stream.app import build_app
from service.stream.intake import Intake
from tests.stream.fetched_log import FetchedLog

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


class Draining:
    """An intake over logs in memory, as it drains them."""

    def __init__(self, log: FetchedLog, folder: Path) -> None:
        app = build_app(Settings(state_dir=folder), transactional=False)
        self.taker = Taker()
        self.intake: Any = app.transport.create_consumer(
            callback=self.taker,
            on_partitions_revoked=_nothing,
            on_partitions_assigned=_nothing,
            beacon=app.beacon,
        )
        assert isinstance(self.intake, Intake)
        self.intake._thread = log
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

    async def go_back(self) -> None:
        """What Faust does when a rebalance is over."""
        self.intake.resume_partitions(self.intake.assignment())
        await self.intake.perform_seek()
        self.intake.resume_flow()


async def test_each_partition_comes_in_order_from_what_is_committed(tmp_path: Path) -> None:
    log = FetchedLog({ONE: [*range(9)], TWO: [*range(20)]}, {ONE: 4}, at_once=3)
    async with Draining(log, tmp_path) as drained:
        await drained.taker.wait_for(19)
    assert drained.taker.of(0) == [*range(4, 9)]
    assert drained.taker.of(1) == [*range(20)]
    assert log.rewinds == 1, "the partition without a committed offset"


@pytest.mark.parametrize("committed", [{}, {ONE: 4}])
async def test_a_fetch_that_comes_back_during_a_rebalance_is_made_again(
    tmp_path: Path, committed: dict[TP, int]
) -> None:
    log = FetchedLog({ONE: [*range(12)]}, committed, at_once=3)
    async with Draining(log, tmp_path) as drained:

        async def rebalance() -> None:
            log.before_return = None
            drained.intake.stop_flow()
            again.set()

        again = asyncio.Event()
        log.before_return = rebalance
        await asyncio.wait_for(again.wait(), PATIENCE)
        await drained.go_back()
        await drained.taker.wait_for(11)
    assert drained.taker.of(0) == [*range(committed.get(ONE, 0), 12)]


async def test_a_fetch_that_outlasts_a_rebalance_leaves_no_hole(tmp_path: Path) -> None:
    log = FetchedLog({ONE: [*range(12)]}, at_once=3)
    async with Draining(log, tmp_path) as drained:
        again = asyncio.Event()

        async def rebalance() -> None:
            log.before_return = None
            drained.intake.stop_flow()
            await drained.intake.on_partitions_revoked({ONE})
            await drained.go_back()
            log.positions[ONE] = 6  # fetched behind its back, by the fetch before
            again.set()

        log.before_return = rebalance
        await asyncio.wait_for(again.wait(), PATIENCE)
        await drained.taker.wait_for(11)
    assert drained.taker.of(0) == [*range(12)]


async def test_a_batch_that_is_broken_off_is_taken_up_where_it_was(tmp_path: Path) -> None:
    log = FetchedLog({ONE: [*range(12)]}, at_once=6)
    async with Draining(log, tmp_path) as drained:
        stopped = asyncio.Event()

        def stop() -> None:
            drained.intake.stop_flow()
            stopped.set()

        drained.taker.during[3] = stop
        await asyncio.wait_for(stopped.wait(), PATIENCE)
        drained.intake.resume_flow()
        await drained.taker.wait_for(11)
    assert drained.taker.of(0) == [*range(12)]


async def test_a_hole_in_the_log_is_believed_when_it_is_seen_again(tmp_path: Path) -> None:
    log = FetchedLog({ONE: [0, 1, 2, 7, 8, 20]}, at_once=3)
    async with Draining(log, tmp_path) as drained:
        await drained.taker.wait_for(20)
    assert drained.taker.of(0) == [0, 1, 2, 7, 8, 20]
    assert log.rewinds == 2, "the beginning, and one hole between two fetches"


async def test_what_was_handed_on_is_not_handed_on_again(tmp_path: Path) -> None:
    log = FetchedLog({ONE: [*range(12)]}, at_once=3)
    async with Draining(log, tmp_path) as drained:

        def fall_back() -> None:
            log.positions[ONE] = 1

        drained.taker.during[4] = fall_back
        await drained.taker.wait_for(11)
    assert drained.taker.of(0) == [*range(12)]


async def test_the_newest_acknowledged_is_committed(tmp_path: Path) -> None:
    intake = Draining(FetchedLog({ONE: [0, 1, 5]}), tmp_path).intake
    assert intake._new_offset(ONE) is None
    intake._acked[ONE] += [0, 1, 5]
    assert intake._new_offset(ONE) == 6
    assert intake._new_offset(ONE) is None


@pytest.fixture
async def intake() -> Intake:
    consumer = build_app(FixedSettings(), transactional=False).consumer
    assert isinstance(consumer, Intake)
    consumer._active_partitions.update({ONE, TWO})
    return consumer


async def test_a_fetch_waits_little_while_a_buffer_is_full(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = []

    async def fetch(**asked: Any) -> dict[TP, Any]:
        waits.append(asked["timeout"])
        return {}

    monkeypatch.setattr(intake, "_getmany", fetch)
    await intake._wait_next_records(1.0)
    intake.on_buffer_full(ONE)
    await intake._wait_next_records(1.0)
    intake.on_buffer_drop(ONE)
    await intake._wait_next_records(1.0)
    assert waits[0] == waits[2] == 1.0
    assert waits[1] < 0.1


async def test_where_all_buffers_are_full_room_in_one_ends_the_wait(intake: Intake) -> None:
    for partition in (ONE, TWO):
        intake.on_buffer_full(partition)
    waiting = asyncio.create_task(intake._wait_next_records(3600.0))
    await asyncio.sleep(0)
    assert not waiting.done()
    intake.on_buffer_drop(TWO)
    assert await waiting == ({}, set())


async def test_where_all_buffers_are_full_a_rebalance_ends_the_wait(intake: Intake) -> None:
    for partition in (ONE, TWO):
        intake.on_buffer_full(partition)
    waiting = asyncio.create_task(intake._wait_next_records(3600.0))
    await asyncio.sleep(0)
    intake.stop_flow()
    assert await waiting == ({}, set())


async def test_faust_waits_no_more_for_a_message_that_is_let_go(intake: Intake) -> None:
    kept, left = (
        ConsumerMessage("pages.raw", 0, offset, 0.0, 0, (), b"", b"", None, 0, 0, ONE)
        for offset in (1, 2)
    )
    for message in (kept, left):
        intake.track_message(message)
    intake.let_go(left)
    assert set(intake.unacked) == {kept}
