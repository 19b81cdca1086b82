"""Dead letters go back while workers are killed."""

from pathlib import Path

import pytest

from tests.brokers.plugin import Broker
from tests.faults.letters_back import put_letters_back

pytestmark = pytest.mark.kafka


async def test_letters_put_back_twice_make_nothing_new(broker: Broker, tmp_path: Path) -> None:
    result = await put_letters_back(broker, tmp_path, runs=2, children=3, pages=120, rate=60)
    assert not result.verdict.broken, result
