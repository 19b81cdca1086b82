"""The clock is set while a worker works."""

from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from tests.brokers.plugin import Broker
from tests.faults.clock_jumps import let_clock_jump

pytestmark = pytest.mark.kafka


async def test_the_wall_clock_decides_nothing(apache_kafka: KafkaNode, tmp_path: Path) -> None:
    result = await let_clock_jump(
        Broker(apache_kafka.bootstrap, transactions=True), tmp_path, times=5, pages=200, rate=25
    )
    assert not result.verdict.broken, result
