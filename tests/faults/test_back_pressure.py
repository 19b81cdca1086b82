"""More comes than can be done: what is in flight is bounded, and the group does not notice."""

from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from tests.brokers.plugin import Broker
from tests.faults.burst import burst
from tests.faults.slow_broker import slow_broker
from tests.faults.slow_extractor import slow_extractor

pytestmark = pytest.mark.kafka


@pytest.fixture
def shared(apache_kafka: KafkaNode) -> Broker:
    return Broker(apache_kafka.bootstrap, transactions=True)


async def test_a_burst(shared: Broker, tmp_path: Path) -> None:
    result = await burst(shared, tmp_path, pages=800)
    assert not result.verdict.broken, result


async def test_a_slow_extractor(shared: Broker, tmp_path: Path) -> None:
    result = await slow_extractor(shared, tmp_path, pages=150)
    assert not result.verdict.broken, result


async def test_a_slow_broker(apache_kafka: KafkaNode, tmp_path: Path) -> None:
    result = await slow_broker(apache_kafka, tmp_path, seconds=7.0, pages=150)
    assert not result.verdict.broken, result
