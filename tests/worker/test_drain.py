"""SIGTERM: what was begun is finished, and the next worker goes on where this one stopped."""

import asyncio
import signal
from collections import Counter
from pathlib import Path

import pytest

from service.contract.record import Topic
from service.local.broker import EmbeddedBroker
from service.worker.health import exit
from service.worker.kafka.topics import create_topics
from tests.brokers.plugin import Broker
from tests.worker.conftest import Deploy
from tests.worker.deployment import Deployment
from tests.worker.feeding import feed, html_page, recorded_pages
from tests.worker.heavy_pages import good_page, slow_page
from tests.worker.processes import busiest_child, ended, thread_count
from tests.worker.running_worker import RunningWorker, running_worker
from tests.worker.topics_reader import OUTCOMES, read_all, read_outcomes, read_until

PAGES = 80
GIVEN_UP = "not through within COPYDESK_DRAIN_SECONDS"


@pytest.mark.stream
async def test_a_stopped_worker_repeats_nothing(deployment: Deployment, shared_data: Path) -> None:
    pages = recorded_pages(shared_data)[:PAGES]
    await feed(deployment, pages[: PAGES // 2])
    with running_worker(deployment) as worker:
        family = [each for each in worker.family() if thread_count(each) > 1]
        assert len(family) == 1 + deployment.settings.extractors, "it was ready before its children"
        await read_outcomes(deployment, 1)
        worker.stop()
        assert "traceback" not in worker.log.read_text().lower()
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


@pytest.mark.stream
async def test_a_worker_that_is_not_ready_yet_stops(deployment: Deployment) -> None:
    with RunningWorker(deployment) as worker:
        worker.launch()
        worker.wait_for_line("Starting...")
        worker.signal(signal.SIGTERM)
        assert worker.wait() == 0


@pytest.mark.stream
async def test_what_takes_longer_than_the_drain_is_left_to_the_next_worker(deploy: Deploy) -> None:
    slow = html_page("https://slow.example/a", slow_page())
    deployment = deploy(drain_seconds=0.5, page_seconds=100)
    await create_topics(deployment.settings)
    with running_worker(deployment) as worker:
        family = worker.family()
        await feed(deployment, [slow])
        await asyncio.to_thread(busiest_child, worker.pid)
        worker.signal(signal.SIGTERM)
        assert worker.wait() == exit.EXIT_CODE
        assert GIVEN_UP in worker.log_tail()
        assert ended(family)
    patient = deploy_like(deployment, drain_seconds="25")
    with running_worker(patient) as worker:
        (outcome,) = await read_outcomes(patient, 1)
        worker.stop()
    assert outcome.url == "https://slow.example/a"


def deploy_like(other: Deployment, **more: str) -> Deployment:
    return Deployment(other.broker, other.folder, {**other.more, **more}, other.name)


@pytest.mark.parametrize("pages", [0, 60])
async def test_a_worker_whose_broker_is_gone_ends_all_the_same(
    embedded_broker: EmbeddedBroker, tmp_path: Path, pages: int
) -> None:
    broker = Broker(embedded_broker.bootstrap, transactions=False)
    deployment = Deployment(broker, tmp_path, {"drain_seconds": "3"})
    await create_topics(deployment.settings)
    await feed(
        deployment, [html_page(f"https://{n}.example/a", good_page(n)) for n in range(pages)]
    )
    with running_worker(deployment) as worker:
        await read_until(deployment, lambda seen: len(seen) >= min(pages, 1))
        family = worker.family()
        embedded_broker.stop()
        worker.signal(signal.SIGTERM)
        assert worker.wait() == exit.EXIT_CODE
        assert GIVEN_UP in worker.log_tail()
        assert ended(family)
