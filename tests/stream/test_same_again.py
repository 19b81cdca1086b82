"""The same input makes the same events, and none where it was seen before."""

from collections import Counter
from pathlib import Path

import pytest

from service.events.failure import ERROR_PREFIX
from service.events.topics import Topic
from service.local.sample import sample_crawl
from service.stream.topic_specs import create_topics
from tests.stream.conftest import Deploy
from tests.stream.deployment import Deployment
from tests.stream.feeding import Fed, feed, recorded_pages, sample_page
from tests.stream.running_worker import running_worker
from tests.stream.topics_reader import OUTCOMES, Seen, read_all, read_outcomes

pytestmark = pytest.mark.stream


async def run(deployment: Deployment, pages: list[Fed]) -> list[Seen]:
    """Feed the pages to a new worker; all that it wrote until it had drained."""
    await create_topics(deployment.settings)
    await feed(deployment, pages)
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, len(pages))
        worker.stop()
    return await read_all(deployment, (*OUTCOMES, Topic.STORIES))


async def test_two_deployments_write_the_same_bytes(deploy: Deploy) -> None:
    pages = [sample_page(page) for page in sample_crawl()]
    first, second = [await run(deploy(raw_partitions=1), pages) for _ in range(2)]
    for topic in (Topic.ARTICLES, Topic.STORIES):
        assert written(first, topic) == written(second, topic)
    # Both stages reject, so the order among rejections is not fixed; what they are is.
    for topic in (Topic.REJECTED, Topic.FAILED):
        assert Counter(written(first, topic)) == Counter(written(second, topic))


def written(seen: list[Seen], topic: Topic) -> list[object]:
    """What stands in a topic, partition by partition, but for the names of the input topics."""
    return [
        (record.key, record.value, headers_of(record))
        for record in sorted(seen, key=lambda record: (record.partition, record.offset))
        if record.topic is topic
    ]


def headers_of(record: Seen) -> tuple[tuple[str, bytes], ...]:
    return tuple(each for each in record.headers if each[0] != ERROR_PREFIX + "topic")


async def test_pages_fed_again_are_unchanged(deploy: Deploy, shared_data: Path) -> None:
    deployment = deploy()
    pages = recorded_pages(shared_data)[:40]
    first = await run(deployment, pages)
    await feed(deployment, pages)
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, 2 * len(pages))
        worker.stop()
    both = await read_all(deployment, (*OUTCOMES, Topic.STORIES))
    again = [record for record in both if record not in first]
    assert len(both) == len(first) + len(pages)
    expected = Counter(
        (record.url, "unchanged" if record.topic is Topic.ARTICLES else record.reason)
        for record in first
        if record.topic is not Topic.STORIES
    )
    assert Counter((record.url, record.reason) for record in again) == expected
