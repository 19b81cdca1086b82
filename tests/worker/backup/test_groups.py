"""READ and FOLD in groups of their own: each group gets its offsets back."""

from pathlib import Path

import pytest
from aiokafka import TopicPartition

from deploy.kafka.node import KafkaNode
from service.contract.record import Topic
from service.worker.backup.log_reader import log_reader
from service.worker.kafka.topics import create_topics, topic_name
from tests.brokers.plugin import Broker
from tests.cli.running import copydesk
from tests.worker.deployment import Deployment
from tests.worker.feeding import feed, json_page

pytestmark = pytest.mark.kafka


async def test_offsets_of_both_groups_are_saved_and_set(
    apache_kafka: KafkaNode, tmp_path: Path
) -> None:
    broker = Broker(apache_kafka.bootstrap, transactions=True)
    deployment = Deployment(broker, tmp_path, {"raw_partitions": "1", "output_partitions": "1"})
    settings, read_group = deployment.settings, f"{deployment.name}-read"
    await create_topics(settings)
    await feed(deployment, [json_page(f"https://a.example/{each}") for each in range(3)])
    place = TopicPartition(topic_name(Topic.RAW, settings), 0)
    async with log_reader(settings, read_group) as reader:
        await reader.commit({place: 2})
    words = (str(tmp_path / "state.backup"), "--read-group", read_group)
    saved = copydesk("backup", *words, settings=deployment.environment())
    assert saved.returncode == 0, saved.stderr
    async with log_reader(settings, read_group) as reader:
        await reader.commit({place: 0})
    restored = copydesk("restore", *words, settings=deployment.environment())
    assert restored.returncode == 0, restored.stderr
    async with log_reader(settings, read_group) as reader:
        assert await reader.committed(place) == 2
    async with log_reader(settings) as reader:
        assert await reader.committed(place) is None
