"""A place in a log is found again in a copy of it, at other offsets."""

from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer, TopicPartition

from deploy.kafka.node import KafkaNode
from service.settings import Settings
from service.worker.backup.log_reader import Found, Landmark, LogReader, OtherLog, log_reader
from tests.brokers.plugin import Broker
from tests.brokers.records import create_topic
from tests.worker.deployment import Deployment

pytestmark = pytest.mark.kafka

MINUTE = 60_000
NOW = 1_780_000_000_000
RECORDS = [(b"a", NOW), (b"b", NOW + MINUTE), (b"c", NOW + MINUTE), (b"d", NOW + 2 * MINUTE)]


@pytest.fixture
def settings(apache_kafka: KafkaNode, tmp_path: Path) -> Settings:
    return Deployment(Broker(apache_kafka.bootstrap, transactions=True), tmp_path).settings


async def log_of(settings: Settings, *records: tuple[bytes, int]) -> TopicPartition:
    """A topic with records of these values and times, a transaction each."""
    name = await create_topic(settings.brokers)
    producer = AIOKafkaProducer(bootstrap_servers=settings.brokers, transactional_id=name)
    await producer.start()
    try:
        for value, time in records:
            async with producer.transaction():
                await producer.send_and_wait(name, value, partition=0, timestamp_ms=time)
    finally:
        await producer.stop()
    return TopicPartition(name, 0)


async def mark_at_end(reader: LogReader, place: TopicPartition) -> Landmark:
    _, end = await reader.bounds(place)
    mark = await reader.mark_before(place, end)
    assert mark is not None
    return mark


async def test_a_place_is_found_again(settings: Settings) -> None:
    log = await log_of(settings, *RECORDS[:3])
    copy = await log_of(settings, *RECORDS[1:])
    async with log_reader(settings) as reader:
        assert [each.value async for each in reader.read(log, 2, 5)] == [b"b", b"c"]
        mark = await mark_at_end(reader, log)
        assert await reader.find(copy, mark) == Found(3), "after c; a marker follows each record"


async def test_a_copy_that_ends_or_begins_elsewhere(settings: Settings) -> None:
    log = await log_of(settings, *RECORDS[:2])
    empty = await log_of(settings)
    earlier = await log_of(settings, RECORDS[0])
    later = await log_of(settings, *RECORDS[2:])
    other = await log_of(settings, RECORDS[0], RECORDS[2])
    async with log_reader(settings) as reader:
        assert await reader.mark_before(empty, 0) is None
        mark = await mark_at_end(reader, log)
        assert await reader.find(empty, mark) == Found(0, behind=True)
        assert await reader.find(earlier, mark) == Found(2, behind=True)
        assert await reader.find(later, mark) == Found(0, gone=True)
        with pytest.raises(OtherLog):
            await reader.find(other, mark)
