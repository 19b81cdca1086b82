"""What Kafka is asked for."""

from pathlib import Path

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.kafka.node import KafkaNode
from service.contract.record import LINKING, Topic
from service.settings import MEBIBYTE, Settings
from service.worker.kafka.topics import (
    TopicSpec,
    TopicsUnavailable,
    WrongShards,
    check_group,
    check_shards,
    create_topics,
    existing_topics,
    topic_name,
    topic_specs,
)
from tests.brokers.plugin import Broker
from tests.worker.conftest import Deploy
from tests.worker.deployment import Deployment


def specs(**more: object) -> dict[Topic, TopicSpec]:
    settings = Settings(_env_file=None, **more)  # type: ignore[arg-type]
    return {spec.topic: spec for spec in topic_specs(settings)}


def test_every_topic_is_there_once_and_has_its_prefix() -> None:
    assert set(specs(link="on")) == set(Topic)
    assert {spec.name for spec in specs(link="on", topic_prefix="a.").values()} == {
        f"a.{topic}" for topic in Topic
    }


def test_topics_of_translations_are_there_only_if_stories_are_linked() -> None:
    assert set(Topic) - set(specs()) == set(LINKING) == set(Topic) - set(specs(stages="read,fold"))
    assert set(specs(stages="link")) == set(Topic)
    assert {specs(link="on", output_partitions=5)[each].partitions for each in LINKING} == {1}


def test_partitions_are_as_set() -> None:
    made = specs(raw_partitions=7, shards=3, output_partitions=5, replication=2)
    partitions = {topic: spec.partitions for topic, spec in made.items()}
    assert partitions.pop(Topic.RAW) == 7
    # A shard's memory lies in the partition of its number.
    assert partitions.pop(Topic.EXTRACTED) == partitions.pop(Topic.FOLD_STATE) == 3
    assert set(partitions.values()) == {5}
    assert {spec.replication for spec in made.values()} == {2}


@pytest.mark.parametrize(("replication", "in_sync"), [(1, None), (2, None), (3, "2"), (5, "2")])
def test_with_three_replicas_two_must_have_a_record(replication: int, in_sync: str | None) -> None:
    for spec in specs(replication=replication).values():
        assert spec.config.get("min.insync.replicas") == in_sync


def test_what_is_compacted_and_what_expires() -> None:
    made = specs(raw_retention_hours=2, output_retention_hours=3, window_hours=1.5, remember_days=2)
    config = {topic: spec.config for topic, spec in made.items()}
    assert config[Topic.RAW]["retention.ms"] == str(2 * 3_600_000)
    assert config[Topic.ARTICLES]["retention.ms"] == str(3 * 3_600_000)
    assert config[Topic.STORIES]["cleanup.policy"] == "compact"
    assert "retention.ms" not in config[Topic.STORIES]
    assert config[Topic.FOLD_STATE]["cleanup.policy"] == "compact,delete"
    # A tombstone that a checkpoint ends with must be found as long as the checkpoint may be used.
    assert config[Topic.FOLD_STATE]["delete.retention.ms"] == str(3 * 3_600_000)
    assert config[Topic.STORIES]["delete.retention.ms"] == str(3 * 3_600_000)
    # FOLD itself forgets what it remembered; the broker may only take what is older.
    assert config[Topic.FOLD_STATE]["retention.ms"] == str((48 + 3) * 3_600_000)


def test_a_dead_letter_has_room_for_its_input_and_the_error() -> None:
    made = specs(largest_message=2 * MEBIBYTE)
    largest = {topic: int(spec.config["max.message.bytes"]) for topic, spec in made.items()}
    assert largest[Topic.RAW] == 2 * MEBIBYTE
    assert largest[Topic.FAILED] > largest[Topic.RAW]


@pytest.mark.stream
async def test_missing_topics_are_created_and_those_there_are_left(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=3)
    settings = deployment.settings
    raw = topic_name(Topic.RAW, settings)
    await create_by_hand(deployment, raw, partitions=2)
    names = {spec.name for spec in topic_specs(settings)}
    assert set(await create_topics(settings)) == names - {raw}
    assert names <= await existing_topics(settings)
    assert await create_topics(settings) == []
    assert await partition_count(deployment, raw) == 2


@pytest.mark.stream
async def test_another_number_of_shards_is_refused_with_what_to_do(deploy: Deploy) -> None:
    deployment = deploy(shards=2)
    await create_topics(deployment.settings)
    await check_shards(deployment.settings)
    other = deployment.settings.model_copy(update={"shards": 3})
    with pytest.raises(WrongShards, match=r"is 3, but .*fold\.state has 2 .*OPERATIONS"):
        await check_shards(other)


@pytest.mark.stream
async def test_a_topic_of_link_with_several_partitions_is_refused(deploy: Deploy) -> None:
    deployment = deploy(link="on")
    settings = deployment.settings
    await create_by_hand(deployment, topic_name(Topic.CONCEPTS, settings), 4)
    await create_topics(settings)
    with pytest.raises(WrongShards, match=r"stories\.concepts has 4 partitions, and must have one"):
        await check_shards(settings)
    await check_shards(settings.model_copy(update={"link": "off"}))


@pytest.mark.kafka
async def test_a_broker_that_never_had_a_group_is_waited_for(
    own_kafka: KafkaNode, tmp_path: Path
) -> None:
    settings = Deployment(Broker(own_kafka.bootstrap, transactions=True), tmp_path).settings
    await create_topics(settings)
    await check_group(settings)


async def test_no_broker_is_said_so() -> None:
    settings = Settings(brokers="127.0.0.1:1")
    with pytest.raises(TopicsUnavailable, match=r"127\.0\.0\.1:1"):
        await create_topics(settings)


async def create_by_hand(deployment: Deployment, name: str, partitions: int) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=deployment.broker.bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, partitions, 1)])
    finally:
        await admin.close()


async def partition_count(deployment: Deployment, name: str) -> int:
    admin = AIOKafkaAdminClient(bootstrap_servers=deployment.broker.bootstrap)
    await admin.start()
    try:
        (topic,) = await admin.describe_topics([name])
        return len(topic["partitions"])
    finally:
        await admin.close()
