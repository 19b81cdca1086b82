"""One page stops no other."""

from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from tests.brokers.plugin import Broker
from tests.faults.poison_between import poison_between

pytestmark = pytest.mark.kafka


async def test_good_pages_do_not_notice(apache_kafka: KafkaNode, tmp_path: Path) -> None:
    broker = Broker(apache_kafka.bootstrap, transactions=True)
    result = await poison_between(broker, tmp_path, times=3, good=15)
    assert not result.verdict.broken, result
