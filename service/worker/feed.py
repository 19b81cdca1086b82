"""Writes input to `pages.raw`, no faster than the broker accepts it."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from aiokafka.errors import MessageSizeTooLargeError

from service.contract.record import InputMessage, Record, Topic
from service.settings import MEBIBYTE, Settings
from service.worker.kafka.producers import make_producer, send
from service.worker.kafka.reaching import start

IN_FLIGHT = 200
"""Most records that await the broker's acknowledgement; their bytes are bounded by the setting
`window_bytes`."""

_CHUNK = 64
_CHUNK_BYTES = MEBIBYTE
"""Messages, and bytes of them, after which a thread that reads input returns them."""


@dataclass(frozen=True, slots=True)
class Fed:
    """Outcome of one record: written, or `refused` with the reason."""

    message: InputMessage
    refused: str | None = None


class Checkpoint(Protocol):
    """What is saved about the messages that were acknowledged and yielded."""

    def is_due_before(self, message: InputMessage) -> bool:
        """True if it must be saved before this message is written."""

    def save(self) -> None:
        """Save it."""


async def feed(
    messages: Iterable[InputMessage],
    settings: Settings,
    *,
    rate: float | None = None,
    stopped: asyncio.Event | None = None,
    checkpoint: Checkpoint | None = None,
) -> AsyncGenerator[Fed, None]:
    """Write each message to `pages.raw`; yield each, in their order, once the broker has
    acknowledged or refused it.

    Args:
        messages: read in a thread, a little ahead of what is written.
        rate: most messages a second; None for as fast as the broker accepts them.
        stopped: once it is set, no further message is written; those in flight are yielded.
        checkpoint: asked before each message is written.

    Raises:
        KafkaError: the broker cannot be reached, or refuses a record for another reason than size.
        Exception: what reading `messages` raised; those before it have been written and yielded.
    """
    stopped = stopped or asyncio.Event()
    producer = make_producer(settings)
    await start(producer, settings)
    flying = _Flying(settings.window_bytes)
    chunks = _Chunks(messages)
    pace = _Pace(rate, stopped)
    try:
        while not stopped.is_set() and (chunk := await chunks.take()):
            for message in chunk:
                while not stopped.is_set() and not pace.is_due():
                    await pace.wait(flying.next_acknowledged())
                    while flying.has_acknowledged():
                        yield await flying.pop()
                if stopped.is_set():
                    break
                if checkpoint is not None and checkpoint.is_due_before(message):
                    while flying:
                        yield await flying.pop()
                    checkpoint.save()
                record = Record(Topic.RAW, message.key, message.value, message.headers)
                try:
                    flying.add(message, await send(producer, record, settings))
                except MessageSizeTooLargeError as error:
                    flying.add(message, _refused(error))
                pace.count()
                while flying.is_full() or flying.has_acknowledged():
                    yield await flying.pop()
        while flying:
            yield await flying.pop()
        chunks.check()
    finally:
        await producer.stop()


class _Flying:
    """Records that were sent, in order, with the futures of their acknowledgements."""

    def __init__(self, most_bytes: int) -> None:
        self._sent: deque[tuple[InputMessage, asyncio.Future[object]]] = deque()
        self._most_bytes = most_bytes
        self._size = 0

    def __len__(self) -> int:
        return len(self._sent)

    def add(self, message: InputMessage, acknowledged: "asyncio.Future[object]") -> None:
        self._sent.append((message, acknowledged))
        self._size += len(message.value or b"")

    def is_full(self) -> bool:
        return len(self._sent) >= IN_FLIGHT or (self._size > self._most_bytes and bool(self._sent))

    def has_acknowledged(self) -> bool:
        """True if the oldest record has been acknowledged or refused."""
        return bool(self._sent) and self._sent[0][1].done()

    def next_acknowledged(self) -> "asyncio.Future[object] | None":
        """The future of the oldest record; None if there is none."""
        return self._sent[0][1] if self._sent else None

    async def pop(self) -> Fed:
        """Wait for the acknowledgement of the oldest record.

        Raises:
            KafkaError: the broker refused it for another reason than its size.
        """
        message, acknowledged = self._sent.popleft()
        self._size -= len(message.value or b"")
        try:
            await acknowledged
        except MessageSizeTooLargeError as error:
            return Fed(message, str(error))
        return Fed(message)


def _refused(error: MessageSizeTooLargeError) -> "asyncio.Future[object]":
    future: asyncio.Future[object] = asyncio.get_running_loop().create_future()
    future.set_exception(error)
    return future


class _Chunks:
    """Reads messages in a thread, so that the event loop runs on while a file is read."""

    def __init__(self, messages: Iterable[InputMessage]) -> None:
        self._messages: Iterator[InputMessage] = iter(messages)
        self._error: Exception | None = None

    async def take(self) -> list[InputMessage]:
        """The next messages; none at the end, and after an error."""
        return [] if self._error else await asyncio.to_thread(self._take)

    def check(self) -> None:
        """Raise the error that ended the reading, if there was one."""
        if self._error is not None:
            raise self._error

    def _take(self) -> list[InputMessage]:
        chunk: list[InputMessage] = []
        size = 0
        try:
            for message in self._messages:
                chunk.append(message)
                size += len(message.value or b"")
                if len(chunk) == _CHUNK or size >= _CHUNK_BYTES:
                    break
        except Exception as error:  # the caller gets it after the messages before it
            self._error = error
        return chunk


class _Pace:
    """Limits the rate per second; None for no limit. After a pause it does not catch up."""

    def __init__(self, rate: float | None, stopped: asyncio.Event) -> None:
        self._step = 1 / rate if rate else 0.0
        self._stopped = stopped
        self._due = 0.0

    def is_due(self) -> bool:
        """True if the next one may go."""
        return self._left() <= 0

    def count(self) -> None:
        """Count one that went."""
        if self._step:
            self._due = max(self._due, asyncio.get_running_loop().time()) + self._step

    async def wait(self, future: "asyncio.Future[object] | None") -> None:
        """Wait until the next one may go, the future is done, or the feed is stopped."""
        stopping = asyncio.ensure_future(self._stopped.wait())
        try:
            futures: set[asyncio.Future[Any]] = {stopping, future} if future else {stopping}
            await asyncio.wait(futures, timeout=self._left(), return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            with suppress(asyncio.CancelledError):
                await stopping

    def _left(self) -> float:
        return self._due - asyncio.get_running_loop().time() if self._step else 0.0
