"""Fault: a cluster is lost with everything in it, and work goes on in another one.

The other cluster has copies of the topics, each as far as a mirror of its own had got, at offsets
of its own, and a backup of FOLD's state that was made while the worker ran.
"""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing, suppress
from dataclasses import replace
from pathlib import Path

from aiokafka import AIOKafkaProducer, TopicPartition

from service.contract.record import Topic
from service.worker.backup.log_reader import log_reader
from service.worker.kafka.topics import count_partitions, create_topics, topic_name
from tests.brokers.plugin import Broker
from tests.cli.running import copydesk
from tests.faults.ledger import number_of
from tests.faults.oracle import TOPICS, Positions, compare
from tests.faults.result import Result
from tests.faults.stage import DRAIN_SECONDS, Stage
from tests.faults.watch import Watch
from tests.worker.deployment import Deployment
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import read_all

COPIED = (Topic.RAW, *TOPICS)
"""`fold.state` is not among them: a copy of it is cut anywhere, not between two transactions."""

GONE = 3
"""Records of each partition of `pages.raw` that are in no copy, as if they had been deleted for
their age: so offsets differ."""

ALL = 1.0


async def lose_cluster(
    first: Broker, second: Broker, folder: Path, *, pages: int, rate: float, seed: int = 19
) -> Result:
    """The worker is killed with pages in hand; of what was written after the backup each copy has
    another share; of `pages.raw`, and of what READ writes, all. Rejections and dead letters of READ
    that were not copied are lost. Where the copy of an output topic
    is ahead of that of `articles.extracted`, the events between come twice."""
    async with Stage(first, folder, seed=seed) as stage:
        (hand,) = await stage.crew.start(1)
        feed = stage.feed(pages, rate)
        await stage.outcomes(pages // 3)
        backup = folder / "state.backup"
        await command(stage.deployment, "backup", str(backup))
        at_backup = await ends(stage.deployment)
        await stage.outcomes(2 * pages // 3)
        hand.kill()
        stage.hurt()
        await feed
        shares = dict(zip(COPIED, (ALL, ALL, 0.3, 0.8, ALL, ALL), strict=True))
        return await _go_on(stage, second, backup, at_backup, shares)


async def leave_cluster(
    first: Broker, second: Broker, folder: Path, *, pages: int, rate: float, seed: int = 20
) -> Result:
    """The move is planned: workers are stopped before the backup, and the copies are complete."""
    async with Stage(first, folder, seed=seed) as stage:
        await stage.crew.start(1)
        feed = stage.feed(pages, rate)
        await stage.outcomes(pages // 2)
        assert await stage.crew.stop() == []
        stage.hurt()
        await feed
        backup = folder / "state.backup"
        await command(stage.deployment, "backup", str(backup))
        return await _go_on(stage, second, backup, {}, dict.fromkeys(COPIED, ALL))


async def _go_on(
    stage: Stage,
    second: Broker,
    backup: Path,
    since: Mapping[TopicPartition, int],
    shares: Mapping[Topic, float],
) -> Result:
    """Copy the topics, restore the backup, read what waits and as many new pages, and judge."""
    there = replace(stage.deployment, broker=second)
    await create_topics(there.settings)
    moved: dict[int, tuple[int, int]] = {}
    for topic, share in shares.items():
        moved |= await copy(topic, stage.deployment, there, since, share)
    said = await command(there, "restore", str(backup))
    stage.page_feed.move_to(there)
    with running_worker(there) as worker:
        await stage.feed(40)
        watch = Watch(there)
        try:
            fed = {entry.number for entry in stage.page_feed.entries}
            with suppress(TimeoutError):  # it is for the oracle to say what is missing
                await watch.wait_for(lambda: fed <= watch.times.keys(), DRAIN_SECONDS)
        finally:
            await watch.close()
        worker.stop()
    verdict = compare(
        await read_all(there, TOPICS),
        stage.page_feed.entries,
        stage.page_feed.positions,
        there.settings,
        exact=True,
        moved=moved,
    )
    return Result(verdict, len(stage.faults), notes=[said])


async def copy(
    topic: Topic,
    here: Deployment,
    there: Deployment,
    since: Mapping[TopicPartition, int],
    share: float,
) -> Positions:
    """Copy a topic's committed records to the other cluster, partition by partition.

    Args:
        since: offsets up to which all is copied.
        share: of what comes after them.

    Returns:
        For `pages.raw`: where each page of the ledger stands in the copy.
    """
    name = topic_name(topic, here.settings)
    moved: dict[int, tuple[int, int]] = {}
    producer = AIOKafkaProducer(
        bootstrap_servers=there.settings.brokers,
        acks="all",
        max_request_size=2**31 - 1,
        compression_type="zstd",
    )
    await producer.start()
    try:
        async with log_reader(here.settings) as reader:
            for number in range((await count_partitions([name], here.settings))[name]):
                place = TopicPartition(name, number)
                first, end = await reader.bounds(place)
                sure = since.get(place, first)
                end = sure + int(share * (end - sure))
                first += GONE if topic is Topic.RAW else 0
                async with aclosing(reader.read(place, first, end)) as records:
                    async for record in records:
                        written = await producer.send_and_wait(
                            name,
                            record.value,
                            record.key,
                            partition=number,
                            timestamp_ms=record.timestamp,
                            headers=list(record.headers),
                        )
                        if topic is Topic.RAW:
                            trace = dict(record.headers)["traceparent"].decode()
                            moved[number_of(trace)] = (number, written.offset)
    finally:
        await producer.stop()
    return moved


async def ends(deployment: Deployment) -> dict[TopicPartition, int]:
    """The end of each partition that is copied."""
    names = [topic_name(topic, deployment.settings) for topic in COPIED]
    found = {}
    async with log_reader(deployment.settings) as reader:
        for name, count in (await count_partitions(names, deployment.settings)).items():
            for place in (TopicPartition(name, number) for number in range(count)):
                _, found[place] = await reader.bounds(place)
    return found


async def command(deployment: Deployment, *words: str) -> str:
    """Run a command of copydesk, which must succeed; returns the last line of what it said."""
    done = await asyncio.to_thread(copydesk, *words, settings=deployment.environment())
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]
