"""The sample crawl through a broker: the outcomes of its labels, and the same bytes every time."""

from collections import Counter

import pytest

from service.contract.outcome import ERROR_PREFIX
from service.contract.record import Topic
from service.local.sample import SamplePage, sample_crawl
from service.worker.kafka.topics import create_topics
from tests.worker.conftest import Deploy
from tests.worker.deployment import Deployment
from tests.worker.feeding import feed, sample_page
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import OUTCOMES, Seen, read_all, read_outcomes

pytestmark = pytest.mark.stream

KINDS = {Topic.ARTICLES: "event", Topic.REJECTED: "rejected", Topic.FAILED: "failed"}


async def test_outcomes_are_as_labelled_and_the_same_in_another_deployment(deploy: Deploy) -> None:
    pages = list(sample_crawl())
    first, second = [
        await run(deploy(raw_partitions=1, rights="noarchive=reject"), pages) for _ in range(2)
    ]
    assert outcomes(first) == Counter(
        (page.url, page.expect.outcome, page.expect.reason) for page in pages
    )
    for topic in (Topic.ARTICLES, Topic.STORIES):
        assert written(first, topic) == written(second, topic)
    # Both stages reject, so the order among rejections is not fixed; what they are is.
    for topic in (Topic.REJECTED, Topic.FAILED):
        assert Counter(written(first, topic)) == Counter(written(second, topic))


async def run(deployment: Deployment, pages: list[SamplePage]) -> list[Seen]:
    """All that a new worker makes of the pages."""
    await create_topics(deployment.settings)
    await feed(deployment, map(sample_page, pages))
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, len(pages))
        worker.stop()
    return await read_all(deployment, (*OUTCOMES, Topic.STORIES))


def outcomes(seen: list[Seen]) -> Counter[tuple[str | None, str, str | None]]:
    """What became of each page, by its address."""
    return Counter(
        (record.url, KINDS[record.topic], record.reason if record.topic is Topic.REJECTED else None)
        for record in seen
        if record.is_outcome
    )


def written(seen: list[Seen], topic: Topic) -> list[object]:
    """What stands in a topic, partition by partition, but for the names of the input topics."""
    return [
        (record.key, record.value, headers_of(record)) for record in seen if record.topic is topic
    ]


def headers_of(record: Seen) -> tuple[tuple[str, bytes], ...]:
    return tuple(each for each in record.headers if each[0] != ERROR_PREFIX + "topic")
