"""The `broker` fixture: whichever broker was chosen, a test uses it in the same way."""

import pytest

from tests.brokers.plugin import Broker
from tests.brokers.records import consume, create_topic, produce


async def test_the_chosen_broker_serves_records(
    broker: Broker, request: pytest.FixtureRequest
) -> None:
    topic = await create_topic(broker.bootstrap)
    await produce(broker.bootstrap, topic, b"value")
    assert await consume(broker.bootstrap, topic, until=b"value") == [b"value"]
    assert broker.transactions == (request.config.getoption("--broker") == "apache")
