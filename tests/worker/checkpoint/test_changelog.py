"""A shard's memory, read back from its topic."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer

from service.contract.fold_state import NewerState
from service.contract.record import Record, Topic
from service.contract.serde import UndecodableValue
from service.fold.shard import Shard
from service.fold.stage import fold
from service.fold.state.restore import Restorer
from service.fold.state.row_store import RowStore
from service.settings import Settings
from service.worker.checkpoint.changelog import enter, read_log, write_marker
from service.worker.checkpoint.checkpoint import Position
from service.worker.checkpoint.continuity import Marker, OtherLog, checksum_of
from service.worker.kafka.incoming import input_message
from service.worker.kafka.producers import make_producer, send_all, send_together
from service.worker.kafka.topics import create_topics
from tests.local.sample_read import extracted_records
from tests.worker.conftest import Deploy
from tests.worker.deployment import Deployment
from tests.worker.faust_events import Message

PATIENCE = 60.0


def state(key: str, value: bytes | None, shard: int = 0) -> Record:
    return Record(Topic.FOLD_STATE, key.encode(), value, partition=shard)


def states(count: int = 1000) -> list[Record]:
    """What a shard writes to its log for the sample crawl."""
    shard, made = Shard(), []
    for offset, record in enumerate(extracted_records()[:count]):
        message = input_message(Message(record.value, offset, "articles.extracted"))
        made += [r for r in fold(message, shard, 0) if r.topic is Topic.FOLD_STATE]
    return made


def taken(*records: tuple[str, bytes | None]) -> RowStore:
    store = RowStore.in_memory()
    restorer = Restorer(store)
    for key, value in records:
        enter(restorer, key, value)
    restorer.finish()
    return store


def pairs(records: list[Record]) -> list[tuple[str, bytes | None]]:
    return [((record.key or b"").decode(), record.value) for record in records]


def without_clocks(records: list[Record]) -> list[Record]:
    return [record for record in records if not (record.key or b"").startswith(b"clock/")]


def test_the_newest_value_of_a_key_counts() -> None:
    first, later = pairs(without_clocks(states(1))), pairs(without_clocks(states(1)))
    key, value = later[0]
    later[0] = key, (value or b"").replace(b'"title":"', b'"title":"Later: ')
    article = taken(*first, *later).article(key.removeprefix("article/"))
    assert article is not None
    assert article.title.startswith("Later: ")


def test_what_was_forgotten_is_gone_until_it_comes_again() -> None:
    (article, value), story = pairs(without_clocks(states(1)))
    uri = article.removeprefix("article/")
    assert taken((article, value), story, (article, None)).article(uri) is None
    assert taken((article, value), story, (article, None), (article, value)).article(uri)
    assert taken((article, value), story, (story[0], None)).article(uri) is None
    assert taken((article, None), (story[0], None), (article, value), story).article(uri)


def test_a_record_that_is_none_of_ours_is_no_memory_to_trust() -> None:
    with pytest.raises(UndecodableValue):
        taken(("article/a", b"{}"))


def test_a_record_of_a_later_version_is_refused() -> None:
    with pytest.raises(NewerState, match="state version 2"):
        taken(("article/a", b'{"state_version": 2}'))


def test_a_log_is_the_shard_that_wrote_it() -> None:
    shard = Shard()
    for offset, record in enumerate(extracted_records()):
        fold(input_message(Message(record.value, offset, "articles.extracted")), shard, 0)
    restored = Shard(store=taken(*pairs(states())))
    restored.open(0.0)
    assert restored.article_count == shard.article_count > 60
    assert restored.story_count == shard.story_count > 10
    assert restored.clock == shard.clock


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


async def contents(
    marker: Marker, settings: Settings, shard: int, since: Position | None = None
) -> list[tuple[str, bytes | None]]:
    """Keys and values from the position to the marker, without other markers."""
    found = []
    async with asyncio.timeout(PATIENCE):
        async for records in read_log(Topic.FOLD_STATE, shard, marker, settings, since):
            found += [(each.key.decode(), each.value) for each in records]
    return [(key, value) for key, value in found if not key.startswith("marker/")]


@pytest.mark.stream
async def test_a_shard_is_read_up_to_its_own_marker(
    deployment: Deployment, producer: AIOKafkaProducer
) -> None:
    settings = deployment.settings
    for shard in (0, 1):
        records = [state(f"article/{shard}-{n}", b"%d" % n, shard) for n in range(500)]
        await send_all(producer, records, settings)
    earlier = await write_marker(producer, Topic.FOLD_STATE, 0, settings, transactional=False)
    await send_all(producer, [state("article/0-0", None), state("story/0", b"last")], settings)
    marker = await write_marker(producer, Topic.FOLD_STATE, 0, settings, transactional=False)
    assert marker.value != earlier.value
    await send_all(producer, [state("article/late", b"after the marker")], settings)
    log = await contents(marker, settings, 0)
    assert log[:500] == [(f"article/0-{n}", b"%d" % n) for n in range(500)]
    assert log[500:] == [("article/0-0", None), ("story/0", b"last")]


@pytest.mark.stream
async def test_a_shard_of_nothing_is_empty(
    deployment: Deployment, producer: AIOKafkaProducer
) -> None:
    marker = await write_marker(
        producer, Topic.FOLD_STATE, 1, deployment.settings, transactional=False
    )
    assert await contents(marker, deployment.settings, 1) == []


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
        marker = await write_marker(producer, Topic.FOLD_STATE, 1, settings, transactional=False)
    assert await contents(marker, settings, 1) == pairs([*small, *large])


def position(where: Any, record: Record) -> Position:
    """The log was read up to this record."""
    checksum = checksum_of(record.value)
    key = (record.key or b"").decode()
    return Position(where.offset + 1, where.offset, key, checksum, where.timestamp)


@pytest.mark.stream
async def test_only_what_came_since_is_read(
    deployment: Deployment, producer: AIOKafkaProducer
) -> None:
    settings = deployment.settings
    records = [state(f"article/{n}", b"%d" % n) for n in range(20)]
    written = await send_all(producer, records, settings)
    marker = await write_marker(producer, Topic.FOLD_STATE, 0, settings, transactional=False)
    since = position(written[11], records[11])
    assert await contents(marker, settings, 0, since) == pairs(records[12:])
    end = position(written[19], records[19])
    assert await contents(marker, settings, 0, end) == []


@pytest.mark.stream
async def test_another_log_is_told_from_the_one_that_was_read(
    deployment: Deployment, producer: AIOKafkaProducer
) -> None:
    settings = deployment.settings
    records = [state(f"article/{n}", b"%d" % n) for n in range(20)]
    written = await send_all(producer, records, settings)
    marker = await write_marker(producer, Topic.FOLD_STATE, 0, settings, transactional=False)
    good = position(written[11], records[11])
    half_a_day = 12 * 3_600_000
    others = {
        "another value": replace(good, checksum=checksum_of(b"other")),
        "another key": replace(good, key="article/x"),
        "longer": replace(good, next_offset=marker.offset + 1),
        "too old": replace(good, timestamp=marker.timestamp - half_a_day - 1),
    }
    for since in others.values():
        with pytest.raises(OtherLog):
            await contents(marker, settings, 0, since)
