"""Which partitions are held back: bounds that no claim of a crawler breaks."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.worker.kafka.alignment import (
    MINUTE,
    GroupReached,
    PartitionTime,
    Reached,
    decode,
    is_held,
)

NOW = 1_790_000_000_000
LIMIT = 360 * MINUTE
YEAR = 365 * 24 * 60 * MINUTE
PATIENCE = 120.0

times = st.none() | st.integers(0, 2 * NOW)
reached = st.builds(Reached, times, times, st.booleans())


def partition_time() -> PartitionTime:
    return PartitionTime(LIMIT, lambda: NOW)


def behind(minutes: float, *, written: int | None = None, more: bool = True) -> Reached:
    """A partition that is so many minutes of event time behind `NOW`."""
    return Reached(NOW - round(minutes * MINUTE), written, more)


@given(reached)
def test_what_is_committed_is_read_again(one: Reached) -> None:
    assert decode(one.encode()) == one


@pytest.mark.parametrize("text", ["", "copydesk1", "copydesk1 1 2 maybe", "copydesk1 -1 2 more"])
def test_metadata_of_others_is_nothing(text: str) -> None:
    assert decode(text) is None


@given(st.text())
def test_any_metadata_can_be_looked_at(text: str) -> None:
    decode(text)


def test_a_partition_ahead_by_more_than_the_limit_waits() -> None:
    slow = behind(1000)
    assert is_held(behind(1000 - 361), [slow], LIMIT)
    assert not is_held(behind(1000 - 360), [slow], LIMIT)


def test_a_partition_with_nothing_to_read_holds_nobody_back() -> None:
    assert not is_held(behind(0), [behind(1000, more=False)], LIMIT)


def test_a_page_never_waits_for_a_page_written_after_it() -> None:
    assert not is_held(behind(0, written=1), [behind(1000, written=2)], LIMIT)
    assert is_held(behind(0, written=2), [behind(1000, written=1)], LIMIT)
    assert is_held(behind(0, written=2), [behind(1000)], LIMIT)


@given(st.lists(reached, min_size=1))
def test_one_of_those_with_something_to_read_is_never_held(group: list[Reached]) -> None:
    reading = [each for each in group if each.more]
    if reading:
        assert any(not is_held(each, group, LIMIT) for each in reading)


@given(st.lists(reached), reached)
def test_more_partitions_never_free_one(group: list[Reached], one: Reached) -> None:
    if is_held(one, group, LIMIT):
        assert is_held(one, [*group, Reached(0, 0, more=True)], LIMIT)


def time_of(read: Sequence[int], following: Sequence[int | None]) -> int | None:
    time = partition_time()
    for event in read:
        time.read(event, None)
    return time.time(following)


def test_a_partition_s_time_is_that_of_its_next_page() -> None:
    assert time_of([NOW - 4, NOW - 3], [NOW - 2, NOW - 1, NOW]) == NOW - 2
    assert time_of([], [NOW - 9]) is None, "one claim is no time"
    assert time_of([NOW - 9], [None, None]) is None


@pytest.mark.parametrize("event", [NOW + 5 * YEAR, NOW - 30 * YEAR, None])
def test_a_wrong_page_has_the_time_of_those_around_it(event: int | None) -> None:
    assert time_of([NOW - 4, NOW - 3], [event, NOW - 1, NOW]) in range(NOW - 4, NOW)


@given(st.randoms(use_true_random=False), st.integers(0, 4))
def test_four_wrong_pages_of_nine_do_not_move_a_partition(lot: Random, wrong: int) -> None:
    honest = [NOW - MINUTE * lot.randrange(10) for _ in range(9)]
    for at in lot.sample(range(9), wrong):
        honest[at] = lot.choice([0, NOW + 5 * YEAR, NOW - 30 * YEAR])
    time = time_of(honest[:4], honest[4:])
    assert time is not None
    assert NOW - 10 * MINUTE <= time <= NOW


def test_times_in_the_future_are_no_times() -> None:
    assert time_of([NOW + YEAR] * 4, [NOW + YEAR] * 5) is None


def test_a_partition_that_begins_a_second_file_has_no_precedence() -> None:
    time = partition_time()
    time.read(NOW, NOW)
    assert time.turn(NOW - YEAR) == NOW
    assert time.turn(NOW + 1) == NOW + 1


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_partition_of_another_worker_is_waited_for_while_it_moves() -> None:
    clock = Clock()
    group = GroupReached(PATIENCE, clock)
    text = behind(1000).encode()
    for offset in (5, 6):
        group.see({3: (offset, text)})
        clock.now += PATIENCE
        assert group.holding() == [behind(1000)]
    clock.now += 1
    group.see({3: (6, text)})
    assert group.holding() == []
    assert group.stalled() == [3]
    group.see({3: (7, text)})
    assert group.holding() == [behind(1000)]
    assert group.stalled() == []


def test_a_partition_that_has_nothing_to_read_is_not_stalled() -> None:
    clock = Clock()
    group = GroupReached(PATIENCE, clock)
    group.see({3: (5, behind(0, more=False).encode())})
    clock.now += 10 * PATIENCE
    assert group.stalled() == []


def test_the_group_is_complete_once_every_partition_has_committed() -> None:
    group = GroupReached(PATIENCE, Clock())
    group.see({1: (0, behind(0).encode()), 2: (-1, "")})
    assert group.is_complete([1])
    assert not group.is_complete([1, 2])
    assert not group.is_complete([7])
