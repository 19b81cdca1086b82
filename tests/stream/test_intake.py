"""Faust's consumer and streams as ours: no waiting where there is room, the same order, the same
acknowledgements."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP
from mode.utils.queues import FlowControlEvent, ThrowableQueue

from service.settings import FixedSettings
from service.stream.app import build_app
from service.stream.intake import Intake, events_of

PAGES = TP("pages.raw", 0)
ARTICLES = TP("articles.extracted", 0)


class Stream:
    """An agent's stream over a queue, without Faust."""

    def __init__(self, *offsets: int, generation: int = 1) -> None:
        flow = FlowControlEvent(initially_suspended=False)
        self.queue: Any = ThrowableQueue(100, flow_control=flow)
        self.channel = SimpleNamespace(queue=self.queue)
        self.tracked: list[int] = []
        consumer = SimpleNamespace(track_message=lambda each: self.tracked.append(each.offset))
        self.app = SimpleNamespace(
            flow_control=flow, consumer_generation_id=generation, consumer=consumer
        )
        for offset in offsets:
            self.put(offset)

    def put(self, offset: int, generation: int = 1) -> None:
        message = SimpleNamespace(offset=offset, generation_id=generation, tracked=False)
        self.queue.put_nowait(SimpleNamespace(message=message))

    def noack(self) -> "Stream":
        return self

    async def events(self) -> AsyncIterator[Any]:
        while not self.queue.empty():
            event = await self.queue.get()
            event.message.tracked = True
            yield event


async def offsets_of(stream: Stream) -> list[int]:
    return [event.message.offset async for event in events_of(stream)]


async def test_all_events_come_in_their_order() -> None:
    assert await offsets_of(Stream(*range(100))) == list(range(100))


async def test_faust_waits_for_every_event_that_it_did_not_give_itself() -> None:
    stream = Stream(*range(10))
    await offsets_of(stream)
    assert stream.tracked == list(range(1, 10))


async def test_an_event_of_an_earlier_generation_is_let_go() -> None:
    stream = Stream(0)
    stream.put(1, generation=0)
    stream.put(2)
    assert await offsets_of(stream) == [0, 2]
    assert stream.tracked == [2]


async def test_nothing_is_taken_while_partitions_move() -> None:
    stream = Stream(*range(3))
    taken = []
    async for event in events_of(stream):
        taken.append(event.message.offset)
        stream.app.flow_control.suspend()
    assert taken == [0]


async def test_an_agent_lets_others_have_the_loop() -> None:
    stream = Stream(*range(100))
    given = 0
    async for _ in events_of(stream):
        given += 1
        if len(stream.tracked) < given - 1:
            break
    assert 1 < given < 100


@pytest.fixture
async def intake() -> Intake:
    consumer = build_app(FixedSettings(), transactional=False).consumer
    assert isinstance(consumer, Intake)
    consumer._active_partitions.update({PAGES, ARTICLES})
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
    intake.on_buffer_full(PAGES)
    await intake._wait_next_records(1.0)
    intake.on_buffer_drop(PAGES)
    await intake._wait_next_records(1.0)
    assert waits[0] == waits[2] == 1.0
    assert waits[1] < 0.1


async def test_where_all_buffers_are_full_room_in_one_ends_the_wait(intake: Intake) -> None:
    for partition in (PAGES, ARTICLES):
        intake.on_buffer_full(partition)
    waiting = asyncio.create_task(intake._wait_next_records(3600.0))
    await asyncio.sleep(0)
    assert not waiting.done()
    intake.on_buffer_drop(ARTICLES)
    assert await waiting == ({}, set())


async def test_where_all_buffers_are_full_a_rebalance_ends_the_wait(intake: Intake) -> None:
    for partition in (PAGES, ARTICLES):
        intake.on_buffer_full(partition)
    waiting = asyncio.create_task(intake._wait_next_records(3600.0))
    await asyncio.sleep(0)
    intake.stop_flow()
    assert await waiting == ({}, set())


class Delivery:
    """Faust's way of a message to its agents, which waits where it is told to."""

    def __init__(self, intake: Intake, *, full: bool = False, waits: bool = False) -> None:
        self.delivered: list[Any] = []
        self._waits = waits
        intake._deliver = self._deliver
        conductor: Any = intake.app.topics
        channel = SimpleNamespace(queue=SimpleNamespace(full=lambda: full))
        conductor._tp_index[PAGES] = {channel.queue.full: channel}.values()
        intake.app.flow_control.resume()

    async def _deliver(self, message: Any) -> None:
        if self._waits:
            await asyncio.sleep(0)
        self.delivered.append(message)


MESSAGE = SimpleNamespace(tp=PAGES)


async def test_a_message_with_room_is_handed_over_without_waiting(intake: Intake) -> None:
    delivery = Delivery(intake)
    handed = intake.callback(MESSAGE)
    assert delivery.delivered == [MESSAGE]
    assert not (await intake.wait_first(handed, intake.suspend_flow.wait())).stopped


async def test_a_message_without_room_is_waited_for(intake: Intake) -> None:
    delivery = Delivery(intake, full=True, waits=True)
    handed = intake.callback(MESSAGE)
    assert not delivery.delivered
    await intake.wait_first(handed, intake.suspend_flow.wait())
    assert delivery.delivered == [MESSAGE]


async def test_a_message_waits_while_partitions_move(intake: Intake) -> None:
    delivery = Delivery(intake)
    intake.app.flow_control.suspend()
    handed = intake.callback(MESSAGE)
    assert not delivery.delivered
    await intake.wait_first(handed, intake.suspend_flow.wait())
    assert delivery.delivered == [MESSAGE]


async def test_a_message_that_waits_though_it_has_room_is_an_error(intake: Intake) -> None:
    Delivery(intake, waits=True)
    with pytest.raises(RuntimeError, match="waits, though there is room"):
        intake.callback(MESSAGE)
