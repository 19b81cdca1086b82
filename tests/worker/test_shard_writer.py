"""One shard's writer on a broker, with a fault put into its core."""

import asyncio
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold_batch
from service.settings import Settings
from service.worker.checkpoint import shard_memory
from service.worker.dead_letters.halt import Halts
from service.worker.kafka.output_topics import follow
from service.worker.kafka.topics import create_topics
from service.worker.observe.counts import Counts
from service.worker.shard_writer import ShardWriter
from tests.brokers.plugin import Broker
from tests.local.sample_read import extracted_records
from tests.worker.faust_events import Event, Message

pytestmark = pytest.mark.stream

POISON = 3


async def test_an_article_that_breaks_fold_is_a_dead_letter_and_the_next_go_on(
    broker: Broker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = Settings(
        brokers=broker.bootstrap,
        topic_prefix=f"writer-{uuid.uuid4().hex}.",
        group=f"writer-{uuid.uuid4().hex}",
        output_partitions=1,
        state_dir=tmp_path,
    )
    await create_topics(settings)
    extracted = extracted_records()[:8]
    name = settings.topic_prefix + Topic.EXTRACTED.value
    events = [Event(Message(record.value, offset, name)) for offset, record in enumerate(extracted)]

    def poisoned(
        messages: Sequence[InputMessage], shard: Shard, number: int
    ) -> Iterator[list[Record]]:
        for message, made in zip(messages, fold_batch(messages, shard, number), strict=True):
            if message.source == SourcePosition(topic=name, partition=0, offset=POISON):
                raise KeyError("a fault in the core, after it changed its memory")
            yield made

    monkeypatch.setattr(shard_memory, "fold_batch", poisoned)
    writer = ShardWriter(
        0, settings, Counts(), transactional=broker.transactions, halts=Halts(settings)
    )
    try:
        async with asyncio.timeout(60):
            for event in events:
                await writer.take(event)
            for event in events:
                await event.acknowledged.wait()
            outcomes = await read_outcomes(settings, len(events))
    finally:
        await writer.close()
    assert Counter(outcomes) == {Topic.ARTICLES: len(events) - 1, Topic.FAILED: 1}


async def begin(broker: Broker, tmp_path: Path, **more: float) -> tuple[Settings, ShardWriter]:
    """A writer of the only shard of a deployment of its own."""
    name = f"given-back-{uuid.uuid4().hex[:8]}"
    settings = Settings(
        brokers=broker.bootstrap,
        group=name,
        topic_prefix=f"{name}.",
        state_dir=tmp_path,
        **more,  # type: ignore[arg-type]
    )
    await create_topics(settings)
    return settings, ShardWriter(
        0, settings, Counts(), transactional=broker.transactions, halts=Halts(settings)
    )


async def test_a_writer_that_is_closed_gives_back_what_it_did_not_get_done(
    broker: Broker, tmp_path: Path
) -> None:
    settings, writer = await begin(broker, tmp_path, batch_articles=2)
    name = settings.topic_prefix + Topic.EXTRACTED.value
    events = [Event(Message(b"{}", offset, name)) for offset in range(6)]

    async def take_all() -> None:
        for event in events:
            await writer.take(event)

    taking = asyncio.create_task(take_all())
    await asyncio.sleep(0)
    async with asyncio.timeout(60):
        left = await writer.close()
        await taking
    assert left == events


async def test_a_batch_that_is_still_being_gathered_is_given_back_too(
    broker: Broker, tmp_path: Path
) -> None:
    settings, writer = await begin(broker, tmp_path, batch_seconds=10)
    event = Event(Message(b"{}", 0, settings.topic_prefix + Topic.EXTRACTED.value))
    async with asyncio.timeout(60):
        await writer.ready.wait()
        await writer.take(event)
        while not writer._events.empty():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0)
        assert await writer.close() == [event]


async def read_outcomes(settings: Settings, count: int) -> list[Topic]:
    found: list[Topic] = []
    topics = (Topic.ARTICLES, Topic.REJECTED, Topic.FAILED)
    records: Any = follow(topics, settings, from_beginning=True)
    async for record in records:
        found.append(record.topic)
        if len(found) == count:
            break
    await records.aclose()
    return found
