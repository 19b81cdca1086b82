"""`pages.raw` is deleted and created again while FOLD's state stays: offsets begin anew, and every
page of the new topic has its outcome all the same."""

import asyncio
from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from service.contract.record import Topic
from service.settings import Settings
from service.worker.kafka.topics import create_topics
from tests.brokers.plugin import Broker
from tests.faults.topic_config import delete_topic
from tests.worker.deployment import Deployment
from tests.worker.feeding import CRAWLED_AT, Fed, feed, json_page
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import read_all, read_until

pytestmark = pytest.mark.kafka

ADDRESSES = 40
ROUNDS = 3


def page(address: int, version: int) -> Fed:
    """A version of an article, with sentences of its own."""
    words = " ".join(
        f"In chapter {address}, line {line} of edition {version}, harbour {address * 97 + line}"
        f" counted {line * 31 + address} ships and {version * 13 + line} boats before noon."
        for line in range(12)
    )
    minute = f"{version:02}:{address:02}"
    made = json_page(
        f"https://a.example/{address}",
        fetched_at=f"2026-03-10T{minute}:00Z",
        article={"title": f"Harbour {address} counts its ships", "text": words},
    )
    return Fed(made.key, made.value, timestamp=CRAWLED_AT + 1000 * version + address)


async def recreate(settings: Settings, topic: Topic) -> None:
    """Delete a topic, and create it again once it is gone."""
    await delete_topic(settings, topic)
    async with asyncio.timeout(60):
        while not await create_topics(settings):
            pass


@pytest.fixture
async def deployment(apache_kafka: KafkaNode, tmp_path: Path) -> Deployment:
    broker = Broker(apache_kafka.bootstrap, transactions=True)
    made = Deployment(broker, tmp_path, {"raw_partitions": "1"})
    await create_topics(made.settings)
    return made


async def test_every_page_of_the_new_topic_has_an_outcome(deployment: Deployment) -> None:
    before = [page(each, version) for version in range(ROUNDS) for each in range(ADDRESSES)]
    await feed(deployment, before)
    with running_worker(deployment) as worker:
        await read_until(deployment, lambda seen: len(seen) >= len(before))
        worker.stop()
    await recreate(deployment.settings, Topic.RAW)
    after = [page(each, version) for version in (ROUNDS, ROUNDS + 1) for each in range(ADDRESSES)]
    await feed(deployment, after)
    with running_worker(deployment) as worker:
        await read_until(deployment, lambda seen: len(seen) >= len(before) + len(after))
        worker.stop()
    events = await read_all(deployment, (Topic.ARTICLES,))
    versions = {(each.url, each.json["version"]) for each in events}
    assert len(versions) == len(before) + len(after)
    assert not await read_all(deployment, (Topic.FAILED,))
