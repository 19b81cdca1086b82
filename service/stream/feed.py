"""Writing input to `pages.raw`, no faster than the broker takes it."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from aiokafka.errors import MessageSizeTooLargeError

from service.events.input_message import InputMessage
from service.events.record import Record
from service.events.topics import Topic
from service.settings import Settings
from service.stream.producers import make_producer, send

IN_FLIGHT = 200
"""Records that the broker has not acknowledged yet, at most."""


@dataclass(frozen=True, slots=True)
class Fed:
    """What became of one record: written, or `refused` with the reason."""

    message: InputMessage
    refused: str | None = None


async def feed(messages: Iterable[InputMessage], settings: Settings) -> AsyncIterator[Fed]:
    """Write each message to `pages.raw`; yields it once the broker has it.

    Raises:
        KafkaError: the broker cannot be reached, or refuses to write at all.
    """
    producer = make_producer(settings)
    await producer.start()
    flying: list[tuple[InputMessage, asyncio.Future[object]]] = []
    try:
        for message in messages:
            record = Record(Topic.RAW, message.key, message.value, message.headers)
            try:
                flying.append((message, await send(producer, record, settings)))
            except MessageSizeTooLargeError as error:
                yield Fed(message, str(error))
            if len(flying) >= IN_FLIGHT:
                for written, acknowledged in flying[: IN_FLIGHT // 2]:
                    yield await _outcome(written, acknowledged)
                del flying[: IN_FLIGHT // 2]
        for written, acknowledged in flying:
            yield await _outcome(written, acknowledged)
    finally:
        await producer.stop()


async def _outcome(message: InputMessage, acknowledged: "asyncio.Future[object]") -> Fed:
    try:
        await acknowledged
    except MessageSizeTooLargeError as error:
        return Fed(message, str(error))
    return Fed(message)
