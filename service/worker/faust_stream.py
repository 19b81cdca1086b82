"""The events of an agent's stream, several at a time.

For each event Faust's own stream creates four tasks, to wait for room and for three kinds of end at
once, and yields to the event loop. Only public names of Faust are used here.
"""

from collections.abc import AsyncIterator
from typing import Any

_AT_A_TIME = 32
"""Most events that an agent takes before it yields to the event loop."""


async def events_of(stream: Any) -> AsyncIterator[Any]:
    """Yield the events of an agent's stream, in order; the caller acknowledges them.

    Faust's own stream yields to the event loop for every event, even if the next is already
    buffered. Here the loop gets its turn after 32 events, or when the buffer is empty.
    """
    queue = stream.channel.queue
    async for event in stream.noack().events():
        yield event
        taken = 1
        # Faust itself checks this only once its buffer is empty: too late for the next fetch.
        queue.maybe_endorse_pressure_drop()
        while not queue.empty() and taken % _AT_A_TIME:
            taken += 1
            event = queue.get_nowait()
            if _is_current(stream.app, event.message):
                _track(stream.app, event.message)
                yield event


def is_current(app: Any, event: Any) -> bool:
    """True if the event was fetched in the present generation of the group. If not, its partition
    was assigned anew since, and read again from the committed offset."""
    return bool(event.message.generation_id == app.consumer_generation_id)


def _is_current(app: Any, message: Any) -> bool:
    """True if the message's partition is still assigned here, checked as Faust's stream does: by
    the generation of the group in which it was fetched (#221 of faust-streaming/faust)."""
    return bool(
        app.flow_control.is_active() and message.generation_id == app.consumer_generation_id
    )


def _track(app: Any, message: Any) -> None:
    """Register the message: Faust waits for it before it stops or gives up the partition."""
    if not message.tracked:
        message.tracked = True
        app.consumer.track_message(message)
