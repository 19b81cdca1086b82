"""Topics that cannot be written to as they should."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from service.contract.record import Topic
from service.worker.kafka.topics import create_topics, topic_name
from tests.brokers.plugin import Broker
from tests.faults.ledger import ONLY_POISON
from tests.faults.stage import Stage
from tests.faults.topic_config import delete_topic
from tests.faults.topic_refuses import Refusal, refuse, too_small
from tests.worker.guarded import PASSWORD, USER, GuardedKafka, guarded_kafka, rights_of

pytestmark = pytest.mark.kafka


@pytest.fixture(scope="module")
def guarded(kafka_jars: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedKafka]:
    yield from guarded_kafka(tmp_path_factory.mktemp("guard"))


async def test_a_record_that_the_broker_finds_too_large(
    apache_kafka: KafkaNode, tmp_path: Path
) -> None:
    async with Stage(Broker(apache_kafka.bootstrap, transactions=True), tmp_path) as stage:
        result = await refuse(stage, too_small(Topic.ARTICLES), pages=25)
    assert not result.verdict.broken, result


@pytest.mark.parametrize("topic", [Topic.ARTICLES, Topic.FAILED])
async def test_a_topic_that_may_not_be_written(
    guarded: GuardedKafka, tmp_path: Path, topic: Topic
) -> None:
    login = {
        "COPYDESK_BROKERS": guarded.guard.bootstrap("SASL_PLAINTEXT"),
        "COPYDESK_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
        "COPYDESK_SASL_USERNAME": USER,
        "COPYDESK_SASL_PASSWORD": PASSWORD,
    }
    broker = Broker(guarded.node.bootstrap, transactions=True)
    mix = ONLY_POISON if topic is Topic.FAILED else None
    async with Stage(broker, tmp_path, variables=login, mix=mix) as stage:
        settings = stage.deployment.settings
        rights = rights_of("worker", stage.deployment)
        lost = [("Topic", topic_name(topic, settings), "Write")]
        await guarded.allow(USER, rights)
        refusal = Refusal(
            topic,
            begin=lambda _: guarded.withdraw(USER, lost),
            mend=lambda _: guarded.allow(USER, lost),
        )
        result = await refuse(stage, refusal, pages=25)
    assert not result.verdict.broken, result


async def test_a_topic_that_is_deleted(apache_kafka: KafkaNode, tmp_path: Path) -> None:
    """What was in it is gone, so only what follows counts. A producer waits for a topic for ever:
    it is the worker's own watch over its progress that ends it."""

    async def begin(stage: Stage) -> None:
        await delete_topic(stage.deployment.settings, Topic.FAILED)
        stage.forget()

    async def mend(stage: Stage) -> None:
        await create_topics(stage.deployment.settings)
        await stage.watch_anew()

    broker = Broker(apache_kafka.bootstrap, transactions=True)
    async with Stage(broker, tmp_path, mix=ONLY_POISON, stuck_seconds=8, page_seconds=3) as stage:
        result = await refuse(stage, Refusal(Topic.FAILED, begin, mend), pages=30)
    assert not result.verdict.broken, result
