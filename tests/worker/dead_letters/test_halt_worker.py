"""A worker with a halted stage: it lives, keeps its group, commits nothing, and can be resumed."""

import asyncio
import json
import urllib.error
import urllib.request
from collections import Counter

import pytest
from aiokafka import AIOKafkaProducer

from service.contract.record import Topic
from service.worker.dead_letters.limit import AGAIN_FAILURES
from service.worker.health import exit
from service.worker.kafka.topics import create_topics, topic_name
from tests.cli.running import copydesk
from tests.worker.conftest import Deploy
from tests.worker.deployment import Deployment
from tests.worker.feeding import Fed, feed, html_page
from tests.worker.heavy_pages import good_page, slow_page
from tests.worker.running_worker import RunningWorker, running_worker
from tests.worker.topics_reader import read_all, read_outcomes, read_until

pytestmark = pytest.mark.stream

HALTED = "The stage is halted"


def poison(number: int, partition: int | None = None) -> Fed:
    """What a crawler that was cut off left, each of another host."""
    url = b"https://cut-%d.example/a" % number
    return Fed(url, b'{"url": "' + url + b'", "te', partition=partition)


def good(number: int) -> Fed:
    return html_page(f"https://good-{number}.example/a", good_page(number))


def ask(worker: RunningWorker, page: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(worker.web + page, timeout=10.0) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def resume(worker: RunningWorker) -> str:
    run = copydesk("resume", settings={"COPYDESK_WEB_PORT": worker.web.rpartition(":")[2]})
    assert run.returncode == 0, run.stderr
    return run.stdout


async def letters(deployment: Deployment) -> Counter[tuple[int, int]]:
    """How often each input stands in `pages.failed`."""
    seen = await read_all(deployment)
    return Counter(each.source for each in seen if each.topic is Topic.FAILED)


async def test_a_topic_full_of_poison_halts_read_and_resume_goes_on(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1, failed_in_a_row=30)
    await create_topics(deployment.settings)
    pages = [*map(good, range(5)), *map(poison, range(50)), *map(good, range(5, 10))]
    await feed(deployment, pages)
    with RunningWorker(deployment) as worker:
        worker.launch().wait_for_line(HALTED)
        assert "too many dead letters in READ" in worker.log_tail()
        status, answer = ask(worker, "/readyz")
        assert status == 503
        assert "30 in a row (31 undecodable" in json.loads(answer)["halted"]["read"]
        metrics = ask(worker, "/metrics")[1]
        assert 'copydesk_halted{reason="undecodable",stage="read"} 1.0' in metrics
        assert "copydesk_ready 0.0" in metrics
        await read_until(deployment, lambda seen: sum(e.topic is Topic.ARTICLES for e in seen) == 5)
        assert len(await letters(deployment)) == 30
        assert resume(worker).startswith("READ goes on, after too many dead letters")
        await read_outcomes(deployment, len(pages))
        assert ask(worker, "/readyz")[0] == 200
        assert resume(worker) == "no stage was halted\n"
        worker.stop()
    assert set((await letters(deployment)).values()) == {1}


async def test_a_halted_worker_is_not_stuck_and_ends_in_order(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1, failed_in_a_row=5, stuck_seconds=12, page_seconds=1)
    await create_topics(deployment.settings)
    await feed(deployment, map(poison, range(300)))
    with RunningWorker(deployment) as worker:
        worker.launch().wait_for_line(HALTED)
        # Longer than a worker may stand still with work at hand.
        for _ in range(100):
            status, answer = ask(worker, "/livez")
            assert status == 200, answer
            await asyncio.sleep(0.2)
        worker.stop()
    assert len(await letters(deployment)) == 5


async def test_a_supervisor_that_restarts_it_for_ever_does_not_move_the_topic(
    deploy: Deploy,
) -> None:
    """Six starts once moved 254 pages to `pages.failed`: each counted anew."""
    deployment = deploy(raw_partitions=1, failed_in_a_row=100)
    await create_topics(deployment.settings)
    await feed(deployment, map(poison, range(300)))
    worker = RunningWorker(deployment)
    counts = []
    with worker:
        for start in range(3):
            worker.launch()
            worker.wait_for_lines(HALTED, start + 1)
            counts.append(len(await letters(deployment)))
            worker.kill()
    assert counts[0] == 100
    # What a worker wrote last before it was killed may be there twice.
    assert counts[-1] <= 100 + 2 * AGAIN_FAILURES


async def test_a_rebalance_while_halted_loses_and_repeats_nothing(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=2, failed_in_a_row=20)
    await create_topics(deployment.settings)
    pages = [poison(n, n % 2) for n in range(160)]
    await feed(deployment, pages)
    with RunningWorker(deployment) as one:
        one.launch().wait_for_line(HALTED)
        with RunningWorker(deployment) as other:
            other.launch().wait_for_line(HALTED)
            assert ask(one, "/livez")[0] == 200
            other.stop()
        # The first has both partitions again, and still waits.
        while True:
            before = len(await letters(deployment))
            resume(one)
            if before == len(pages):
                break
            await read_all(deployment)
        one.stop()
    assert await letters(deployment) == {(n % 2, n // 2): 1 for n in range(len(pages))}


async def test_fold_is_halted_and_resumed(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1, failed_in_a_row=10)
    await create_topics(deployment.settings)
    settings = deployment.settings
    producer = AIOKafkaProducer(bootstrap_servers=settings.brokers)
    await producer.start()
    name = topic_name(Topic.EXTRACTED, settings)
    for number in range(25):
        await producer.send_and_wait(name, b"no article %d" % number, partition=0)
    await producer.stop()
    with RunningWorker(deployment) as worker:
        worker.launch().wait_for_line(HALTED)
        assert "too many dead letters in FOLD, shard 0" in worker.log_tail()
        await feed(deployment, [good(0)])
        assert "FOLD, shard 0" in json.loads(ask(worker, "/readyz")[1])["halted"]["fold"]
        assert 'stage="fold"} 1.0' in ask(worker, "/metrics")[1]
        while len(await letters(deployment)) < 25:
            resume(worker)
        await read_until(deployment, lambda seen: any(e.topic is Topic.ARTICLES for e in seen))
        worker.stop()
    assert await letters(deployment) == {(0, number): 1 for number in range(25)}


async def test_to_exit_instead(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1, failed_in_a_row=10, on_failures="exit")
    await create_topics(deployment.settings)
    await feed(deployment, [*map(good, range(5)), *map(poison, range(200))])
    with RunningWorker(deployment) as worker:
        worker.launch()
        assert worker.wait() == exit.UNREADABLE
        assert "too many dead letters in READ" in worker.log_tail()
    assert len(await letters(deployment)) <= 10


async def test_pages_that_break_their_children_count(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1, failed_in_a_row=2, page_seconds=0.3)
    await create_topics(deployment.settings)
    slow = [html_page(f"https://slow-{n}.example/a", slow_page()) for n in range(5)]
    await feed(deployment, slow)
    with RunningWorker(deployment) as worker:
        worker.launch()
        worker.wait_for_line(HALTED)
        assert "3 timeout" in worker.log_tail()


async def test_some_poison_does_not_halt_the_worker(deploy: Deploy) -> None:
    deployment = deploy(
        raw_partitions=1, failed_in_a_row=10, failed_ratio=0.6, failed_ratio_after=10
    )
    await create_topics(deployment.settings)
    pages = [each for n in range(40) for each in (poison(n), good(n))]
    await feed(deployment, pages)
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, len(pages))
        worker.stop()
