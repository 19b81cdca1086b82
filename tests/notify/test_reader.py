"""Subscriptions on a broker, with receivers that fail in every way."""

import asyncio
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from aiohttp import web
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from service.contract.record import Topic
from service.contract.story import Relation
from service.desk.ingest.record import Arrived
from service.notify.courier import Counts
from service.notify.reader import SubscriptionReader
from service.notify.run import CannotServe, MissingTopic, NotifyOptions, notify
from service.notify.signature import read_secrets
from service.notify.subscription import Delivery, Subscription, Table
from service.worker.kafka.topics import create_topics
from tests.brokers.plugin import Broker
from tests.desk.records import article, state
from tests.notify.events import OTHERS, SPUN, write
from tests.notify.receiver import SECRET, Got, receiving
from tests.worker.deployment import Deployment
from tests.worker.topics_reader import Seen, read_all

pytestmark = pytest.mark.stream


def table(address: str, *paths: str, query: str = "relation:spun", attempts: int = 3) -> Table:
    """A subscription for each path, named after it."""
    return Table(
        subscription=tuple(
            Subscription(name=path, url=f"{address}/{path}", query=query, secret_env="S")
            for path in paths
        ),
        delivery=Delivery(
            attempts=attempts, first_wait_seconds=0.01, longest_wait_seconds=0.02, timeout_seconds=5
        ),
    )


@pytest.fixture
async def deployment(broker: Broker, tmp_path: Path) -> Deployment:
    # The embedded broker lets a group wait for its first member as long as its session is.
    quick = {} if broker.transactions else {"session_timeout": "1", "heartbeat_interval": "0.2"}
    made = Deployment(broker, tmp_path, quick)
    await create_topics(made.settings)
    return made


async def run(
    deployment: Deployment, asked: Table, *, stopped: asyncio.Event | None = None, **options: Any
) -> dict[str, Counts]:
    """Post what there is, or until `stopped` is set."""
    secrets = {each.name: read_secrets(SECRET) for each in asked.subscription}
    how = NotifyOptions(f"{deployment.name}-notify", once=stopped is None, **options)
    done = notify(asked, secrets, deployment.settings, how, stopped or asyncio.Event())
    async with asyncio.timeout(90):
        return dict(await done)


async def letters(deployment: Deployment) -> list[Seen]:
    return await read_all(deployment, (Topic.NOTIFICATIONS_FAILED,))


def failing(got: Got, before: int) -> web.Response | None:
    """`/hangs-up` never answers, `/late` the third time; the others as they are called."""
    if got.path == "/hangs-up":
        return None
    if got.path == "/late":
        return web.Response(status=204) if before == 2 else web.Response(status=503)
    if got.path == "/moved":
        return web.Response(status=301, headers={"Location": "/takes"})
    return web.Response(status={"/refuses": 422, "/gone": 410, "/takes": 200}[got.path])


async def test_each_receiver_gets_what_matches_and_the_rest_is_kept(deployment: Deployment) -> None:
    names = ("takes", "late", "refuses", "gone", "hangs-up", "moved")
    ids = [each.id for each in SPUN]
    await write(deployment, [*OTHERS, *SPUN])
    async with receiving(failing) as receiver:
        asked = table(receiver.address, *names)
        counts = await run(deployment, asked, from_beginning=True)
        assert counts == {
            "takes": Counts(delivered=6),
            "late": Counts(delivered=6, failed_attempts=12),
            "refuses": Counts(failed_attempts=6, letters=6),
            "gone": counts["gone"],
            "hangs-up": Counts(failed_attempts=18, letters=6),
            "moved": Counts(failed_attempts=18, letters=6),
        }
        gone = counts["gone"]
        assert gone == Counts(failed_attempts=gone.letters, letters=gone.letters)
        assert 1 <= gone.letters <= 3, "one for each partition with such events, at most"
        assert sorted(receiver.ids("/takes")) == sorted(ids), "each once, and by no redirect"
        assert sorted(receiver.ids("/late")) == sorted(ids * 3)
        for number in range(0, 6, 2):  # a story's events come in their order
            first, second = ids[number : number + 2]
            assert receiver.ids("/takes").index(first) < receiver.ids("/takes").index(second)
        bodies = {each.id: each.event for each in receiver.got}
        assert all(bodies[each.id]["type"] == "copydesk.article.copied" for each in SPUN)

        kept = await letters(deployment)
        told = {(each.header("copydesk-subscription"), each.reason) for each in kept}
        assert told == {
            ("refuses", "refused"),
            ("gone", "gone"),
            ("hangs-up", "exhausted"),
            ("moved", "exhausted"),
        }
        assert len(kept) == 18 + gone.letters
        values = {each.id: each.value for each in SPUN}
        assert all(each.value == values[each.id or ""] for each in kept)

        before = len(receiver.got)
        later = await run(deployment, asked)
        assert {name for name, each in later.items() if each != Counts()} == {"gone"}
        posted = {each.path for each in receiver.got[before:]}
        assert posted == {"/gone"}, "what was delivered or kept is not posted again"
        last = receiver.ids("/gone")
        while (await run(deployment, table(receiver.address, "gone")))["gone"].letters:
            last = receiver.ids("/gone")
        assert sorted(last) == sorted(ids), "the rest waited on the topic"


