"""A worker that is stuck says so and ends, to be started again; an idle one lives."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer

from service.contract.record import Topic
from service.local.broker import EmbeddedBroker
from service.worker.health import exit
from service.worker.kafka.topics import create_topics, topic_name
from tests.brokers.plugin import Broker
from tests.worker.conftest import Deploy
from tests.worker.deployment import Deployment
from tests.worker.feeding import Fed, feed, html_page
from tests.worker.heavy_pages import good_page
from tests.worker.processes import ended
from tests.worker.running_worker import RunningWorker, running_worker
from tests.worker.topics_reader import read_outcomes

BROKEN = Path(__file__).parents[1] / "broken_worker"
ROOT = Path(__file__).parents[3]


def page(number: int) -> Fed:
    return html_page(f"https://{number}.example/a", good_page(number))


def ask(worker: RunningWorker, path: str) -> tuple[int, Any]:
    """Status and JSON of one of the worker's pages."""
    try:
        with urllib.request.urlopen(worker.web + path, timeout=10.0) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.stream
@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("block the loop", "the event loop has been blocked for 5 s"),
        pytest.param(
            "wedge the agent",
            "inputs are in hand, and none was finished for",
            marks=pytest.mark.kafka,
        ),
        pytest.param("stop without a word", "records that nobody reads", marks=pytest.mark.kafka),
    ],
)
async def test_a_worker_that_is_stuck_ends(
    deploy: Deploy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, how: str, said: str
) -> None:
    when = tmp_path / "break"
    monkeypatch.setenv("BREAK_HOW", how)
    monkeypatch.setenv("BREAK_WHEN", str(when))
    monkeypatch.setenv("PYTHONPATH", f"{BROKEN}{os.pathsep}{ROOT}")
    deployment = deploy(raw_partitions=1, stuck_seconds=12, page_seconds=1, loop_seconds=5)
    await create_topics(deployment.settings)
    await feed(deployment, [page(0)])
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, 1)
        assert ask(worker, "/livez")[0] == 200
        family = worker.family()
        when.touch()
        await feed(deployment, [page(1), page(2)])
        assert worker.wait(60.0) == exit.EXIT_CODE
        assert said in worker.log_tail(300)
        assert ended(family)
    monkeypatch.setenv("BREAK_HOW", "not at all")
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, 3)
        worker.stop()


async def test_a_broker_that_freezes_with_pages_in_hand(
    embedded_broker: EmbeddedBroker, tmp_path: Path
) -> None:
    broker = Broker(embedded_broker.bootstrap, transactions=False)
    deployment = Deployment(broker, tmp_path, {"stuck_seconds": "12", "page_seconds": "5"})
    await create_topics(deployment.settings)
    await feed(deployment, map(page, range(500)))
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, 1)
        os.kill(embedded_broker.pid, signal.SIGSTOP)
        try:
            assert worker.wait(60.0) == exit.EXIT_CODE
        finally:
            os.kill(embedded_broker.pid, signal.SIGCONT)
        assert "none was finished for" in worker.log_tail(300)
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, 500)
        worker.stop()


@pytest.mark.stream
async def test_an_idle_worker_stays_live_and_says_what_it_did(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=2, stuck_seconds=12, page_seconds=6)
    await create_topics(deployment.settings)
    cut = Fed(b"cut", b'{"url": "https://cut.example/a", "te')
    await feed(deployment, [*map(page, range(4)), cut])
    if deployment.broker.transactions:
        await write_in_transaction(deployment)
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, 5 + 2 * deployment.broker.transactions)
        lag: dict[str, int] = {}
        # Longer than it may stand still with work at hand.
        for _ in range(100):
            status, answer = ask(worker, "/livez")
            assert (status, answer["alive"]) == (200, True), answer
            lag = answer["lag"]
            await asyncio.sleep(0.2)
        assert sum(lag.values()) == 0
        assert len(lag) == 3
        status, answer = ask(worker, "/status")
        assert status == 200
        assert answer["in_hand"] == 0
        assert answer["counts"]["failed"] == {"decode.undecodable": 1}
        assert answer["counts"]["read"]["articles.extracted"] >= 4
        worker.stop()


async def write_in_transaction(deployment: Deployment) -> None:
    """Two pages as a crawler with transactions writes them: markers are left at the log's end."""
    name = topic_name(Topic.RAW, deployment.settings)
    producer = AIOKafkaProducer(
        bootstrap_servers=deployment.broker.bootstrap, transactional_id=deployment.name
    )
    await producer.start()
    try:
        async with producer.transaction():
            for number in (10, 11):
                fed = page(number)
                await producer.send_and_wait(
                    name, fed.value, fed.key, partition=number % 2, headers=list(fed.headers)
                )
    finally:
        await producer.stop()


@pytest.mark.stream
async def test_a_worker_without_a_share_is_ready_to_step_in(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1)
    await create_topics(deployment.settings)
    with running_worker(deployment), running_worker(deployment), running_worker(deployment) as last:
        assert last.is_ready()


def test_a_loop_that_was_stopped_from_outside_was_not_blocked() -> None:
    script = (
        "import asyncio\n"
        "from service.worker.health.liveness import Watchdog\n"
        "async def main():\n"
        "    dog = Watchdog(0.4, tick=0.1)\n"
        "    dog.start()\n"
        "    print('ready', flush=True)\n"
        "    for _ in range(20):\n"
        "        dog.is_running()\n"
        "        await asyncio.sleep(0.05)\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGSTOP)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2.0)
        process.send_signal(signal.SIGCONT)
        assert process.wait(30.0) == 0
