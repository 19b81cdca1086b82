"""Messages to pages.raw: their order, errors of the input, the rate, and an end by a signal."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from service.contract.record import InputMessage, Topic
from service.worker.feed import IN_FLIGHT, Fed, feed
from service.worker.kafka.topics import create_topics
from tests.contract.messages import message
from tests.worker.conftest import Deploy
from tests.worker.deployment import Deployment
from tests.worker.topics_reader import read_all

pytestmark = pytest.mark.stream

LIMIT = 1024 * 1024


def page(number: int, size: int = 10) -> InputMessage:
    noise = bytes((number + i * i * 7919 >> 5) % 251 for i in range(size))
    return replace(message(noise, key=b"%d" % number, timestamp=None))


def numbers(fed: list[Fed]) -> list[int]:
    return [int(each.message.key or b"") for each in fed]


async def test_pages_are_yielded_in_order_refused_ones_too(deploy: Deploy) -> None:
    deployment = deploy(largest_message=LIMIT, raw_partitions=3)
    await create_topics(deployment.settings)
    pages = [page(number) for number in range(IN_FLIGHT * 2)]
    pages[5] = page(5, 4 * LIMIT)
    fed = [each async for each in feed(pages, deployment.settings)]
    assert numbers(fed) == list(range(IN_FLIGHT * 2))
    assert [number for number, each in enumerate(fed) if each.refused] == [5]


async def test_pages_before_an_error_of_the_input_are_written(deployment: Deployment) -> None:
    def broken() -> Iterator[InputMessage]:
        yield from map(page, range(3))
        raise ValueError("the file ends here")

    fed: list[Fed] = []

    async def feed_broken() -> None:
        async for each in feed(broken(), deployment.settings):
            fed.append(each)  # noqa: PERF401 - an error ends the loop

    with pytest.raises(ValueError, match="ends here"):
        await feed_broken()
    assert numbers(fed) == [0, 1, 2]
    assert len(await read_all(deployment, (Topic.RAW,))) == 3


async def test_a_stopped_feed_yields_what_was_written_and_nothing_else(
    deployment: Deployment,
) -> None:
    stopped = asyncio.Event()
    fed: list[Fed] = []
    async for each in feed(map(page, range(10_000)), deployment.settings, stopped=stopped):
        fed.append(each)
        if len(fed) == 100:
            stopped.set()
    written = await read_all(deployment, (Topic.RAW,))
    assert sorted(numbers(fed)) == sorted(int(each.key or b"") for each in written)
    assert 100 <= len(fed) <= 100 + IN_FLIGHT


async def test_a_limited_rate_yields_each_page_before_the_next_is_due(
    deployment: Deployment,
) -> None:
    """At a page an hour the second is never sent; the first is yielded nonetheless."""
    stopped = asyncio.Event()
    fed: list[Fed] = []
    async for each in feed(
        map(page, range(10)), deployment.settings, rate=1 / 3600, stopped=stopped
    ):
        fed.append(each)
        stopped.set()
    assert numbers(fed) == [0]


async def test_what_is_before_a_due_checkpoint_is_yielded_and_then_saved(
    deployment: Deployment,
) -> None:
    fed: list[Fed] = []
    saved: list[list[int]] = []

    class Checkpoint:
        def is_due_before(self, message: InputMessage) -> bool:
            return message.key in (b"3", b"7")

        def save(self) -> None:
            saved.append(numbers(fed))

    async for each in feed(map(page, range(9)), deployment.settings, checkpoint=Checkpoint()):
        fed.append(each)  # noqa: PERF401 - `saved` looks at it
    assert saved == [[0, 1, 2], [0, 1, 2, 3, 4, 5, 6]]
    assert numbers(fed) == list(range(9))
