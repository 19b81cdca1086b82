"""What READ made of a page, against what its topic takes."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from aiokafka import AIOKafkaProducer

from service.contract.extracted import SourcePosition
from service.contract.outcome import REASON, FailureReason
from service.contract.record import InputMessage, Record, Topic
from service.sandbox.pool import Sandbox
from service.settings import MEBIBYTE, Settings
from service.worker.dead_letters.halt import Halts
from service.worker.observe.counts import Counts
from service.worker.read_agent import ReadAgent, fitting

SETTINGS = Settings(largest_message=MEBIBYTE)
MESSAGE = InputMessage(
    key=b"https://long.example/a",
    value=b"<html>",
    headers=(("url", b"https://long.example/a"),),
    timestamp=5,
    source=SourcePosition(topic="pages.raw", partition=1, offset=2),
)


def record(topic: Topic, size: int) -> Record:
    return Record(topic, b"key", b"x" * size)


def test_what_fits_is_left_alone() -> None:
    small = record(Topic.EXTRACTED, MEBIBYTE // 2)
    assert fitting(small, MESSAGE, SETTINGS) is small


def test_what_does_not_fit_is_a_dead_letter_of_its_input() -> None:
    letter = fitting(record(Topic.EXTRACTED, MEBIBYTE), MESSAGE, SETTINGS)
    assert (letter.topic, letter.key, letter.value) == (Topic.FAILED, MESSAGE.key, MESSAGE.value)
    assert dict(letter.headers)[REASON] == FailureReason.OUTPUT_TOO_LARGE.encode()


def test_headers_count() -> None:
    many = tuple((f"header-{n}", b"x" * 1000) for n in range(1100))
    letter = fitting(Record(Topic.REJECTED, b"key", b"{}", many), MESSAGE, SETTINGS)
    assert letter.topic is Topic.FAILED


def test_a_dead_letter_is_never_replaced() -> None:
    large = Record(Topic.FAILED, b"key", b"x" * 2 * MEBIBYTE, (("x-null", None),))  # type: ignore[arg-type]
    assert fitting(large, MESSAGE, SETTINGS) is large


async def test_a_page_of_an_earlier_assignment_is_given_up() -> None:
    """Otherwise Faust waits for it, and a worker that is to stop runs into its time limit."""
    given_up: asyncio.Queue[Any] = asyncio.Queue()
    event = SimpleNamespace(
        message=SimpleNamespace(
            topic="pages.raw",
            partition=1,
            offset=2,
            timestamp=5.0,
            key=b"k",
            value=b"v",
            headers=(),
        )
    )
    agent = ReadAgent(
        cast(Sandbox, _ReadAtOnce()),
        cast(AIOKafkaProducer, None),
        SETTINGS,
        Counts(),
        halts=Halts(SETTINGS),
        is_current=lambda _event: False,
        abandon=given_up.put_nowait,
    )
    await agent.take(event)
    assert await asyncio.wait_for(given_up.get(), 10.0) is event
    assert not agent.is_full
    await agent.close()


class _ReadAtOnce:
    def read(self, _message: InputMessage) -> "asyncio.Future[Record]":
        read: asyncio.Future[Record] = asyncio.get_running_loop().create_future()
        read.set_result(record(Topic.EXTRACTED, 10))
        return read
