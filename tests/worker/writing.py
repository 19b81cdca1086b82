"""A writer of a partition driven without Faust, and made to fail at a write."""

import asyncio
from collections.abc import Sequence

from service.worker.partition_writer import PartitionWriter
from tests.worker.faust_events import Event

PATIENCE = 60.0


class Crash(Exception):
    """The process is gone."""


def crash_at_write(writer: PartitionWriter, topic: str, number: int) -> None:
    """Let the producer fail at this write (from 1) to the topic, and at every later one."""
    producer = writer._producer
    send, send_batch = producer.send, producer.send_batch
    count = 0

    def counted(name: str) -> None:
        nonlocal count
        count += name == topic
        if count >= number:
            raise Crash

    async def counted_send(name: str, *args: object, **more: object) -> object:
        counted(name)
        return await send(name, *args, **more)

    async def counted_send_batch(batch: object, name: str, **more: object) -> object:
        counted(name)
        return await send_batch(batch, name, **more)

    producer.send, producer.send_batch = counted_send, counted_send_batch


async def write(writer: PartitionWriter, events: Sequence[Event], died: asyncio.Event) -> None:
    """Hand over the events; returns when the last is acknowledged, or the writer dead."""

    async def take() -> None:
        for event in events:
            await writer.take(event)
        await events[-1].acknowledged.wait()

    ends = [asyncio.create_task(take()), asyncio.create_task(died.wait())]
    async with asyncio.timeout(PATIENCE):
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    for task in ends:
        task.cancel()
