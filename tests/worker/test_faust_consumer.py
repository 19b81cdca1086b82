"""Whatever happens after a fetch, the agents get each partition in order and without a hole."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP
from faust.types.tuples import ConsumerMessage

from service.settings import FixedSettings
from service.worker.app import CopydeskApp, build_app
from service.worker.faust_consumer import GaplessConsumer
from service.worker.observe import metrics
from tests.worker.draining import ONE, PATIENCE, TWO, Draining
from tests.worker.fetched_log import FetchedLog


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


@pytest.mark.parametrize("position", [6, 12], ids=["records follow", "no record follows"])
async def test_a_fetch_that_outlasts_a_rebalance_leaves_no_hole(
    tmp_path: Path, position: int
) -> None:
    log = FetchedLog({ONE: [*range(12)], TWO: [*range(3)]}, at_once=3)
    async with Draining(log, tmp_path) as drained:
        again = asyncio.Event()

        async def rebalance() -> None:
            log.before_return = None
            drained.intake.stop_flow()
            await drained.intake.on_partitions_revoked({ONE})
            await drained.go_back()
            log.positions[ONE] = position  # fetched behind its back, by the fetch before
            again.set()

        log.before_return = rebalance
        await asyncio.wait_for(again.wait(), PATIENCE)
        await drained.taker.wait_for(11)
    assert drained.taker.of(0) == [*range(12)]


async def test_the_end_of_a_log_without_records_is_read_again_once(tmp_path: Path) -> None:
    log = FetchedLog({ONE: [*range(3)]}, {ONE: 1})
    async with Draining(log, tmp_path) as drained:
        await drained.taker.wait_for(2)
        log.marker[ONE] = 4  # the end of a transaction has an offset, and is no record
        log.asked_for_position = asyncio.Semaphore(0)
        for _ in range(4):
            await asyncio.wait_for(log.asked_for_position.acquire(), PATIENCE)
    assert drained.taker.of(0) == [1, 2]
    assert log.rewinds == 1


async def test_a_batch_that_is_broken_off_is_taken_up_where_it_was(tmp_path: Path) -> None:
    log = FetchedLog({ONE: [*range(12)]}, at_once=6)
    async with Draining(log, tmp_path) as drained:
        await drained.do_at(3, drained.intake.stop_flow)
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


def skipped(reason: str) -> float:
    """What the metric has counted in this process."""
    labels = {"topic": "pages.raw", "reason": reason}
    return metrics.REGISTRY.get_sample_value("copydesk_skipped_records_total", labels) or 0.0


async def test_records_deleted_while_the_worker_was_away_are_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = skipped("retention")
    log = FetchedLog({ONE: [*range(30, 40)]}, {ONE: 4})
    async with Draining(log, tmp_path) as drained:
        await drained.taker.wait_for(39)
    assert drained.taker.of(0) == [*range(30, 40)]
    assert skipped("retention") - before == 26
    assert "pages.raw/0: 26 records were deleted before they were read" in caplog.text


async def test_records_deleted_under_the_consumer_are_counted(tmp_path: Path) -> None:
    before = skipped("retention")
    log = FetchedLog({ONE: [*range(20)]}, at_once=3)
    async with Draining(log, tmp_path) as drained:

        def delete() -> None:
            log.offsets[ONE] = [*range(10, 20)]

        drained.taker.during[2] = delete
        await drained.taker.wait_for(19)
    assert drained.taker.of(0) == [0, 1, 2, *range(10, 20)]
    assert skipped("retention") - before == 7


async def test_gaps_of_compaction_are_not_counted(tmp_path: Path) -> None:
    before = skipped("retention")
    log = FetchedLog({ONE: [0, 1, 2, 7, 8]}, at_once=3)
    async with Draining(log, tmp_path) as drained:
        await drained.taker.wait_for(8)
    assert skipped("retention") == before


async def test_a_log_that_ends_before_the_committed_offset_is_read_from_its_beginning(
    tmp_path: Path,
) -> None:
    before = skipped("out_of_range")
    log = FetchedLog({ONE: [*range(5)], TWO: [*range(5)]}, {ONE: 80, TWO: 3})
    async with Draining(log, tmp_path, transactional=True) as drained:
        await drained.taker.wait_for(4)
        await drained.taker.wait_for(0)
    assert drained.taker.of(0) == [*range(5)]
    assert skipped("out_of_range") - before == 1
    assert drained.intake._committed_offset[ONE] is None, "its offsets can be committed again"


async def test_a_log_that_is_replaced_under_the_consumer_ends_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: asyncio.Queue[str] = asyncio.Queue()
    monkeypatch.setattr("service.worker.faust_consumer.die", ended.put_nowait)
    log = FetchedLog({ONE: [*range(9)]}, at_once=3)
    async with Draining(log, tmp_path, transactional=True) as drained:

        def replace() -> None:
            log.offsets[ONE] = [0, 1, 2]
            log.positions[ONE] = 0  # aiokafka begins anew where an offset is out of range

        drained.taker.during[8] = replace
        said = await asyncio.wait_for(ended.get(), PATIENCE)
    assert "pages.raw/0 was read up to offset 9 and now ends at 3" in said


async def test_the_newest_acknowledged_is_committed(tmp_path: Path) -> None:
    intake = Draining(FetchedLog({ONE: [0, 1, 5]}), tmp_path).intake
    assert intake._new_offset(ONE) is None
    intake._acked[ONE] += [0, 1, 5]
    assert intake._new_offset(ONE) == 6
    assert intake._new_offset(ONE) is None


@pytest.fixture
async def intake() -> GaplessConsumer:
    consumer = build_app(FixedSettings(), transactional=False).consumer
    assert isinstance(consumer, GaplessConsumer)
    consumer._active_partitions.update({ONE, TWO})
    return consumer


async def test_a_fetch_waits_little_while_a_buffer_is_full(
    intake: GaplessConsumer, monkeypatch: pytest.MonkeyPatch
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


async def test_where_all_buffers_are_full_room_in_one_ends_the_wait(
    intake: GaplessConsumer,
) -> None:
    for partition in (ONE, TWO):
        intake.on_buffer_full(partition)
    waiting = asyncio.create_task(intake._wait_next_records(3600.0))
    await asyncio.sleep(0)
    assert not waiting.done()
    intake.on_buffer_drop(TWO)
    assert await waiting == ({}, set())


async def test_where_all_buffers_are_full_a_rebalance_ends_the_wait(
    intake: GaplessConsumer,
) -> None:
    for partition in (ONE, TWO):
        intake.on_buffer_full(partition)
    waiting = asyncio.create_task(intake._wait_next_records(3600.0))
    await asyncio.sleep(0)
    intake.stop_flow()
    assert await waiting == ({}, set())


async def test_faust_waits_no_more_for_a_message_that_is_let_go(intake: GaplessConsumer) -> None:
    kept, left = (
        ConsumerMessage("pages.raw", 0, offset, 0.0, 0, [], b"", b"", None, 0, 0, ONE)
        for offset in (1, 2)
    )
    for message in (kept, left):
        intake.track_message(message)
    intake.abandon(left)
    assert set(intake.unacked) == {kept}


@pytest.mark.parametrize("stopping", [False, True])
async def test_a_drain_that_is_cancelled_as_the_worker_stops_is_no_fault(
    intake: GaplessConsumer, monkeypatch: pytest.MonkeyPatch, stopping: bool
) -> None:
    async def fetch(**_: Any) -> dict[TP, Any]:
        raise asyncio.CancelledError

    monkeypatch.setattr(intake, "_getmany", fetch)
    if stopping:
        assert isinstance(intake.app, CopydeskApp)
        intake.app._stopped.set()
    draining = asyncio.create_task(intake._drain_messages(SimpleNamespace(should_stop=False)))
    await asyncio.wait([draining], timeout=PATIENCE)
    assert draining.cancelled() is not stopping
