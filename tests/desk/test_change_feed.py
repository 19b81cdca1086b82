"""Listeners get the changes since their state, or None if it is too old."""

import asyncio

from service.desk.change_feed import REMEMBERED, ChangeFeed
from service.desk.ingest.batch import Change


async def test_a_listener_wakes_at_a_change() -> None:
    change_feed = ChangeFeed(3)
    waiting = asyncio.create_task(change_feed.wait(3))
    await asyncio.sleep(0)
    change_feed.publish(Change(4, frozenset({"a"})))
    await waiting
    assert (change_feed.number, change_feed.since(3)) == (4, frozenset({"a"}))


async def test_one_that_is_behind_does_not_wait() -> None:
    await ChangeFeed(3).wait(2)


def test_changes_add_up() -> None:
    change_feed = ChangeFeed(0)
    for number in (1, 2, 3):
        change_feed.publish(Change(number, frozenset({str(number)})))
    assert change_feed.since(1) == frozenset({"2", "3"})
    assert change_feed.since(3) == frozenset()


def test_a_state_that_is_too_old_gives_none() -> None:
    change_feed = ChangeFeed(0)
    for number in range(1, REMEMBERED + 2):
        change_feed.publish(Change(number))
    assert change_feed.since(0) is None
    assert change_feed.since(10_000) is None
