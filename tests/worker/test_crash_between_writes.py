"""Without transactions: a crash between any two writes repeats events, but never other ones."""

import asyncio

import pytest

from service.contract.record import Topic
from service.worker.dead_letters.halt import Halts
from service.worker.health import exit
from service.worker.kafka.topics import create_topics, topic_name
from service.worker.observe.counts import Counts
from service.worker.shard_writer import ShardWriter
from tests.local.sample_read import extracted_records
from tests.worker.conftest import Deploy
from tests.worker.deployment import Deployment
from tests.worker.faust_events import Event, Message
from tests.worker.topics_reader import Seen, read_all
from tests.worker.writing import crash_at_write, write

pytestmark = pytest.mark.stream

PATIENCE = 60.0
ARTICLES = 24
BATCH = 8
WRITTEN = (Topic.ARTICLES, Topic.STORIES, Topic.REJECTED)


def articles(deployment: Deployment) -> list[Event]:
    """The sample crawl as it comes from `articles.extracted`."""
    name = topic_name(Topic.EXTRACTED, deployment.settings)
    records = extracted_records()[:ARTICLES]
    return [Event(Message(each.value, offset, name)) for offset, each in enumerate(records)]


# The 10th and 24th record of state are stories whose newest article is written before them.
CRASHES = [*((Topic.FOLD_STATE, number) for number in (1, 2, 10, 24)), (Topic.ARTICLES, 11)]


async def test_what_is_repeated_is_the_same(
    deploy: Deploy, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = contents(await run(deploy(batch_articles=BATCH), monkeypatch))
    for topic, number in CRASHES:
        broken = await run(deploy(batch_articles=BATCH), monkeypatch, topic, number)
        assert contents(broken) == whole, f"after a crash at write {number} to {topic}"


def contents(seen: list[Seen]) -> set[tuple[Topic, str | None, bytes | None]]:
    """What is told; a repeat adds nothing."""
    return {(record.topic, record.id, record.value) for record in seen}


async def run(
    deployment: Deployment,
    monkeypatch: pytest.MonkeyPatch,
    topic: Topic | None = None,
    number: int = 0,
) -> list[Seen]:
    """Write the articles, with a crash at a write if one is told, and a second writer after it."""
    settings = deployment.settings
    await create_topics(settings)
    died = asyncio.Event()
    monkeypatch.setattr(exit, "die", lambda what, error=None: died.set())
    events = articles(deployment)
    while True:
        writer = ShardWriter(0, settings, Counts(), transactional=False, halts=Halts(settings))
        async with asyncio.timeout(PATIENCE):
            await writer.ready.wait()
        if topic is not None:
            crash_at_write(writer, topic_name(topic, settings), number)
        await write(writer, events, died)
        await writer.close()
        if not died.is_set():
            return await read_all(deployment, WRITTEN)
        died.clear()
        topic = None
        events = [event for event in events if not event.acknowledged.is_set()]
