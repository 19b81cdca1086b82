"""The sample crawl through a broker: each page gets the outcome that its label says."""

from collections import Counter
from dataclasses import replace

import pytest

from service.events.topics import Topic
from service.local.sample import sample_crawl
from tests.stream.deployment import Deployment
from tests.stream.feeding import feed, sample_page
from tests.stream.running_worker import running_worker
from tests.stream.topics_reader import read_all, read_outcomes

pytestmark = pytest.mark.stream

KINDS = {Topic.ARTICLES: "event", Topic.REJECTED: "rejected", Topic.FAILED: "failed"}


async def test_each_page_has_the_outcome_of_its_label(deployment: Deployment) -> None:
    deployment = replace(deployment, more={**deployment.more, "honour_noarchive": "true"})
    pages = list(sample_crawl())
    await feed(deployment, map(sample_page, pages))
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, len(pages))
        worker.stop()
    seen = await read_all(deployment)
    labelled = Counter((page.url, page.expect.outcome, page.expect.reason) for page in pages)
    found = Counter(
        (record.url, KINDS[record.topic], record.reason if record.topic is Topic.REJECTED else None)
        for record in seen
    )
    assert found == labelled
