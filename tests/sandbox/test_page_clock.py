"""Which pages have used up their time: those that use a processor, not those that wait for one."""

import os
from collections.abc import Callable

import pytest

from service.sandbox.page_clock import PageClock, processor_seconds

LIMIT, WALL = 20.0, 200.0
TABLES = 60.0


class Machine:
    """A child on a machine of which it gets a share; `readable` is False without /proc."""

    def __init__(self, share: float = 1.0, *, readable: bool = True) -> None:
        self.share = share
        self.readable = readable
        self.now = 1000.0
        self.used = 3.0
        self.clock = PageClock(
            1,
            LIMIT,
            WALL,
            processor=lambda _: self.used if self.readable else None,
            wall=lambda: self.now,
        )
        self.alarm = self.now + self.clock.pause()

    def pass_seconds(self, seconds: float) -> None:
        self.now += seconds
        self.used += seconds * self.share

    def run(self, seconds: float) -> str | None:
        """Let the clock look as often as it wants to, for so long."""
        until = self.now + seconds
        while self.alarm <= until:
            self.pass_seconds(self.alarm - self.now)
            if limit := self.clock.look():
                return limit
            self.alarm = self.now + self.clock.pause()
        self.pass_seconds(until - self.now)
        return None


def test_a_page_that_never_ends() -> None:
    machine = Machine()
    assert machine.run(LIMIT - 0.1) is None
    assert machine.run(1) == "20 s of processor time"
    assert machine.now == pytest.approx(1000 + LIMIT, abs=0.1)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.09])
def test_a_page_that_waits_for_a_processor_has_the_wider_limit(share: float) -> None:
    machine = Machine(share)
    assert machine.run(WALL - 1) is None
    limit = machine.run(2)
    assert limit is not None
    assert limit.startswith("200 s, in ")


def test_a_page_that_never_ends_on_a_slow_machine() -> None:
    machine = Machine(0.5)
    assert machine.run(2 * LIMIT - 0.1) is None
    assert machine.run(1) == "20 s of processor time"


def test_a_child_that_is_stopped_in_bursts() -> None:
    machine = Machine()
    for _ in range(8):
        machine.share = 0.0
        assert machine.run(20) is None
        machine.share = 1.0
        assert machine.run(2) is None
    assert machine.run(10) is not None


def test_each_page_has_its_own_time() -> None:
    machine = Machine()
    for _ in range(20):
        assert machine.run(LIMIT - 0.1) is None
        machine.clock.begin()


def test_loading_a_table_takes_no_time_of_the_page() -> None:
    machine = Machine()
    assert machine.run(LIMIT - 1) is None
    machine.clock.begin_loading()
    assert machine.run(10) is None
    machine.clock.end_loading(10, 10)
    assert machine.clock.look() is None
    machine.alarm = machine.now + machine.clock.pause()
    assert machine.run(0.9) is None
    assert machine.run(0.2) == "20 s of processor time"


def test_loading_a_table_takes_no_time_of_the_page_without_proc_either() -> None:
    machine = Machine(readable=False)
    assert machine.run(LIMIT - 1) is None
    machine.clock.begin_loading()
    assert machine.run(10) is None
    machine.clock.end_loading(3, 10)
    assert machine.clock.look() is None
    machine.alarm = machine.now + machine.clock.pause()
    assert machine.run(0.9) is None
    assert machine.run(0.2) == "20 s"


def test_loading_ends_with_the_page_and_is_limited_for_each_child() -> None:
    machine = Machine()
    for _ in range(3):
        machine.clock.begin_loading()
        assert machine.run(TABLES / 3) is None
        machine.clock.end_loading(TABLES / 3, TABLES / 3)
        machine.clock.begin()
    machine.clock.begin_loading()
    assert machine.run(LIMIT - 1) is None
    assert machine.run(2) is not None
    machine.clock.end_loading(1e9, 1e9)
    assert machine.clock.look() is not None, "a child cannot say that it has loaded for ever"


def test_a_worker_that_was_stopped_with_its_children_has_not_waited() -> None:
    machine = Machine(0.1)
    machine.share = 0.0
    machine.pass_seconds(10_000)
    assert machine.clock.look() is None


@pytest.mark.parametrize("readable", [True, False])
def test_without_proc_wall_time_is_the_limit(readable: bool) -> None:
    machine = Machine(0.0, readable=readable)
    limit = machine.run(LIMIT + 1)
    assert limit == (None if readable else "20 s")


def test_processor_time_of_a_process() -> None:
    used = processor_seconds(os.getpid())
    assert used is not None
    burn_until(lambda: (processor_seconds(os.getpid()) or 0.0) > used)


def test_there_is_none_of_a_process_that_does_not_exist() -> None:
    assert processor_seconds(2**30) is None


def burn_until(condition: Callable[[], bool]) -> None:
    while not condition():
        sum(range(10_000))
