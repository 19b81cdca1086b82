"""Brokers for tests: the embedded one, Apache Kafka, or the one the command line asks for."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from deploy.kafka.jars import ToolMissing, find_java, resolve_jars
from deploy.kafka.node import KafkaNode
from service.local.broker import EmbeddedBroker

KINDS = ("embedded", "apache")


@dataclass(frozen=True)
class Broker:
    """Where a test finds its broker, and whether that one has transactions."""

    bootstrap: str
    transactions: bool


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds --broker; COPYDESK_TEST_BROKER is its default."""
    parser.addoption(
        "--broker",
        choices=KINDS,
        default=os.environ.get("COPYDESK_TEST_BROKER", "embedded"),
        help="broker of the tests that run on any: embedded (default) or apache",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuses an unknown COPYDESK_TEST_BROKER, which pytest does not check as it does options."""
    if config.getoption("--broker") not in KINDS:
        raise pytest.UsageError(f"COPYDESK_TEST_BROKER must be one of {', '.join(KINDS)}")


@pytest.fixture
def embedded_broker() -> Iterator[EmbeddedBroker]:
    """An embedded broker of the test's own: it starts in some 10 ms and is empty."""
    with EmbeddedBroker() as broker:
        yield broker


@pytest.fixture(scope="session")
def kafka_jars() -> None:
    """Makes sure that Apache Kafka can run here.

    Where Java or Maven is missing the test is skipped, and fails where CI=true.
    """
    try:
        find_java()
        resolve_jars()
    except ToolMissing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def apache_kafka(kafka_jars: None) -> Iterator[KafkaNode]:
    """The Apache Kafka node that all tests of a run share: use topics and groups of your own."""
    with KafkaNode() as node:
        yield node


@pytest.fixture
def own_kafka(kafka_jars: None) -> Iterator[KafkaNode]:
    """An Apache Kafka node of the test's own, running: to be stopped, killed and started again."""
    with KafkaNode() as node:
        yield node


@pytest.fixture
def broker(request: pytest.FixtureRequest) -> Broker:
    """The broker chosen by --broker: a fresh embedded one, or the run's Apache Kafka."""
    if request.config.getoption("--broker") == "apache":
        node: KafkaNode = request.getfixturevalue("apache_kafka")
        return Broker(node.bootstrap, transactions=True)
    embedded: EmbeddedBroker = request.getfixturevalue("embedded_broker")
    return Broker(embedded.bootstrap, transactions=embedded.transactions)
