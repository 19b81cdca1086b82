"""Faust's consumer and streams, made to wait for less.

Three things bound the rate at which Faust 0.15 gives events to its agents:

- When an agent's buffer is full, its partitions are left out of the next fetch; but a fetch that is
  under way does not notice that there is room again, and waits for other partitions for up to a
  second, or sleeps for one where there are none.
- For each event four tasks are made, to wait for room and for three kinds of end at once, also
  where there is room.
- A stream goes once round the event loop for each event, also where the next is at hand.

Neither the order of events nor what is acknowledged is touched here.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from faust.transport.drivers import aiokafka
from faust.types import TP
from mode.services import WaitResults

_ASK_AGAIN = 0.01
"""Seconds that a fetch may wait while an agent's buffer is full, and may have room at any time."""

_AT_A_TIME = 32
"""Events that an agent takes before it lets others have the event loop."""

_HANDED = object()


class Intake(aiokafka.Consumer):
    """Takes records from the broker and gives them to the agents' buffers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._room = asyncio.Event()
        self._deliver: Any = self.callback
        self.callback = self._hand_over

    def on_buffer_drop(self, tp: TP) -> None:
        """An agent's buffer has room again."""
        super().on_buffer_drop(tp)
        self._room.set()

    async def _wait_next_records(
        self,
        timeout: float,  # noqa: ASYNC109 - as Faust has it
    ) -> tuple[Any, set[TP] | None]:
        if not self._buffered_partitions or not self.flow_active:
            return await super()._wait_next_records(timeout)
        if self._get_active_partitions():
            return await super()._wait_next_records(_ASK_AGAIN)
        self._room.clear()
        await self.wait_first(self._room.wait(), self.suspend_flow.wait(), timeout=timeout)
        return {}, set()

    def _hand_over(self, message: Any) -> Any:
        """Put a message into its agents' buffers: at once where there is room."""
        if not self._is_free(message.tp):
            return self._deliver(message)
        try:
            self._deliver(message).send(None)
        except StopIteration:
            return _HANDED
        raise RuntimeError(f"a message of {message.tp} waits, though there is room for it")

    async def wait_first(
        self,
        *waits: Any,
        timeout: Any = None,  # noqa: ASYNC109 - as Faust has it
    ) -> WaitResults:
        """Faust's, but for what is not waited for."""
        if waits[0] is not _HANDED:
            return await super().wait_first(*waits, timeout=timeout)
        for wait in waits[1:]:
            wait.close()
        return WaitResults([], [], False)

    def _is_free(self, tp: TP) -> bool:
        """Whether nothing keeps a message of this partition from its agents."""
        conductor: Any = self.app.topics
        return (
            self.app.flow_control.is_active()
            and not conductor._tp_to_callback_lock.locked()
            and not any(channel.queue.full() for channel in conductor._tp_index[tp])
        )


async def events_of(stream: Any) -> AsyncIterator[Any]:
    """The events of an agent's stream, in order, to be acknowledged by whoever takes them."""
    queue = stream.channel.queue
    async for event in stream.noack().events():
        yield event
        taken = 1
        # Faust's own look comes only once its buffer is empty: too late for the next fetch.
        queue.maybe_endorse_pressure_drop()
        while not queue.empty() and taken % _AT_A_TIME:
            taken += 1
            event = queue.get_nowait()
            if _is_current(stream.app, event.message):
                _track(stream.app, event.message)
                yield event


def _is_current(app: Any, message: Any) -> bool:
    """Whether its partition is still ours, as Faust's stream asks."""
    return bool(
        app.flow_control.is_active() and message.generation_id == app.consumer_generation_id
    )


def _track(app: Any, message: Any) -> None:
    """Have Faust wait for it before it stops or gives its partition up."""
    if not message.tracked:
        message.tracked = True
        app.consumer.track_message(message)


class Transport(aiokafka.Transport):
    """Faust's way to Kafka, with our consumer."""

    Consumer = Intake
