"""Each topic's batches have the topic's codec, also where one transaction writes several topics."""

import gzip
import random
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.consumer import fetcher
from aiokafka.record.memory_records import MemoryRecords

from service.contract.record import Record, Topic
from service.settings import FixedSettings, Settings
from service.worker.kafka.producers import OUTPUT_TOPICS, make_producer, send_all, send_together
from service.worker.kafka.topic_codecs import GZIP_LEVEL
from service.worker.kafka.topics import create_topics, topic_name
from tests.worker.conftest import Deploy

NUMBERS = {"none": 0, "gzip": 1, "snappy": 2, "lz4": 3, "zstd": 4}
"""Codecs as Kafka numbers them in the attributes of a batch."""

_BATCH_HEADER = 61
"""Bytes of a batch before its records, which alone are compressed."""

VALUE = b'{"text":"The council voted for the bridge."}' * 40


class Read:
    """The codecs of the batches that consumers of this process fetched, in order."""

    def __init__(self) -> None:
        self.codecs: list[int] = []

    def reader(self, data: bytes) -> Any:
        records = MemoryRecords(data)
        peek = MemoryRecords(data)
        while peek.has_next():
            batch = peek.next_batch()
            if not batch.is_control_batch:
                self.codecs.append(batch.compression_type)
        return records


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> Read:
    read = Read()
    monkeypatch.setattr(fetcher, "MemoryRecords", read.reader)
    return read


async def codec_of(topic: Topic, settings: Settings, fetched: Read) -> int:
    """The codec of the one batch in partition 0 of a topic, which has one record."""
    place = TopicPartition(topic_name(topic, settings), 0)
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.brokers,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
    )
    await consumer.start()
    try:
        consumer.assign([place])
        fetched.codecs.clear()
        got = await consumer.getone()
    finally:
        await consumer.stop()
    assert got.value == VALUE
    return fetched.codecs[0]


@pytest.mark.stream
@pytest.mark.parametrize("codec", ["none", "gzip", "snappy"])
async def test_every_topic_has_its_codec(codec: str, deploy: Deploy, fetched: Read) -> None:
    deployment = deploy(compression=codec, link="on")
    settings = deployment.settings
    await create_topics(settings)
    transactional = f"{deployment.name}-w" if deployment.broker.transactions else None
    producer = make_producer(settings, transactional_id=transactional)
    await producer.start()
    records = [Record(topic, b"key", VALUE, partition=0) for topic in Topic]
    try:
        if transactional:
            async with producer.transaction():
                await send_all(producer, records, settings)
        else:
            await send_all(producer, records, settings)
    finally:
        await producer.stop()
    found = {topic: await codec_of(topic, settings, fetched) for topic in Topic}
    assert found == {
        topic: NUMBERS[codec] if topic in OUTPUT_TOPICS else NUMBERS["zstd"] for topic in Topic
    }


@pytest.mark.stream
async def test_state_that_is_sent_together_keeps_its_codec(deploy: Deploy, fetched: Read) -> None:
    settings = deploy().settings
    await create_topics(settings)
    producer = make_producer(settings)
    await producer.start()
    try:
        await send_together(
            producer, [Record(Topic.FOLD_STATE, b"key", VALUE, partition=0)], settings
        )
    finally:
        await producer.stop()
    assert await codec_of(Topic.FOLD_STATE, settings, fetched) == NUMBERS["zstd"]


def test_gzip_is_the_default() -> None:
    assert FixedSettings().compression == "gzip"


async def test_gzip_has_a_level_that_no_page_makes_slow() -> None:
    """Level 9, which aiokafka takes by itself, compresses half a megabyte a second of these bytes:
    a worker would not come back to its event loop in time."""
    settings = FixedSettings()
    value = bytes(random.Random(1).choices(b"ab", k=100_000))
    producer = make_producer(settings)
    accumulator: Any = producer._message_accumulator
    place = TopicPartition(topic_name(Topic.FAILED, settings), 0)
    await accumulator.add_message(place, b"key", value, 1.0)
    (batch,) = accumulator._batches.pop(place)
    payload = bytes(batch.get_data_buffer())[_BATCH_HEADER:]
    assert payload == gzip.compress(gzip.decompress(payload), GZIP_LEVEL, mtime=0)
    assert payload != gzip.compress(gzip.decompress(payload), 9, mtime=0)
    batch.failure(RuntimeError("not sent"))
    await producer.stop()
