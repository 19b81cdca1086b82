"""Positions that are out of range: records were deleted, or topics were created again."""

from pathlib import Path

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.records_to_delete import RecordsToDelete

from deploy.kafka.node import KafkaNode
from service.contract.record import Topic
from service.settings import Settings
from service.worker.kafka.topics import create_topics, topic_name, topic_specs
from tests.brokers.plugin import Broker
from tests.desk.ingest.test_reader import reading, until_articles, url, write
from tests.desk.records import article
from tests.worker.deployment import Deployment

pytestmark = pytest.mark.kafka


@pytest.fixture
async def settings(apache_kafka: KafkaNode, tmp_path: Path) -> Settings:
    """A deployment on Apache Kafka, whose topics exist, with one partition each."""
    broker = Broker(apache_kafka.bootstrap, transactions=True)
    made = Deployment(broker, tmp_path, {"output_partitions": "1"}).settings
    await create_topics(made)
    return made


async def test_records_that_were_deleted_unread_are_skipped_and_counted(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await write(settings, *(article(url(number), f"s{number}") for number in range(3)))
    async with reading(settings, tmp_path) as desk:
        await until_articles(desk, 3)
    await write(settings, *(article(url(number), f"s{number}") for number in range(3, 6)))
    await delete_before(settings, 5)
    async with reading(settings, tmp_path) as desk:
        await until_articles(desk, 4)
        assert (await desk.desk.facets.counts()).articles == 4
        assert desk.desk.reading.skipped == {"articles": 2}
    assert "partition 0: 2 records were deleted before the desk read them" in caplog.text
    await delete_before(settings, 6)
    await write(settings, article(url(7), "s7"))
    async with reading(settings, tmp_path) as desk:
        await until_articles(desk, 5)
        assert desk.desk.reading.skipped == {"articles": 2}, "they are counted once, and kept"


async def test_topics_that_were_created_again_are_read_again(
    settings: Settings, tmp_path: Path
) -> None:
    await write(settings, *(article(url(number), f"s{number}") for number in range(5)))
    async with reading(settings, tmp_path) as desk:
        await until_articles(desk, 5)
    await delete_topics(settings)
    await create_topics(settings)
    await write(settings, article(url(77)))
    async with reading(settings, tmp_path) as desk:
        await until_articles(desk, 1, of=url(77))


async def delete_before(settings: Settings, offset: int) -> None:
    """Delete the articles before an offset."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.brokers)
    await admin.start()
    try:
        articles = TopicPartition(topic_name(Topic.ARTICLES, settings), 0)
        await admin.delete_records({articles: RecordsToDelete(before_offset=offset)})
    finally:
        await admin.close()


async def delete_topics(settings: Settings) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.brokers)
    await admin.start()
    try:
        await admin.delete_topics([spec.name for spec in topic_specs(settings)])
    finally:
        await admin.close()
