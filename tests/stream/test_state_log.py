"""A shard's memory, read back from its topic."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiokafka import AIOKafkaProducer

from service.events.record import Record
from service.events.serde import UndecodableValue
from service.events.topics import Topic
from service.fold import fold
from service.local.sample.messages import sample_messages
from service.read import read
from service.story.shard import Shard
from service.stream.incoming import input_message
from service.stream.producers import make_producer, send_all, send_together
from service.stream.state_log import ShardLog, read_log, write_marker
from service.stream.topic_specs import create_topics
from tests.stream.conftest import Deploy
from tests.stream.deployment import Deployment
from tests.stream.faust_events import Message

PATIENCE = 60.0


def state(key: str, value: bytes | None, shard: int = 0) -> Record:
    return Record(Topic.FOLD_STATE, key.encode(), value, partition=shard)


def entered(*records: tuple[str, bytes | None]) -> ShardLog:
    log = ShardLog()
    for key, value in records:
        log.enter(key, value)
    return log


def test_the_newest_value_of_a_key_counts() -> None:
    log = entered(("article/a", b"1"), ("article/b", b"2"), ("article/a", b"3"), ("story/s", b"4"))
    assert log.articles == {"article/a": b"3", "article/b": b"2"}
    assert log.stories == {"story/s": b"4"}


def test_what_was_forgotten_is_gone_until_it_comes_again() -> None:
    log = entered(("article/a", b"1"), ("article/a", None), ("story/s", None), ("article/x", None))
    assert not log.articles
    assert not log.stories
    log.enter("article/a", b"2")
    assert log.articles == {"article/a": b"2"}


def test_markers_of_others_are_no_memory() -> None:
    log = entered(("marker/0", b"someone else's"))
    assert not log.articles
    assert not log.stories


def test_a_record_that_is_none_of_ours_is_no_memory_to_trust() -> None:
    with pytest.raises(UndecodableValue):
        entered(("article/a", b"{}")).parse()


def test_a_log_is_the_shard_that_wrote_it() -> None:
    shard, log = Shard(), ShardLog()
    extracted = [
        r for message in sample_messages() if (r := read(message)).topic is Topic.EXTRACTED
    ]
    for offset, record in enumerate(extracted):
        message = input_message(Message(record.value, offset, "articles.extracted"))
        for made in fold(message, shard, 0):
            if made.topic is Topic.FOLD_STATE:
                log.enter((made.key or b"").decode(), made.value)
    restored = Shard()
    restored.restore(*log.parse())
    assert restored.article_count == shard.article_count > 60
    assert restored.story_count == shard.story_count > 10


@pytest.fixture
async def deployment(deploy: Deploy) -> Deployment:
    made = deploy(shards=2)
    await create_topics(made.settings)
    return made


@pytest.fixture
async def producer(deployment: Deployment) -> AsyncIterator[AIOKafkaProducer]:
    made = make_producer(deployment.settings)
    await made.start()
    yield made
    await made.stop()


@pytest.mark.stream
async def test_a_shard_is_read_up_to_its_own_marker(
    deployment: Deployment, producer: AIOKafkaProducer
) -> None:
    settings = deployment.settings
    for shard in (0, 1):
        records = [state(f"article/{shard}-{n}", b"%d" % n, shard) for n in range(500)]
        await send_all(producer, records, settings)
    earlier = await write_marker(producer, 0, settings, transactional=False)
    await send_all(producer, [state("article/0-0", None), state("story/0", b"last")], settings)
    marker = await write_marker(producer, 0, settings, transactional=False)
    assert marker != earlier
    await send_all(producer, [state("article/late", b"after the marker")], settings)
    async with asyncio.timeout(PATIENCE):
        log = await read_log(0, marker, settings)
    assert set(log.articles) == {f"article/0-{n}" for n in range(1, 500)}
    assert log.stories == {"story/0": b"last"}


@pytest.mark.stream
async def test_a_shard_of_nothing_is_empty(
    deployment: Deployment, producer: AIOKafkaProducer
) -> None:
    marker = await write_marker(producer, 1, deployment.settings, transactional=False)
    async with asyncio.timeout(PATIENCE):
        log = await read_log(1, marker, deployment.settings)
    assert log == ShardLog()


@pytest.mark.stream
async def test_what_is_sent_together_is_there_in_order(
    deployment: Deployment, producer: AIOKafkaProducer
) -> None:
    settings = deployment.settings
    small = [state(f"article/{n}", b"%d" % n, shard=1) for n in range(300)]
    # Larger, together, than one record may be: it takes several batches, and all of it arrives.
    large = [state(f"story/{n}", b"%02d" % n * 4_000_000, shard=1) for n in range(8)]
    async with asyncio.timeout(PATIENCE):
        for records in ([], small, large):
            await send_together(producer, records, settings)
        marker = await write_marker(producer, 1, settings, transactional=False)
        log = await read_log(1, marker, settings)
    assert list(log.articles.items()) == [(r.key.decode(), r.value) for r in small if r.key]
    assert list(log.stories.items()) == [(r.key.decode(), r.value) for r in large if r.key]
