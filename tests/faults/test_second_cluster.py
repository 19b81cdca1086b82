"""A cluster is lost, or left, and another one with copies of its topics goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from tests.brokers.plugin import Broker
from tests.faults.second_cluster import leave_cluster, lose_cluster

pytestmark = pytest.mark.kafka


@pytest.fixture(scope="module")
def second(kafka_jars: None) -> Iterator[Broker]:
    with KafkaNode(heap_mib=384) as node:
        yield Broker(node.bootstrap, transactions=True)


@pytest.fixture
def first(apache_kafka: KafkaNode) -> Broker:
    return Broker(apache_kafka.bootstrap, transactions=True)


async def test_nothing_is_lost_with_a_cluster(
    first: Broker, second: Broker, tmp_path: Path
) -> None:
    result = await lose_cluster(first, second, tmp_path, pages=180, rate=25)
    assert not result.verdict.broken, result


async def test_a_planned_move_repeats_nothing(
    first: Broker, second: Broker, tmp_path: Path
) -> None:
    result = await leave_cluster(first, second, tmp_path, pages=120, rate=25)
    assert not result.verdict.broken, result
