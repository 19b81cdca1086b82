"""The broker goes away under load and comes back with its data."""

from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from tests.faults.broker_away import take_broker_away

pytestmark = pytest.mark.kafka


@pytest.mark.parametrize("crash", [True, False], ids=["killed", "stopped in order"])
async def test_nothing_is_lost_when_the_broker_goes_away(
    own_kafka: KafkaNode, tmp_path: Path, crash: bool
) -> None:
    result = await take_broker_away(own_kafka, tmp_path, crash=crash, times=1, pages=200, rate=30)
    assert not result.verdict.broken, result
