"""The processes that read pages hang or die."""

from pathlib import Path

import pytest

from tests.brokers.plugin import Broker
from tests.faults.child_hurt import hurt_children

pytestmark = pytest.mark.stream


async def test_a_broken_child_costs_one_page_at_most(broker: Broker, tmp_path: Path) -> None:
    result = await hurt_children(broker, tmp_path, times=4, pages=200, rate=40)
    assert not result.verdict.broken, result
