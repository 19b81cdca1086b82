"""A worker killed at any moment loses nothing, and what it repeats is the same."""

from collections import Counter
from pathlib import Path

import pytest

from service.contract.record import Topic
from tests.worker.deployment import Deployment
from tests.worker.feeding import Fed, feed, recorded_pages
from tests.worker.processes import ended
from tests.worker.repeats import repeats_of
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import read_all, read_outcomes, read_until

pytestmark = pytest.mark.kafka

PAGES = 80


@pytest.fixture
def pages(shared_data: Path) -> list[Fed]:
    return recorded_pages(shared_data)[:PAGES]


async def check_outcomes(deployment: Deployment, pages: list[Fed]) -> None:
    """Nothing is missing; repeats are the same, and there are none where writes are atomic."""
    seen = await read_all(deployment, (Topic.ARTICLES, Topic.STORIES, Topic.REJECTED, Topic.FAILED))
    urls = {page.key.decode() for page in pages if page.key}
    outcomes = [record for record in seen if record.topic is not Topic.STORIES]
    assert {record.url for record in outcomes} == urls
    assert len({(record.url, record.topic) for record in outcomes}) == len(urls)
    repeated = Counter(same[0].topic for same in repeats_of(seen).values())
    if deployment.broker.transactions:
        assert repeated[Topic.ARTICLES] == 0
        assert repeated[Topic.STORIES] == 0


async def test_killed_and_started_again(deployment: Deployment, pages: list[Fed]) -> None:
    await feed(deployment, pages)
    with running_worker(deployment) as worker:
        family = worker.family()
        await read_outcomes(deployment, PAGES // 3)
        worker.kill()
        assert ended(family)
    with running_worker(deployment) as worker:
        await read_until(deployment, lambda seen: len({each.url for each in seen}) == PAGES)
        worker.stop()
    await check_outcomes(deployment, pages)


async def test_one_of_two_is_killed(deployment: Deployment, pages: list[Fed]) -> None:
    with running_worker(deployment) as survivor, running_worker(deployment) as victim:
        await feed(deployment, pages)
        await read_outcomes(deployment, PAGES // 3)
        victim.kill()
        await read_until(deployment, lambda seen: len({each.url for each in seen}) == PAGES)
        survivor.stop()
    await check_outcomes(deployment, pages)
