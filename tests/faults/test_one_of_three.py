"""Three brokers, of which one is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka.cluster import KafkaCluster
from service.worker.kafka.topics import create_topics
from tests.brokers.plugin import Broker
from tests.faults.one_of_three import REPLICAS, kill_one_of_three, read_durability
from tests.worker.deployment import Deployment

pytestmark = pytest.mark.kafka


@pytest.fixture(scope="module")
def cluster(kafka_jars: None) -> Iterator[KafkaCluster]:
    with KafkaCluster() as running:
        yield running


async def test_topics_are_made_to_survive_the_loss_of_a_broker(
    cluster: KafkaCluster, tmp_path: Path
) -> None:
    broker = Broker(cluster.bootstrap, transactions=True)
    deployment = Deployment(broker, tmp_path, {"replication": str(REPLICAS)})
    await create_topics(deployment.settings)
    made = await read_durability(deployment.settings)
    assert set(made.values()) == {(REPLICAS, "2")}


async def test_nothing_is_lost_with_a_broker(cluster: KafkaCluster, tmp_path: Path) -> None:
    result = await kill_one_of_three(cluster, tmp_path, times=1, pages=150, rate=25)
    assert not result.verdict.broken, result
