"""When a worker counts as stuck, on a clock of the test's own."""

from dataclasses import replace

import pytest

from service.worker.health.progress import (
    LONGEST_LOAD,
    LONGEST_STEP,
    Partition,
    Progress,
    WorkerSnapshot,
)

LIMIT = 60.0
RAW = Partition("pages.raw", 0)
OTHER = Partition("pages.raw", 1)
IDLE = WorkerSnapshot(done=0, in_hand=0, has_room=True, settled=True, loaded=True)


class Watched:
    """A worker that is looked at every second."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.progress = Progress(LIMIT, lambda: self.now)
        self.pass_seconds(1, IDLE)

    def pass_seconds(self, seconds: float, snapshot: WorkerSnapshot) -> str | None:
        for _ in range(int(seconds)):
            self.now += 1.0
            self.progress.see(snapshot)
        return self.progress.stuck()


@pytest.fixture
def watched() -> Watched:
    return Watched()


def test_an_idle_worker_is_live(watched: Watched) -> None:
    watched.progress.see_positions({RAW: 10})
    watched.progress.see_ends({RAW: 10})
    assert watched.pass_seconds(100 * LIMIT, IDLE) is None


def test_pages_in_hand_of_which_none_is_finished(watched: Watched) -> None:
    busy = replace(IDLE, in_hand=3)
    assert watched.pass_seconds(LIMIT, busy) is None
    assert watched.pass_seconds(2, busy) == ("3 inputs are in hand, and none was finished for 62 s")


def test_slow_is_not_stuck(watched: Watched) -> None:
    for done in range(20):
        busy = replace(IDLE, in_hand=16, has_room=False, done=done)
        assert watched.pass_seconds(LIMIT, busy) is None


def test_records_that_nobody_reads(watched: Watched) -> None:
    watched.progress.see_positions({RAW: 10, OTHER: 5})
    watched.progress.see_ends({RAW: 10, OTHER: 5})
    assert watched.pass_seconds(LIMIT * 3, IDLE) is None
    watched.progress.see_ends({RAW: 14, OTHER: 5})
    assert watched.pass_seconds(LIMIT, IDLE) is None
    assert watched.pass_seconds(2, IDLE) == (
        "pages.raw/0 has 4 records that nobody reads, for 62 s"
    )


def test_one_partition_that_stands_still_beside_another_that_runs(watched: Watched) -> None:
    for done in range(int(LIMIT) + 2):
        watched.progress.see_positions({RAW: 10, OTHER: done})
        watched.progress.see_ends({RAW: 14, OTHER: done + 100})
        stuck = watched.pass_seconds(1, replace(IDLE, done=done, in_hand=2))
    assert stuck is not None
    assert stuck.startswith("pages.raw/0 has 4 records")


def test_a_backlog_behind_a_full_window_is_no_fault(watched: Watched) -> None:
    full = replace(IDLE, in_hand=16, has_room=False)
    for done in range(50):
        watched.progress.see_positions({RAW: 10, OTHER: done})
        watched.progress.see_ends({RAW: 14, OTHER: done + 100})
        assert watched.pass_seconds(10, replace(full, done=done)) is None


def test_loading_the_memory_may_take_long_but_not_for_ever(watched: Watched) -> None:
    loading = replace(IDLE, loaded=False, in_hand=100, has_room=False)
    assert watched.pass_seconds(LONGEST_LOAD, loading) is None
    assert watched.pass_seconds(LIMIT + 2, loading) is not None


def test_a_page_that_waits_for_its_child_to_start_is_no_fault(watched: Watched) -> None:
    starting = replace(IDLE, in_hand=3, starting=True)
    assert watched.pass_seconds(3 * LIMIT, starting) is None
    assert watched.pass_seconds(LIMIT + 2, replace(starting, starting=False)) is not None


def test_a_group_that_never_settles(watched: Watched) -> None:
    rebalancing = replace(IDLE, settled=False)
    assert watched.pass_seconds(LIMIT, rebalancing) is None
    stuck = watched.pass_seconds(2, rebalancing)
    assert stuck == "the group has given no partitions for 62 s"


def test_partitions_that_were_taken_away_are_forgotten(watched: Watched) -> None:
    watched.progress.see_positions({RAW: 10})
    watched.progress.see_ends({RAW: 14})
    watched.progress.see_positions({OTHER: 3})
    watched.progress.see_ends({RAW: 14, OTHER: 3})
    assert watched.pass_seconds(LIMIT * 2, IDLE) is None
    assert watched.progress.report()["lag"] == {"pages.raw/1": 0}


def test_a_process_that_was_stopped_was_not_stuck(watched: Watched) -> None:
    busy = replace(IDLE, in_hand=3)
    watched.pass_seconds(LIMIT / 2, busy)
    watched.now += 10_000
    assert watched.pass_seconds(1, busy) is None
    assert watched.pass_seconds(LIMIT / 2 - LONGEST_STEP - 2, busy) is None


def test_a_clock_that_goes_back_is_no_fault(watched: Watched) -> None:
    watched.now -= 10_000
    assert watched.pass_seconds(LIMIT, replace(IDLE, in_hand=1)) is None


def test_a_page_that_is_being_read_has_a_limit_of_its_own(watched: Watched) -> None:
    reading = replace(IDLE, in_hand=3, reading=True)
    assert watched.pass_seconds(5 * LIMIT, reading) is None
    assert watched.pass_seconds(LIMIT + 2, replace(reading, reading=False)) is not None


def test_a_halted_worker_waits_for_somebody(watched: Watched) -> None:
    watched.progress.see_positions({RAW: 10})
    watched.progress.see_ends({RAW: 14})
    halted = replace(IDLE, in_hand=300, halted=True)
    assert watched.pass_seconds(100 * LIMIT, halted) is None
    assert watched.pass_seconds(LIMIT, replace(halted, halted=False)) is None
    assert watched.pass_seconds(2, replace(halted, halted=False)) is not None


def test_a_partition_that_is_held_back_is_not_stuck(watched: Watched) -> None:
    watched.progress.see_positions({RAW: 10, OTHER: 10})
    watched.progress.see_ends({RAW: 20, OTHER: 20})
    held = replace(IDLE, held=frozenset({RAW}))
    assert watched.pass_seconds(2 * LIMIT, held) == (
        "pages.raw/1 has 10 records that nobody reads, for 120 s"
    )
    both = replace(IDLE, held=frozenset({RAW, OTHER}))
    assert watched.pass_seconds(2 * LIMIT, both) is None
    assert watched.pass_seconds(LIMIT, IDLE) is None
    assert watched.pass_seconds(2, IDLE) is not None
