"""Workers killed outright under load."""

from pathlib import Path

import pytest

from tests.brokers.plugin import Broker
from tests.faults.worker_killed import kill_workers

pytestmark = pytest.mark.kafka


async def test_nothing_is_lost_when_workers_are_killed(broker: Broker, tmp_path: Path) -> None:
    result = await kill_workers(broker, tmp_path, times=2, pages=200, rate=25, every=(2.0, 4.0))
    assert not result.verdict.broken, result
