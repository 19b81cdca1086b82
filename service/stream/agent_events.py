"""An agent's events, taken without a round of the event loop for each.

Faust's stream goes once round the loop for every event, also where the next is at hand.
"""

from collections.abc import AsyncIterator
from typing import Any

_AT_A_TIME = 32
"""Events that an agent takes before it lets others have the event loop."""


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
