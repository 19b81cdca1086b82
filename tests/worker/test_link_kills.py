"""LINK killed at any moment loses nothing, and what it repeats is the same. Where writes are atomic
it repeats nothing."""

import asyncio
import random

import pytest

from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage, Topic
from service.contract.translations import is_translations
from service.link.linker import Linker
from service.link.stage import link_batch
from service.local.sample import sample_crawl
from service.worker.kafka.topics import create_topics
from tests.link.records import MOST
from tests.worker.conftest import Deploy
from tests.worker.feeding import feed, sample_page
from tests.worker.linking import by_story, once, tell, told_stories, undisturbed
from tests.worker.running_worker import running_worker
from tests.worker.test_link_pages import is_said
from tests.worker.topics_reader import Seen, read_all, read_outcomes, read_until

pytestmark = pytest.mark.kafka


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


async def test_with_the_other_stages_it_says_what_fold_told(deploy: Deploy) -> None:
    """READ, FOLD and LINK are killed together; LINK's events are those of what FOLD committed."""
    deployment = deploy(link="on", raw_partitions=1, batch_articles=5)
    await create_topics(deployment.settings)
    pages = list(sample_crawl())
    urls = len({page.url for page in pages})

    def all_done(seen: list[Seen]) -> bool:
        return len({each.url for each in seen if each.is_outcome}) == urls

    await feed(deployment, map(sample_page, pages))
    for share in (0.2, 0.5):
        moment = int(len(pages) * share) + random.randint(0, 10)
        with running_worker(deployment) as worker:
            await read_outcomes(deployment, moment)
            worker.kill()
    with running_worker(deployment) as worker:
        await read_until(deployment, all_done)
        told = await read_all(deployment, [Topic.CONCEPTS])
        last = told[-1].offset
        await read_until(
            deployment,
            lambda seen: any(position(each) == last for each in seen),
            [Topic.LINK_STATE],
        )
        worker.stop()
    assert await read_all(deployment, [Topic.CONCEPTS]) == told
    given = [
        InputMessage(
            each.key,
            each.value,
            each.headers,
            None,
            SourcePosition(topic="stories.concepts", partition=0, offset=each.offset),
        )
        for each in told
    ]
    made = [record for records in link_batch(given, Linker(MOST)) for record in records]
    expected = [record for record in made if is_translations(record)]
    seen = [each for each in await read_all(deployment, [Topic.STORIES]) if is_said(each)]
    assert expected
    assert by_story(once(seen)) == by_story(expected)
    if deployment.broker.transactions:
        assert len(seen) == len(expected)


def position(record: Seen) -> int | None:
    """The offset up to which LINK has read, if a record of its state says it."""
    return int(record.json["offset"]) if record.key == b"position/0" else None