async def test_dead_letters_are_posted_again_once(deployment: Deployment) -> None:
    await write(deployment, SPUN)
    refused = True

    def answer(got: Got, before: int) -> web.Response:
        return web.Response(status=404 if refused else 200)

    async with receiving(answer) as receiver:
        asked = table(receiver.address, "in")
        await run(deployment, asked, from_beginning=True)
        first = [(each.id, each.body) for each in receiver.got]
        receiver.got.clear()
        again = await run(deployment, asked, again=True)
        assert again["in"] == Counts(failed_attempts=6, letters=6), "and no more than these"
        refused = False
        receiver.got.clear()
        again = await run(deployment, asked, again=True)
        assert again["in"] == Counts(delivered=6)
        assert sorted((each.id, each.body) for each in receiver.got) == sorted(first)
        assert (await run(deployment, asked, again=True))["in"] == Counts()


async def test_a_crash_before_the_commit_posts_again_with_the_same_id(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(deployment, SPUN[:1])
    commit = SubscriptionReader._commit

    async def crash(self: SubscriptionReader, consumer: object, place: object, offset: int) -> None:
        if offset:
            raise KafkaError("the broker went away")
        await commit(self, consumer, place, offset)

    async with receiving(lambda got, before: web.Response()) as receiver:
        asked = table(receiver.address, "in")
        monkeypatch.setattr(SubscriptionReader, "_commit", crash)
        with pytest.raises(KafkaError, match="went away"):
            await run(deployment, asked, from_beginning=True)
        monkeypatch.setattr(SubscriptionReader, "_commit", commit)
        assert (await run(deployment, asked))["in"] == Counts(delivered=1)
    assert receiver.ids() == [SPUN[0].id] * 2
    assert len({each.body for each in receiver.got}) == 1


async def test_what_was_in_hand_when_a_second_process_came_is_posted_by_one_of_the_two(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(deployment, SPUN)
    lost, stopped = asyncio.Event(), asyncio.Event()
    revoked = SubscriptionReader.on_partitions_revoked

    async def noticed(self: SubscriptionReader, places: Sequence[TopicPartition]) -> None:
        await revoked(self, places)
        if places:
            lost.set()

    monkeypatch.setattr(SubscriptionReader, "on_partitions_revoked", noticed)

    taken = set[str]()

    def answer(got: Got, before: int) -> web.Response:
        if not lost.is_set():
            return web.Response(status=503)
        taken.add(got.id)
        return web.Response()

    async with receiving(answer) as receiver, asyncio.timeout(90):
        asked = table(receiver.address, "in", attempts=1000)
        both = [asyncio.create_task(run(deployment, asked, stopped=stopped, from_beginning=True))]

        async def until(done: Callable[[], bool]) -> None:
            while not done():
                ended, _ = await asyncio.wait(both, timeout=0.05)
                assert not ended, [each.result() for each in ended]

        await until(lambda: bool(receiver.got))
        both.append(asyncio.create_task(run(deployment, asked, stopped=stopped)))
        await until(lambda: taken == {each.id for each in SPUN})
        stopped.set()
        counts = await asyncio.gather(*both)
        assert sum(each["in"].delivered for each in counts) >= len(SPUN)
        assert not await letters(deployment)


async def test_a_new_subscription_begins_with_the_next_event(deployment: Deployment) -> None:
    await write(deployment, SPUN[:2])
    async with receiving(lambda got, before: web.Response()) as receiver:
        asked = table(receiver.address, "in")
        await run(deployment, asked)
        await write(deployment, SPUN[2:4])
        assert (await run(deployment, asked))["in"] == Counts(delivered=2)
        assert sorted(receiver.ids()) == sorted(each.id for each in SPUN[2:4])

        stopped = asyncio.Event()
        await write(deployment, SPUN[4:])
        running = asyncio.create_task(run(deployment, asked, stopped=stopped))
        async with asyncio.timeout(60):
            while len(receiver.got) < 4:
                await asyncio.wait({running}, timeout=0.05)
                assert not running.done()
        stopped.set()
        assert (await running)["in"].delivered == 2


async def test_states_of_stories_and_takedowns_are_posted_too(deployment: Deployment) -> None:
    takedown = article(
        "https://site-1.example/bridge", text="", canceled=True, relation=Relation.WITHDRAWAL
    )
    kind = ("ce_type", b"copydesk.article.withdrawn")
    withdrawn = Arrived(takedown.topic, 0, 0, None, takedown.value, (kind, *takedown.headers[:1]))
    await write(deployment, [state(agency="ap"), state("tunnel"), withdrawn, SPUN[0]])
    async with receiving(lambda got, before: web.Response()) as receiver:

        def one(
            name: str,
            query: str,
            topic: Literal["articles", "stories"] = "articles",
            withdrawals: bool = False,
        ) -> Subscription:
            return Subscription(
                name=name,
                url=f"{receiver.address}/{name}",
                query=query,
                topic=topic,
                withdrawals=withdrawals,
                secret_env="S",
            )

        asked = Table(
            subscription=(
                one("stories", "agency:ap", topic="stories"),
                one("with", "relation:spun host:site-1.example", withdrawals=True),
                one("without", "relation:spun host:site-1.example"),
            )
        )
        counts = await run(deployment, asked, from_beginning=True)
    assert {name: each.delivered for name, each in counts.items()} == {
        "stories": 1,
        "with": 2,
        "without": 1,
    }


async def test_a_port_for_metrics_that_is_taken_is_named(deployment: Deployment) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe, match=f"127.0.0.1:{port}: "):
            await run(deployment, table("http://127.0.0.1:9", "in"), metrics_port=port)


async def test_a_topic_that_is_not_there_is_named(broker: Broker, tmp_path: Path) -> None:
    deployment = Deployment(broker, tmp_path)
    with pytest.raises(MissingTopic, match=r"notifications\.failed.*topics --create"):
        await run(deployment, table("http://127.0.0.1:9", "in"))
