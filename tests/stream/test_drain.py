"""SIGTERM: what was begun is finished, and the next worker goes on where this one stopped."""

import signal
from collections import Counter
from pathlib import Path

import pytest

from service.events.topics import Topic
from tests.stream.deployment import Deployment
from tests.stream.feeding import feed, recorded_pages
from tests.stream.running_worker import RunningWorker, running_worker
from tests.stream.topics_reader import OUTCOMES, read_all, read_outcomes

pytestmark = pytest.mark.stream

PAGES = 80


async def test_a_stopped_worker_repeats_nothing(deployment: Deployment, shared_data: Path) -> None:
    pages = recorded_pages(shared_data)[:PAGES]
    await feed(deployment, pages[: PAGES // 2])
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, 1)
        worker.stop()
    # A quick machine may have been through with all of them when it was told to stop.
    await feed(deployment, pages[PAGES // 2 :])
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, PAGES)
        worker.stop()
    seen = await read_all(deployment, (*OUTCOMES, Topic.EXTRACTED))
    outcomes = [record for record in seen if record.topic is not Topic.EXTRACTED]
    assert Counter(record.url for record in outcomes) == {
        page.key.decode(): 1 for page in pages if page.key
    }
    sources = [record.json["source"] for record in seen if record.topic is Topic.EXTRACTED]
    assert len({(each["partition"], each["offset"]) for each in sources}) == len(sources)


async def test_a_worker_that_is_not_ready_yet_stops(deployment: Deployment) -> None:
    with RunningWorker(deployment) as worker:
        worker.launch()
        worker.wait_for_line("Starting...")
        worker.signal(signal.SIGTERM)
        assert worker.wait() == 0
