"""The rights that `deploy/SECURITY.md` lists suffice, and a missing one is named."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import GroupAuthorizationFailedError

from deploy.kafka.ports import find_free_port
from service.contract.record import Topic
from service.worker.health import exit
from service.worker.kafka.clients import client_options
from service.worker.kafka.topics import create_topics, topic_name
from tests.cli.running import copydesk, started
from tests.notify.events import SPUN, write
from tests.notify.receiver import SECRET
from tests.worker.deployment import Deployment
from tests.worker.feeding import Fed, feed, html_page
from tests.worker.guarded import USER, GuardedKafka, Right, guarded_kafka, rights_of
from tests.worker.heavy_pages import good_page
from tests.worker.linking import tell, told_stories, undisturbed
from tests.worker.running_worker import RunningWorker, running_worker
from tests.worker.topics_reader import OUTCOMES, Seen, read_all, read_outcomes, read_until

pytestmark = [pytest.mark.kafka, pytest.mark.usefixtures("kafka_jars")]

CUT = Fed(b"cut", b'{"url": "https://cut.example/a", "te')


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory, kafka_jars: None) -> Iterator[GuardedKafka]:
    yield from guarded_kafka(tmp_path_factory.mktemp("guarded"))


async def test_the_listed_rights_suffice_for_each_command(
    kafka: GuardedKafka, tmp_path: Path
) -> None:
    deployment = kafka.deployment(tmp_path, "SASL_PLAINTEXT")
    outside = kafka.open_view(deployment)
    await create_topics(outside.settings)
    page = tmp_path / "page.html"
    page.write_bytes(good_page(1))

    def run(*words: str) -> str:
        done = copydesk(*words, settings=deployment.environment())
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    await kafka.allow(USER, rights_of("feed", deployment))
    assert "1 pages written" in run("feed", str(page))
    waiting = copydesk("feed", str(page), "--wait", settings=deployment.environment())
    assert waiting.returncode == 1
    assert "not there, or not readable" in waiting.stderr
    outputs = [topic_name(topic, outside.settings) for topic in OUTCOMES]
    seen = [("Topic", name, "Describe") for name in outputs]
    await kafka.allow(USER, [*rights_of("feed", deployment), *seen])
    assert "1 pages written" in run("feed", str(page)), "outcomes are seen, and may not be read"
    await kafka.allow(USER, rights_of("worker", deployment))
    await feed(outside, [CUT])
    with running_worker(deployment) as worker:
        await read_outcomes(outside, 3)
        worker.stop()
    await kafka.allow(USER, rights_of("tail", deployment))
    assert run("tail", "--from-beginning", "-n", "1")
    await kafka.allow(USER, rights_of("replay", deployment))
    assert "1 pages put back" in run("replay")
    await kafka.allow(USER, rights_of("backup", deployment))
    assert "1 articles in 1 stories" in run("backup", str(tmp_path / "state.backup"))
    await kafka.allow(USER, rights_of("withdraw", deployment))
    (event,) = [each for each in await read_all(outside) if each.topic is Topic.ARTICLES]
    decision = ("withdraw", event.json["uri"], "--why", "The desk checked.", "--wait", "1")
    assert "1 articles would be taken down" in run(*decision, "--dry-run")
    sent = copydesk(*decision, settings=deployment.environment())
    assert "sent, but there is no outcome after 1 s" in sent.stderr  # no worker runs


async def test_the_listed_rights_suffice_to_notify(kafka: GuardedKafka, tmp_path: Path) -> None:
    """An event is read, does not reach its receiver, is kept, and read again from there."""
    deployment = kafka.deployment(tmp_path, "SASL_PLAINTEXT")
    outside = kafka.open_view(deployment)
    await create_topics(outside.settings)
    await write(outside, SPUN[:1])
    table = tmp_path / "subscriptions.toml"
    table.write_text(
        '[[subscription]]\nname = "spun"\nquery = "relation:spun"\nsecret_env = "SPUN_SECRET"\n'
        f'url = "http://127.0.0.1:{find_free_port()}/"\n[delivery]\nattempts = 1\n'
    )
    settings = {**deployment.environment(), "SPUN_SECRET": SECRET}
    topics = [each for each in rights_of("notify", deployment) if each[0] == "Topic"]
    await kafka.allow(USER, topics)
    done = copydesk("notify", "--once", str(table), settings=settings)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert f"{deployment.name}-notify-spun" in done.stderr
    await kafka.allow(USER, rights_of("notify", deployment))
    for option in ("--from-beginning", "--again"):
        done = copydesk("notify", "--once", option, str(table), settings=settings)
        assert "0 delivered, 1 attempts failed, 1 dead letters" in done.stdout, done.stderr
        assert done.returncode == 1


async def test_the_listed_rights_suffice_to_create_the_topics(
    kafka: GuardedKafka, tmp_path: Path
) -> None:
    deployment = kafka.deployment(tmp_path, "SASL_PLAINTEXT")
    await kafka.allow(USER, rights_of("topics", deployment))
    for _ in range(2):
        done = copydesk("topics", "--create", settings=deployment.environment())
        assert done.returncode == 0, done.stderr
    outside = kafka.open_view(deployment)
    assert not await create_topics(outside.settings), "all of them are there"


async def test_the_listed_rights_suffice_for_those_that_only_look(
    kafka: GuardedKafka, tmp_path: Path
) -> None:
    """The desk, and what KEDA's Kafka scaler asks for."""
    deployment = kafka.deployment(tmp_path, "SASL_PLAINTEXT")
    outside = kafka.open_view(deployment)
    await create_topics(outside.settings)
    await feed(outside, [CUT, html_page("https://good.example/a", good_page())])
    with running_worker(outside) as worker:
        await read_outcomes(outside, 2)
        worker.stop()
    with pytest.raises(GroupAuthorizationFailedError):
        await lag(deployment)
    await kafka.allow(USER, rights_of("keda", deployment))
    assert await lag(deployment) == 0
    await feed(outside, [CUT, CUT])
    assert await lag(deployment) == 2
    await kafka.withdraw(USER, rights_of("keda", deployment))
    await kafka.allow(USER, rights_of("desk", deployment))
    port = find_free_port()
    own = {"COPYDESK_DESK_PORT": str(port), "COPYDESK_DESK_DATA": str(tmp_path / "desk.sqlite")}
    with started("desk", settings=deployment.environment() | own, log=tmp_path / "desk.log"):
        health = await answer_of(f"http://127.0.0.1:{port}/healthz", lambda said: said["articles"])
    assert health["missing_topics"] == []
    assert (health["reading"], health["problem"]) == (True, None)


