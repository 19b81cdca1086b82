"""LINK and transactions on Apache Kafka: one writer, all of a batch or nothing, and nothing taken
of what FOLD did not commit."""

import asyncio
import gc
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from aiokafka.errors import ProducerFenced

from deploy.kafka.node import KafkaNode
from service.contract.record import Topic
from service.contract.serde import dump
from service.worker.dead_letters.halt import Halts
from service.worker.kafka.producers import make_producer
from service.worker.kafka.topics import Admin, TopicsUnavailable, create_topics, topic_name
from service.worker.link_writer import LinkWriter
from service.worker.observe.counts import Counts
from tests.brokers.plugin import Broker
from tests.worker.deployment import Deployment
from tests.worker.linking import by_story, events_of, tell, told_stories, undisturbed
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import read_all, read_until
from tests.worker.writing import write

pytestmark = pytest.mark.kafka

PATIENCE = 60.0


@pytest.fixture
async def deployment(apache_kafka: KafkaNode, tmp_path: Path) -> Deployment:
    broker = Broker(apache_kafka.bootstrap, transactions=True)
    made = Deployment(broker, tmp_path, {"link": "on"})
    await create_topics(made.settings)
    return made


def open_writer(deployment: Deployment) -> LinkWriter:
    halts = Halts(deployment.settings)
    return LinkWriter(0, deployment.settings, Counts(), transactional=True, halts=halts)


async def test_a_zombie_is_fenced_and_leaves_no_trace(
    deployment: Deployment, deaths: "asyncio.Queue[object]"
) -> None:
    told = told_stories(40, seed=5)
    events, never = events_of(told, deployment.settings), asyncio.Event()
    zombie = open_writer(deployment)
    await write(zombie, events[:20], never)
    heir = open_writer(deployment)
    async with asyncio.timeout(PATIENCE):
        await heir.ready.wait()
        for event in events[20:]:
            await zombie.take(event)
        error = await deaths.get()
    assert isinstance(error, ProducerFenced)
    assert not any(event.acknowledged.is_set() for event in events[20:])
    await write(heir, events[20:], never)
    await zombie.close()
    await heir.close()
    seen = await read_all(deployment, [Topic.STORIES])
    expected = undisturbed(told)
    assert by_story(seen) == by_story(expected)
    assert len(seen) == len(expected)
    # See `test_transactions.py`: what a fenced producer leaves behind is collected here.
    del zombie, error
    gc.collect()


async def test_a_batch_that_is_not_committed_leaves_no_trace(
    deployment: Deployment,
    deaths: "asyncio.Queue[object]",
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    events = events_of(told_stories(20, seed=6), deployment.settings)
    writer = open_writer(deployment)
    async with asyncio.timeout(PATIENCE):
        await writer.ready.wait()
    before = await read_all(deployment, [Topic.STORIES, Topic.LINK_STATE])

    async def fail(*_: object) -> None:
        raise OSError("the line is down")

    monkeypatch.setattr(writer._producer, "send_offsets_to_transaction", fail)
    async with asyncio.timeout(PATIENCE):
        for event in events:
            await writer.take(event)
        assert isinstance(await deaths.get(), OSError)
    await writer.close()
    assert await read_all(deployment, [Topic.STORIES, Topic.LINK_STATE]) == before
    assert not any(event.acknowledged.is_set() for event in events)


async def test_a_log_that_was_created_anew_is_read_from_its_beginning(
    deployment: Deployment,
) -> None:
    before, after = (told_stories(count, seed=9)[count - 12 :] for count in (12, 24))
    never = asyncio.Event()
    await tell(deployment, before)
    writer = open_writer(deployment)
    await write(writer, events_of(before, deployment.settings), never)
    await writer.close()
    name = topic_name(Topic.CONCEPTS, deployment.settings)
    async with Admin(deployment.settings) as admin:
        await admin.delete_topics([name])
    await create_anew(deployment)
    writer = open_writer(deployment)
    await write(writer, events_of(after, deployment.settings), never)
    await writer.close()
    seen = await read_all(deployment, [Topic.STORIES])
    assert by_story(seen) == by_story(undisturbed([*before, *after]))


async def create_anew(deployment: Deployment) -> None:
    """Create a topic that is being deleted."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(TopicsUnavailable):
                if await create_topics(deployment.settings):
                    return


async def test_stories_that_fold_did_not_commit_are_not_there(deployment: Deployment) -> None:
    kept = [each for each in told_stories(40, seed=8) if not isinstance(each, str)]
    lost = [kept[0].model_copy(update={"story": f"lost/{number}"}) for number in range(4)]
    assert len(undisturbed([*kept[:10], *lost, *kept[10:]])) > len(undisturbed(kept))
    settings = deployment.settings
    name = topic_name(Topic.CONCEPTS, settings)
    fold = make_producer(settings, transactional_id=f"{deployment.name}-fold-0")
    await fold.start()
    try:
        for given, commits in ((kept[:10], True), (lost, False), (kept[10:], True)):
            await fold.begin_transaction()
            for each in given:
                await fold.send_and_wait(name, dump(each), each.story.encode())
            await (fold.commit_transaction() if commits else fold.abort_transaction())
    finally:
        await fold.stop()
    expected = undisturbed(kept)
    part = replace(deployment, more={"stages": "link"})
    with running_worker(part) as worker:
        await read_until(
            deployment, lambda seen: len(seen) >= len(expected), [Topic.STORIES], patience=PATIENCE
        )
        worker.stop()
    assert by_story(await read_all(deployment, [Topic.STORIES])) == by_story(expected)
