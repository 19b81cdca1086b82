"""An agent gets the events of its stream in order, and Faust waits for each of them."""

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

from mode.utils.queues import FlowControlEvent, ThrowableQueue

from service.worker.faust_stream import events_of


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