async def answer_of(address: str, enough: Callable[[Any], object]) -> Any:
    """What a page says as JSON, once that is enough."""
    async with asyncio.timeout(90.0), ClientSession() as session:
        while True:
            with suppress(ClientConnectionError):
                async with session.get(address) as answer:
                    said = await answer.json()
                    if enough(said):
                        return said
            await asyncio.sleep(0.1)


async def lag(deployment: Deployment) -> int:
    """How many records of `pages.raw` the deployment's group has not committed: by the topic's
    partitions, the group's offsets and the ends of the logs."""
    options = client_options(deployment.settings)
    raw = topic_name(Topic.RAW, deployment.settings)
    admin = AIOKafkaAdminClient(**options)
    await admin.start()
    try:
        committed = await admin.list_consumer_group_offsets(deployment.name)
        (topic,) = await admin.describe_topics([raw])
    finally:
        await admin.close()
    consumer = AIOKafkaConsumer(**options)
    await consumer.start()
    try:
        ends = await consumer.end_offsets(
            [TopicPartition(raw, each["partition"]) for each in topic["partitions"]]
        )
    finally:
        await consumer.stop()
    done = {each: max(at.offset, 0) for each, at in committed.items()}
    return sum(end - done.get(each, 0) for each, end in ends.items())


async def test_the_listed_rights_suffice_to_link(kafka: GuardedKafka, tmp_path: Path) -> None:
    told = told_stories(12, seed=2)
    for stages in ("read,fold,link", "link"):
        deployment = kafka.deployment(tmp_path, "SASL_PLAINTEXT", stages=stages)
        outside = replace(kafka.open_view(deployment), more={"link": "on"})
        await create_topics(outside.settings)
        rights = [*rights_of("worker", deployment), *rights_of("worker-linking", deployment)]
        if stages == "link":
            rights = [each for each in rights if each[0] != "Topic"] + linking_alone(deployment)
        await kafka.allow(USER, rights)
        await tell(outside, told)
        expected = undisturbed(told)

        def enough(seen: list[Seen], count: int = len(expected)) -> bool:
            return len(seen) >= count

        with running_worker(deployment) as worker:
            await read_until(outside, enough, [Topic.STORIES])
            worker.stop()


def linking_alone(deployment: Deployment) -> list[Right]:
    """What a worker that runs LINK alone does with the topics."""
    done = {
        Topic.CONCEPTS: ("Read",),
        Topic.LINK_STATE: ("Read", "Write"),
        Topic.STORIES: ("Write",),
        Topic.FAILED: ("Write",),
    }
    return [
        ("Topic", topic_name(topic, deployment.settings), operation)
        for topic in Topic
        if topic is not Topic.NOTIFICATIONS_FAILED
        for operation in done.get(topic, ("Describe",))
    ]


async def test_a_topic_that_may_not_be_written_ends_the_worker_and_loses_nothing(
    kafka: GuardedKafka, tmp_path: Path
) -> None:
    deployment = kafka.deployment(tmp_path, "SASL_PLAINTEXT")
    outside = kafka.open_view(deployment)
    await create_topics(outside.settings)
    failed = topic_name(Topic.FAILED, deployment.settings)
    rights = rights_of("worker", deployment)
    await kafka.allow(USER, [each for each in rights if each[1] != failed])
    # It may see the topic, or it would ask for its creation.
    await kafka.allow(USER, [("Topic", failed, "Describe")])
    good = html_page("https://good.example/a", good_page())
    await feed(outside, [CUT, good])
    with RunningWorker(deployment) as worker:
        worker.launch()
        assert worker.wait(90.0) == exit.EXIT_CODE
        assert failed in worker.log_tail()
        assert "uthoriz" in worker.log_tail()
    assert not [each for each in await read_all(outside) if each.topic is Topic.FAILED]
    await kafka.allow(USER, rights)
    with running_worker(deployment) as worker:
        await read_outcomes(outside, 2)
        worker.stop()


async def test_a_group_that_may_not_be_joined_is_named(kafka: GuardedKafka, tmp_path: Path) -> None:
    deployment = kafka.deployment(tmp_path, "SASL_PLAINTEXT")
    await create_topics(kafka.open_view(deployment).settings)
    rights = [each for each in rights_of("worker", deployment) if each[0] != "Group"]
    await kafka.allow(USER, rights)
    run = copydesk("worker", settings=deployment.environment())
    assert run.returncode == 1
    assert f"group {deployment.name}: not authorized" in run.stderr
