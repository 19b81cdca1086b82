"""LINK killed at any moment loses nothing, and what it repeats is the same. Where writes are atomic
it repeats nothing."""

import asyncio
import random

import pytest

from service.contract.record import Topic
from service.worker.kafka.topics import create_topics
from tests.worker.conftest import Deploy
from tests.worker.linking import by_story, once, tell, told_stories, undisturbed
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import Seen, read_all, read_until

pytestmark = pytest.mark.stream


async def test_killed_at_any_moment_and_started_again(deploy: Deploy) -> None:
    deployment = deploy(stages="link", batch_articles=3)
    await create_topics(deployment.settings)
    kills = 3 if deployment.broker.transactions else 1
    told = told_stories(80 * (kills + 1), seed=11)
    expected = undisturbed(told)
    # Each worker is killed while it writes what it was told; the rest is told to the next one.
    part = len(told) // (kills + 1)
    for number in range(kills):
        given = told[number * part : (number + 1) * part]
        before, after = (len(undisturbed(told[: end * part])) for end in (number, number + 1))
        moment = random.randint(before + 1, after - 1)
        with running_worker(deployment) as worker:
            telling = asyncio.create_task(tell(deployment, given))

            def enough(seen: list[Seen], moment: int = moment) -> bool:
                return len(once(seen)) >= moment

            await read_until(deployment, enough, [Topic.STORIES])
            worker.kill()
        await telling
    with running_worker(deployment) as worker:
        await tell(deployment, told[kills * part :])
        await read_until(deployment, lambda seen: len(once(seen)) >= len(expected), [Topic.STORIES])
        worker.stop()
    seen = await read_all(deployment, [Topic.STORIES])
    assert by_story(once(seen)) == by_story(expected)
    if deployment.broker.transactions:
        assert len(seen) == len(expected)
