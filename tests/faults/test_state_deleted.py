"""A worker's disk is lost."""

from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from tests.brokers.plugin import Broker
from tests.faults.state_deleted import lose_state

pytestmark = pytest.mark.kafka


async def test_stories_are_the_same_without_the_disk(
    apache_kafka: KafkaNode, tmp_path: Path
) -> None:
    result = await lose_state(
        Broker(apache_kafka.bootstrap, transactions=True), tmp_path, times=3, pages=250, rate=25
    )
    assert not result.verdict.broken, result
