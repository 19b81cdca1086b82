"""LINK's writer on a broker: what it writes, and what it does with what it cannot take."""

import asyncio
from collections.abc import Iterator, Sequence

import pytest

from service.contract.cloud_event import schema_id
from service.contract.record import InputMessage, Record, Topic
from service.contract.story_concepts import CONCEPTS_SCHEMA
from service.link.linker import Linker
from service.link.stage import link_batch
from service.worker import link_memory
from service.worker.dead_letters.halt import Halts
from service.worker.health import exit
from service.worker.kafka.topics import create_topics, topic_name
from service.worker.link_writer import LinkWriter
from service.worker.observe.counts import Counts
from tests.worker.conftest import Deploy
from tests.worker.deployment import Deployment
from tests.worker.faust_events import Event
from tests.worker.linking import Told, by_story, events_of, once, tell, told_stories, undisturbed
from tests.worker.topics_reader import read_all
from tests.worker.writing import crash_at_write, write

pytestmark = pytest.mark.stream

PATIENCE = 60.0
BATCH = 8


@pytest.fixture(scope="module")
def told() -> list[Told]:
    return told_stories(60, seed=3)


@pytest.fixture
async def deployment(deploy: Deploy) -> Deployment:
    made = deploy(link="on", batch_articles=BATCH)
    await create_topics(made.settings)
    return made


def open_writer(deployment: Deployment, counts: Counts | None = None) -> LinkWriter:
    settings = deployment.settings
    return LinkWriter(
        0,
        settings,
        counts or Counts(),
        transactional=deployment.broker.transactions,
        halts=Halts(settings),
    )


async def link(deployment: Deployment, events: Sequence[Event]) -> Counts:
    """Write what LINK makes of the events; returns what it counted."""
    counts = Counts()
    writer = open_writer(deployment, counts)
    await write(writer, events, asyncio.Event())
    await writer.close()
    return counts


async def test_what_is_said_is_written_and_the_next_writer_knows_it(
    deployment: Deployment, told: list[Told]
) -> None:
    await tell(deployment, told)
    events = events_of(told, deployment.settings)
    expected = undisturbed(told)
    counts = await link(deployment, events[:25])
    assert counts.linked["link.state"] >= 25
    await link(deployment, events[20:])
    assert by_story(await read_all(deployment, [Topic.STORIES])) == by_story(expected)
    again = events_of(told, deployment.settings)
    assert (await link(deployment, again)).linked == {"repeats": len(again)}


async def test_a_story_that_breaks_link_is_a_dead_letter_and_the_next_go_on(
    deployment: Deployment, told: list[Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    poison = 11

    def poisoned(messages: Sequence[InputMessage], linker: Linker) -> Iterator[list[Record]]:
        for message, made in zip(messages, link_batch(messages, linker), strict=True):
            if message.source.offset == poison:
                raise KeyError("a fault in the core, after it changed its memory")
            yield made

    monkeypatch.setattr(link_memory, "link_batch", poisoned)
    counts = await link(deployment, events_of(told, deployment.settings))
    assert counts.failed == {("link", "error"): 1}
    (letter,) = await read_all(deployment, [Topic.FAILED])
    assert letter.header("__connect.errors.offset") == str(poison)
    rest = [each for place, each in enumerate(told) if place != poison]
    assert by_story(await read_all(deployment, [Topic.STORIES])) == by_story(undisturbed(rest))


async def test_a_record_of_a_later_version_halts_link_before_it(
    deployment: Deployment, told: list[Told]
) -> None:
    events = events_of(told[:4], deployment.settings)
    later = schema_id("story-concepts", 2).encode()
    events[2].message.headers = ((CONCEPTS_SCHEMA, later),)
    halts = Halts(deployment.settings)
    transactional = deployment.broker.transactions
    writer = LinkWriter(0, deployment.settings, Counts(), transactional=transactional, halts=halts)
    async with asyncio.timeout(PATIENCE):
        for event in events:
            await writer.take(event)
        await events[1].acknowledged.wait()
        while "link" not in halts.halted:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0)
        assert await writer.close() == events[2:]


async def test_what_a_crash_repeats_is_the_same(
    deployment: Deployment, told: list[Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash at a write; a second writer goes on after it."""
    await tell(deployment, told)
    expected = undisturbed(told)
    settings = deployment.settings
    died = asyncio.Event()
    monkeypatch.setattr(exit, "die", lambda what, error=None: died.set())
    events = events_of(told, settings)
    for topic, number in ((Topic.LINK_STATE, 1), (Topic.STORIES, 7), (Topic.LINK_STATE, 2)):
        writer = open_writer(deployment)
        async with asyncio.timeout(PATIENCE):
            await writer.ready.wait()
        crash_at_write(writer, topic_name(topic, settings), number)
        await write(writer, events, died)
        await writer.close()
        assert died.is_set()
        died.clear()
        events = [event for event in events if not event.acknowledged.is_set()]
    await link(deployment, events)
    seen = await read_all(deployment, [Topic.STORIES])
    assert by_story(once(seen)) == by_story(expected)
    if deployment.broker.transactions:
        assert len(seen) == len(expected)
