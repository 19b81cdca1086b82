"""Reading topics once, to where they end now."""

import uuid

import pytest
from aiokafka import AIOKafkaProducer

from service.contract.record import Topic
from service.settings import Settings
from service.worker.kafka.output_topics import read_topics
from service.worker.kafka.topics import create_topics, topic_name
from tests.brokers.plugin import Broker

pytestmark = pytest.mark.stream


@pytest.fixture
def settings(broker: Broker) -> Settings:
    return Settings(brokers=broker.bootstrap, topic_prefix=f"read-{uuid.uuid4().hex}.")


async def test_all_that_is_there_is_read_once(settings: Settings) -> None:
    await create_topics(settings)
    written = {f"{number}".encode() for number in range(500)}
    producer = AIOKafkaProducer(bootstrap_servers=settings.brokers, linger_ms=20)
    await producer.start()
    for value in written:
        # Many in a batch: some brokers then name an end that is too small.
        await producer.send(topic_name(Topic.ARTICLES, settings), value, key=value)
    await producer.stop()
    found = [record async for record in read_topics([Topic.ARTICLES, Topic.STORIES], settings)]
    assert sorted(record.value or b"" for record in found) == sorted(written)
    assert {record.topic for record in found} == {Topic.ARTICLES}
    assert len({record.partition for record in found}) > 1


async def test_topics_that_are_empty_or_missing_hold_nothing(settings: Settings) -> None:
    assert [record async for record in read_topics([Topic.ARTICLES], settings)] == []
    await create_topics(settings)
    assert [record async for record in read_topics([Topic.ARTICLES], settings)] == []
