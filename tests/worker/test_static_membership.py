"""A worker with a name of its own comes back without a rebalance."""

import asyncio
import json
import signal
import urllib.request

import pytest

from service.worker.kafka.topics import create_topics
from tests.worker.conftest import Deploy
from tests.worker.deployment import Deployment
from tests.worker.feeding import feed, html_page
from tests.worker.heavy_pages import good_page
from tests.worker.running_worker import RunningWorker
from tests.worker.topics_reader import read_outcomes

pytestmark = pytest.mark.kafka


def named(deployment: Deployment, name: str) -> RunningWorker:
    """A worker of the deployment with this name; started again it is the same one."""
    more = {**deployment.more, "group_instance": name}
    return RunningWorker(Deployment(deployment.broker, deployment.folder, more, deployment.name))


def rebalances(worker: RunningWorker) -> int:
    with urllib.request.urlopen(f"{worker.web}/status", timeout=10.0) as answer:
        return int(json.load(answer)["rebalances"])


async def settled(*workers: RunningWorker) -> list[int]:
    """Wait until none of them sees a rebalance for some heartbeats; how many each has seen."""
    seen: list[int] = []
    while True:
        await asyncio.sleep(3.0)
        now = [rebalances(worker) for worker in workers]
        if now == seen and all(worker.is_ready() for worker in workers):
            return now
        seen = now


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
async def test_a_named_worker_that_is_back_in_time_disturbs_nobody(
    deploy: Deploy, ending: signal.Signals
) -> None:
    deployment = deploy(raw_partitions=4, session_timeout=45, heartbeat_interval=1)
    await create_topics(deployment.settings)
    with named(deployment, "a") as a, named(deployment, "b") as b:
        a.start()
        b.start()
        before = await settled(a, b)
        a.signal(ending)
        a.wait()
        a.start()
        await feed(
            deployment, [html_page(f"https://{n}.example/a", good_page(n)) for n in range(40)]
        )
        # All partitions are read, those of the one that was away too.
        await read_outcomes(deployment, 40)
        after = await settled(b)
        assert after == [before[1]]
        a.stop()
        b.stop()


async def test_without_a_name_the_others_are_disturbed(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=4, session_timeout=45, heartbeat_interval=1)
    await create_topics(deployment.settings)
    with RunningWorker(deployment) as a, RunningWorker(deployment) as b:
        a.start()
        b.start()
        before = await settled(a, b)
        a.stop()
        a.start()
        after = await settled(a, b)
        assert after[1] > before[1]
        a.stop()
        b.stop()
