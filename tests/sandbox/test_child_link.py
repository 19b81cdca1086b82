"""The line to a child: order, room, a page that takes too long, an end."""

import asyncio
import math
import os
import socket
from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest

from service.contract.record import Record, Topic
from service.sandbox.child_link import ChildLine, Page
from service.sandbox.frames import (
    LOADING,
    Frames,
    framed,
    pack_loaded,
    pack_record,
    unpack_message,
)
from service.sandbox.page_clock import PageClock
from tests.contract.messages import message

LONG = 60.0


class Child:
    """The other end of a line, and what its owner heard."""

    def __init__(self) -> None:
        ours, self.line = socket.socketpair()
        ours.setblocking(False)
        self.line.setblocking(False)
        self.process = SimpleNamespace(line=ours)
        self.answers: list[tuple[Page, bytes | None]] = []
        self.end: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self.answered = asyncio.Event()

    async def open(self, seconds: float = LONG) -> ChildLine:
        clock = PageClock(os.getpid(), LONG, seconds)
        return await ChildLine(self.process, clock, self._answer, self._end).open()  # type: ignore[arg-type]

    async def pages(self, count: int) -> list[bytes | None]:
        """The values of the next pages that it was given."""
        frames = Frames()
        got: list[bytes | None] = []
        while len(got) < count:
            data = await asyncio.get_running_loop().sock_recv(self.line, 65536)
            got += [unpack_message(packed).value for packed in frames.feed(data)]
        return got

    def say(self, *values: bytes) -> None:
        for value in values:
            self.line.send(framed(pack_record(Record(Topic.REJECTED, None, value))))

    def _answer(self, line: ChildLine, page: Page, record: Record, seconds: float) -> None:
        assert seconds >= 0
        self.answers.append((page, record.value))
        self.answered.set()

    def _end(self, line: ChildLine, limit: str | None) -> None:
        self.end.set_result(limit)


@pytest.fixture
async def child() -> AsyncIterator[Child]:
    made = Child()
    yield made
    made.line.close()


def page(value: bytes = b"a page") -> Page:
    return Page(message(value, ()), asyncio.get_running_loop().create_future())


async def test_answers_are_those_of_the_pages_in_their_order(child: Child) -> None:
    line = await child.open()
    pages = [page(b"one"), page(b"two")]
    assert all(line.give(each) for each in pages)
    assert await child.pages(2) == [b"one", b"two"]
    child.say(b"1", b"2")
    while len(child.answers) < 2:
        child.answered.clear()
        await child.answered.wait()
    assert child.answers == [(pages[0], b"1"), (pages[1], b"2")]
    assert not line.pages
    line.close()


async def test_a_child_has_one_large_page_ahead_and_no_more(child: Child) -> None:
    line = await child.open()
    large = b"x" * 100_000
    for expected in (True, True, False):
        assert line.has_room(page(large)) is expected
        line.give(page(large))
    line.close()


async def test_a_child_has_many_small_pages_ahead(child: Child) -> None:
    line = await child.open()
    given = 0
    while line.has_room(small := page(b"x" * 1000)):
        line.give(small)
        given += 1
    assert 50 < given < 100
    line.close()


async def test_a_page_that_takes_too_long_ends_the_line(child: Child) -> None:
    line = await child.open(seconds=0.05)
    line.give(page())
    assert await child.end
    assert len(line.pages) == 1


async def test_each_page_has_its_own_time(child: Child) -> None:
    line = await child.open(seconds=0.3)
    line.give(page(b"one"))
    line.give(page(b"two"))
    await child.pages(2)
    child.say(b"1")
    assert await child.end
    assert [each.message.value for each in line.pages] == [b"two"]


async def test_a_child_that_ends_is_told_of(child: Child) -> None:
    line = await child.open()
    line.give(page())
    child.line.close()
    assert not await child.end
    assert len(line.pages) == 1


async def test_a_page_given_to_a_child_that_has_ended_is_not_taken(child: Child) -> None:
    line = await child.open()
    child.line.close()
    assert not line.give(page())
    assert not await child.end
    assert not line.pages


@pytest.mark.parametrize("said", [b"no record", b""])
async def test_a_child_that_talks_nonsense_is_at_its_end(child: Child, said: bytes) -> None:
    line = await child.open()
    line.give(page())
    child.line.send(framed(said))
    assert not await child.end
    assert len(line.pages) == 1


async def test_a_child_that_speaks_unasked_is_at_its_end(child: Child) -> None:
    await child.open()
    child.say(b"1")
    assert not await child.end


async def test_nothing_is_heard_of_a_line_that_was_closed(child: Child) -> None:
    line = await child.open()
    line.close()
    child.line.close()
    await asyncio.sleep(0)
    assert not child.end.done()


async def test_time_of_loading_is_reported_to_the_clock(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []
    monkeypatch.setattr(PageClock, "begin_loading", lambda _: heard.append("begins"))
    monkeypatch.setattr(PageClock, "end_loading", lambda _, *took: heard.append(took))
    line = await child.open()
    line.give(Page(message(b"1"), asyncio.get_running_loop().create_future()))
    child.line.send(framed(LOADING) + framed(pack_loaded(0.5, 2.0)))
    child.say(b"one")
    await child.answered.wait()
    assert heard == ["begins", (0.5, 2.0)]
    assert [value for _, value in child.answers] == [b"one"]


@pytest.mark.parametrize("seconds", [(-1.0, 1.0), (1.0, math.nan), (math.inf, 1.0)])
async def test_what_cannot_be_a_time_of_loading_ends_the_child(
    child: Child, seconds: tuple[float, float]
) -> None:
    line = await child.open()
    line.give(Page(message(b"1"), asyncio.get_running_loop().create_future()))
    child.line.send(framed(pack_loaded(*seconds)))
    assert await child.end is None
