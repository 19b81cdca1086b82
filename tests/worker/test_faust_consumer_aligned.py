"""The aligned topic: its records wait in the read-ahead, and none is lost or delivered twice."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from service.worker.kafka.alignment import decode
from service.worker.kafka.read_ahead import ReadAhead
from tests.worker.draining import ONE, TWO, Draining
from tests.worker.fetched_log import FetchedLog

BEGIN = 1_790_000_000_000
HOUR = 3_600_000


@pytest.fixture
def ahead() -> ReadAhead:
    """It opens with each assignment, as if no other worker were there."""
    made = ReadAhead(360, 120)
    begin = made.begin

    def begin_open(partitions: set[int]) -> None:
        begin(partitions)
        made.open()

    made.begin = begin_open  # type: ignore[method-assign, assignment]
    return made


def two_logs(at_once: int = 3) -> FetchedLog:
    """The second partition's pages lie half a second after those of the first."""
    return FetchedLog(
        {ONE: [*range(12)], TWO: [*range(12)]},
        at_once=at_once,
        times={ONE: BEGIN, TWO: BEGIN + 500},
    )


async def test_records_are_delivered_by_event_time(tmp_path: Path, ahead: ReadAhead) -> None:
    async with Draining(two_logs(), tmp_path, ahead=ahead) as drained:
        await drained.taker.wait_for_count(24)
    assert drained.taker.taken == [(tp, at) for at in range(12) for tp in (0, 1)]


async def test_the_start_is_committed_before_any_record_is_delivered(tmp_path: Path) -> None:
    closed = ReadAhead(360, 120, clock=lambda: 0.0)
    log = two_logs()
    log.offsets[TWO] = [*range(40, 52)]
    log.positions[TWO] = 40
    async with Draining(log, tmp_path, ahead=closed) as drained:
        await wait_until(lambda: all(map(closed.is_stocked, (0, 1))))
        await drained.intake.commit_start()
        assert log.committed == {ONE: 0, TWO: 40}
        assert drained.taker.taken == []
        reached = [decode(drained.intake.metadata[tp]) for tp in (ONE, TWO)]
        assert [each and each.event for each in reached] == [BEGIN, BEGIN + 40_500]
        closed.open()
        await drained.taker.wait_for_count(24)


async def test_nothing_is_committed_as_a_start_once_records_are_delivered(
    tmp_path: Path, ahead: ReadAhead
) -> None:
    log = two_logs()
    async with Draining(log, tmp_path, ahead=ahead) as drained:
        await drained.taker.wait_for_count(24)
        await drained.intake.commit_start()
    assert log.committed == {}


async def test_nor_where_ten_seconds_went_by_before_the_group_was_asked(tmp_path: Path) -> None:
    seconds = [0.0]
    late = ReadAhead(360, 120, clock=lambda: seconds[0])
    log = two_logs()
    async with Draining(log, tmp_path, ahead=late) as drained:
        await wait_until(lambda: all(map(late.is_stocked, (0, 1))))
        seconds[0] = 11.0
        await drained.taker.wait_for_count(24)
        assert not late.is_open
        await drained.intake.commit_start()
    assert log.committed == {}


async def test_what_waits_is_dropped_when_partitions_are_assigned_anew(
    tmp_path: Path, ahead: ReadAhead
) -> None:
    log = two_logs()
    async with Draining(log, tmp_path, ahead=ahead) as drained:
        await drained.do_at(4, drained.intake.stop_flow)
        await drained.intake.on_partitions_revoked({ONE, TWO})
        assert ahead.is_empty
        log.committed = {ONE: 5, TWO: 4}
        await drained.go_back()
        await wait_until(lambda: drained.taker.of(0)[-1:] == drained.taker.of(1)[-1:] == [11])
    assert drained.taker.of(0) == [*range(12)]
    assert drained.taker.of(1) == [*range(12)]


async def test_a_batch_that_is_broken_off_goes_on_where_it_was(
    tmp_path: Path, ahead: ReadAhead
) -> None:
    async with Draining(two_logs(), tmp_path, ahead=ahead) as drained:
        await drained.do_at(4, drained.intake.stop_flow)
        drained.intake.resume_flow()
        await drained.taker.wait_for_count(24)
    assert drained.taker.taken == [(tp, at) for at in range(12) for tp in (0, 1)]


async def test_nothing_is_delivered_while_the_agent_s_buffer_is_full(
    tmp_path: Path, ahead: ReadAhead
) -> None:
    async with Draining(two_logs(), tmp_path, ahead=ahead) as drained:
        await drained.do_at(4, lambda: drained.intake.on_buffer_full(ONE))
        await wait_until(lambda: ahead.is_stocked(1))
        assert len(drained.taker.taken) == 9
        drained.intake.on_buffer_drop(ONE)
        await drained.taker.wait_for_count(24)


async def test_the_position_is_that_of_the_next_record_to_deliver(
    tmp_path: Path, ahead: ReadAhead
) -> None:
    log = two_logs(at_once=100)
    log.times[TWO] = BEGIN + 100 * HOUR
    async with Draining(log, tmp_path, ahead=ahead) as drained:
        await drained.do_at(4, drained.intake.stop_flow)
        assert log.positions == {ONE: 12, TWO: 12}
        assert [await drained.intake.position(tp) for tp in (ONE, TWO)] == [5, 0]
        assert ahead.held() == [1]


async def wait_until(condition: Callable[[], bool]) -> None:
    """Let the other tasks run until it is so."""
    for _ in range(100_000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never is so")
