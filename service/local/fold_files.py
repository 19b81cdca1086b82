"""The pipeline without a broker: messages in, the records that would have gone to topics out."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Iterable

from service.events.extracted import SourcePosition
from service.events.input_message import InputMessage
from service.events.outcome import FailureReason
from service.events.record import Record
from service.events.topics import Topic
from service.fold import fold, unfolded
from service.settings import Settings
from service.story.memory import Window
from service.story.shard import Shard
from service.stream.app import read_options
from service.stream.sandbox import Sandbox

logger = logging.getLogger(__name__)


async def fold_messages(
    messages: Iterable[InputMessage], settings: Settings
) -> AsyncIterator[Record]:
    """Take messages through READ and FOLD, in their order.

    Pages are read ahead in child processes, as many as the settings allow in flight; FOLD sees
    them in the order of the input, so that the same input gives the same records.
    """
    sandbox = Sandbox(
        read_options(settings),
        children=settings.extractors,
        page_seconds=settings.page_seconds,
        page_memory=settings.page_memory,
        pages_per_child=settings.pages_per_child,
    )
    shards = [
        Shard(Window(settings.window_span, settings.window_articles))
        for _ in range(settings.shards)
    ]
    ahead: deque[asyncio.Future[Record]] = deque()
    placed = 0
    try:
        for message in messages:
            ahead.append(sandbox.read(message))
            while len(ahead) >= settings.window_pages:
                for record in _finish(await ahead.popleft(), shards, placed):
                    yield record
                placed += 1
        while ahead:
            for record in _finish(await ahead.popleft(), shards, placed):
                yield record
            placed += 1
    finally:
        for task in ahead:
            task.cancel()
        await sandbox.close()


def _finish(record: Record, shards: list[Shard], offset: int) -> list[Record]:
    """What becomes of READ's outcome: itself, and where it is an article, what FOLD makes of it."""
    if record.topic is not Topic.EXTRACTED:
        return [record]
    shard = record.partition or 0
    message = InputMessage(
        key=record.key,
        value=record.value,
        headers=record.headers,
        timestamp=None,
        source=SourcePosition(topic=Topic.EXTRACTED.value, partition=shard, offset=offset),
    )
    try:
        return [record, *fold(message, shards[shard], shard)]
    except Exception as error:
        logger.exception("cannot place %s", record.key)
        return [record, unfolded(message, FailureReason.ERROR, error)]
