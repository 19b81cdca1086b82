"""Who listens hears what has changed since, or that it is not known any more."""

import asyncio

from service.desk.bell import REMEMBERED, Bell
from service.desk.enter import Change


async def test_a_listener_wakes_when_it_rings() -> None:
    bell = Bell(3)
    waiting = asyncio.create_task(bell.wait(3))
    await asyncio.sleep(0)
    bell.ring(Change(4, frozenset({"a"})))
    await waiting
    assert (bell.number, bell.since(3)) == (4, {"a"})


async def test_one_that_is_behind_does_not_wait() -> None:
    await Bell(3).wait(2)


def test_changes_add_up() -> None:
    bell = Bell(0)
    for number in (1, 2, 3):
        bell.ring(Change(number, frozenset({str(number)})))
    assert bell.since(1) == {"2", "3"}
    assert bell.since(3) == frozenset()


def test_what_is_not_remembered_is_everything() -> None:
    bell = Bell(0)
    for number in range(1, REMEMBERED + 2):
        bell.ring(Change(number))
    assert bell.since(0) is None
    assert bell.since(10_000) is None
