"""After a restore LINK finds translations among the stories of before."""

from dataclasses import replace
from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from service.contract.record import Topic
from service.local.sample import SamplePage, sample_crawl
from service.worker.backup.restore import restore
from service.worker.backup.save import save
from service.worker.kafka.topics import Admin, topic_name
from tests.brokers.plugin import Broker
from tests.worker.deployment import Deployment
from tests.worker.feeding import feed, sample_page
from tests.worker.running_worker import running_worker
from tests.worker.test_link_pages import languages
from tests.worker.test_link_transactions import create_anew
from tests.worker.topics_reader import read_until

pytestmark = pytest.mark.kafka


def pages(*stories: str) -> list[SamplePage]:
    return [page for page in sample_crawl() if page.expect.story in stories]


async def run(deployment: Deployment, given: list[SamplePage], said: dict[str, set[str]]) -> None:
    """Feed pages to a new worker, until this was said of translations."""
    with running_worker(deployment) as worker:
        await feed(deployment, map(sample_page, given))
        await read_until(deployment, lambda seen: languages(seen) == said, [Topic.STORIES])
        worker.stop()


async def test_stories_of_before_are_linked_with_those_after(
    apache_kafka: KafkaNode, tmp_path: Path
) -> None:
    broker = Broker(apache_kafka.bootstrap, transactions=True)
    first = Deployment(broker, tmp_path, {"raw_partitions": "1", "link": "on"})
    await create_anew(first)
    await run(first, pages("miners", "miners-fr"), {"en": {"fr"}, "fr": {"en"}})
    await save(tmp_path / "state", first.settings)
    lost = [topic_name(topic, first.settings) for topic in (Topic.FOLD_STATE, Topic.LINK_STATE)]
    async with Admin(first.settings) as admin:
        await admin.delete_topics(lost)
    await create_anew(first)

    # As in another cluster, the group has no offsets.
    second = replace(first, more={**first.more, "group": f"{first.name}-second"})
    restored = await restore(tmp_path / "state", second.settings)
    assert not any("link.state" in note for note in restored.notes)
    everything = {"en": {"fr", "de"}, "fr": {"en", "de"}, "de": {"en", "fr"}}
    await run(second, pages("miners-de"), everything)
