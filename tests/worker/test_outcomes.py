"""Every page that is fed has exactly one outcome, and none but `unchanged` when it comes again."""

from collections import Counter
from pathlib import Path

import pytest

from service.contract.record import Topic
from tests.worker.deployment import Deployment
from tests.worker.feeding import feed, recorded_pages
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import OUTCOMES, read_all, read_outcomes

pytestmark = pytest.mark.stream


async def test_every_recorded_page_has_one_outcome(
    deployment: Deployment, shared_data: Path
) -> None:
    pages = recorded_pages(shared_data)
    await feed(deployment, pages)
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, len(pages))
        worker.stop()
    urls = Counter(record.url for record in await read_all(deployment))
    assert urls == Counter(page.key.decode() for page in pages if page.key)


async def test_pages_fed_again_are_unchanged(deployment: Deployment, shared_data: Path) -> None:
    pages = recorded_pages(shared_data)[:40]
    with running_worker(deployment) as worker:
        await feed(deployment, pages)
        first = await read_outcomes(deployment, len(pages))
        await feed(deployment, pages)
        await read_outcomes(deployment, 2 * len(pages))
        worker.stop()
    both = await read_all(deployment, (*OUTCOMES, Topic.STORIES))
    again = [record for record in both if record.is_outcome and record not in first]
    assert Counter((record.url, record.reason) for record in again) == Counter(
        (record.url, "unchanged" if record.topic is Topic.ARTICLES else record.reason)
        for record in first
    )
    told = [record for record in both if record.topic in (Topic.ARTICLES, Topic.STORIES)]
    assert len(told) == 2 * sum(record.topic is Topic.ARTICLES for record in first)
