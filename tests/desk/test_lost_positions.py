"""Positions that the log no longer has: a quick retention, or topics made anew."""

from pathlib import Path

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.records_to_delete import RecordsToDelete

from deploy.kafka.node import KafkaNode
from service.events.topics import Topic
from service.settings import Settings
from service.stream.topic_specs import create_topics, topic_name, topic_specs
from tests.brokers.plugin import Broker
from tests.desk.test_reader import reading, until_articles, url, write
from tests.desk.told import article
from tests.stream.deployment import Deployment

pytestmark = pytest.mark.kafka


@pytest.fixture
async def settings(apache_kafka: KafkaNode, tmp_path: Path) -> Settings:
    """A deployment on Apache Kafka, whose topics exist, with one partition each."""
    broker = Broker(apache_kafka.bootstrap, transactions=True)
    made = Deployment(broker, tmp_path, {"output_partitions": "1"}).settings
    await create_topics(made)
    return made


async def test_records_that_were_deleted_unread_are_passed_over(
    settings: Settings, tmp_path: Path
) -> None:
    await write(settings, *(article(url(number), f"s{number}") for number in range(3)))
    async with reading(settings, tmp_path) as desk:
        await until_articles(desk, 3)
    await write(settings, *(article(url(number), f"s{number}") for number in range(3, 6)))
    await delete_before(settings, 5)
    async with reading(settings, tmp_path) as desk:
        await until_articles(desk, 4)
        assert (await desk.desk.facets.counts()).articles == 4


async def test_topics_that_were_made_anew_are_read_anew(settings: Settings, tmp_path: Path) -> None:
    await write(settings, *(article(url(number), f"s{number}") for number in range(5)))
    async with reading(settings, tmp_path) as desk:
        await until_articles(desk, 5)
    await delete_topics(settings)
    await create_topics(settings)
    await write(settings, article(url(77)))
    async with reading(settings, tmp_path) as desk:
        await until_articles(desk, 1, of=url(77))


async def delete_before(settings: Settings, offset: int) -> None:
    """Delete the articles that stand before an offset."""
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
