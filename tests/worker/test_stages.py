"""A reader and a folder apart: workers of one stage each, in groups of their own."""

from dataclasses import replace
from typing import Any

import pytest

from service.contract.record import Topic
from service.local.sample import sample_crawl
from service.worker.kafka.topics import create_topics
from tests.worker.conftest import Deploy
from tests.worker.deployment import Deployment
from tests.worker.feeding import feed, sample_page
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import read_all, read_outcomes

pytestmark = pytest.mark.stream

PAGES = 30


async def test_a_reader_and_a_folder_do_together_what_one_worker_does(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1)
    await create_topics(deployment.settings)
    pages = list(sample_crawl())[:PAGES]
    await feed(deployment, map(sample_page, pages))
    reader = part_of(deployment, stages="read", group=f"{deployment.name}-read")
    folder = part_of(deployment, stages="fold", group=f"{deployment.name}-fold")
    with running_worker(reader) as reading, running_worker(folder) as folding:
        outcomes = await read_outcomes(deployment, PAGES)
        reading.stop()
        folding.stop()
    assert len(outcomes) == PAGES
    extracted = await read_all(deployment, (Topic.EXTRACTED,))
    assert len(extracted) >= sum(record.topic is Topic.ARTICLES for record in outcomes) > 0


async def test_a_reader_alone_folds_nothing(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1, stages="read")
    await create_topics(deployment.settings)
    pages = list(sample_crawl())[:5]
    await feed(deployment, map(sample_page, pages))
    with running_worker(deployment) as worker:
        worker.stop()
    assert await read_all(deployment, (Topic.ARTICLES, Topic.STORIES)) == []


def part_of(deployment: Deployment, **more: Any) -> Deployment:
    """The same topics, with settings of its own."""
    return replace(deployment, more={**deployment.more, **more})
