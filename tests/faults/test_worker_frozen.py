"""A worker that was believed dead and is not."""

from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from tests.brokers.plugin import Broker
from tests.faults.worker_frozen import freeze_workers

pytestmark = pytest.mark.kafka


async def test_a_zombie_overwrites_nothing(apache_kafka: KafkaNode, tmp_path: Path) -> None:
    result = await freeze_workers(
        Broker(apache_kafka.bootstrap, transactions=True), tmp_path, times=2, pages=300, rate=12
    )
    assert not result.verdict.broken, result
