"""A group that is never at rest."""

from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from tests.brokers.plugin import Broker
from tests.faults.join_and_leave import join_and_leave

pytestmark = pytest.mark.kafka


async def test_nothing_is_lost_while_workers_come_and_go(
    apache_kafka: KafkaNode, tmp_path: Path
) -> None:
    result = await join_and_leave(
        Broker(apache_kafka.bootstrap, transactions=True), tmp_path, seconds=10, rate=15
    )
    assert not result.verdict.broken, result
