"""The topics as Kafka is asked for them: partitions, retention, compaction; and their creation."""

import asyncio
from dataclasses import dataclass

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    GroupCoordinatorNotAvailableError,
    GroupLoadInProgressError,
    KafkaError,
    NotCoordinatorForGroupError,
    TopicAlreadyExistsError,
    for_code,
)

from service.events.topics import Topic
from service.settings import MEBIBYTE, Settings
from service.stream.connection import client_options, heard_faults
from service.stream.topic_news import NewsTooSlow, known_to_all

_HOUR_MS = 3_600_000

_LEAST_IN_SYNC = 2
"""Replicas that must have a record before it counts as written, where there are three or more:
one broker may be lost then, and the others still take writes."""

_NO_COORDINATOR_YET = (
    GroupCoordinatorNotAvailableError,
    GroupLoadInProgressError,
    NotCoordinatorForGroupError,
)
"""What a broker answers that has just started, or never had a group."""

_COORDINATOR_SECONDS = 60.0
_COORDINATOR_PAUSE = 0.3

_STATE_MARGIN = 2
"""State outlives FOLD's window by this factor before the broker may delete it: FOLD itself deletes
what has left the window, retention only takes what no worker came back for."""


class TopicsUnavailable(RuntimeError):
    """Topics could not be listed or created; says which, and what the broker said."""


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """One topic as it should be."""

    topic: Topic
    name: str
    partitions: int
    replication: int
    config: dict[str, str]


def topic_name(topic: Topic, settings: Settings) -> str:
    """The name of a topic in this deployment."""
    return settings.topic_prefix + topic.value


def topic_specs(settings: Settings) -> list[TopicSpec]:
    """Every topic, in the order of the pipeline."""
    raw = _deleted_after(settings.raw_retention_hours)
    output = _deleted_after(settings.output_retention_hours)
    compacted = {"cleanup.policy": "compact"}
    state_hours = settings.window_hours * _STATE_MARGIN
    state = {"cleanup.policy": "compact,delete", "retention.ms": str(int(state_hours * _HOUR_MS))}
    partitions = settings.output_partitions
    shape: list[tuple[Topic, int, dict[str, str]]] = [
        (Topic.RAW, settings.raw_partitions, raw),
        (Topic.EXTRACTED, settings.shards, raw),
        (Topic.ARTICLES, partitions, output),
        (Topic.STORIES, partitions, compacted),
        (Topic.REJECTED, partitions, output),
        (Topic.FAILED, partitions, output),
        (Topic.FOLD_STATE, settings.shards, state),
    ]
    largest = {topic: settings.largest_message for topic, _, _ in shape}
    # A dead letter is its input and the error headers.
    largest[Topic.FAILED] += MEBIBYTE
    in_sync = (
        {"min.insync.replicas": str(_LEAST_IN_SYNC)}
        if settings.replication > _LEAST_IN_SYNC
        else {}
    )
    return [
        TopicSpec(
            topic=topic,
            name=topic_name(topic, settings),
            partitions=count,
            replication=settings.replication,
            config={**config, **in_sync, "max.message.bytes": str(largest[topic])},
        )
        for topic, count, config in shape
    ]


async def existing_topics(settings: Settings) -> set[str]:
    """Names of the topics that the broker has.

    Raises:
        TopicsUnavailable: the broker cannot be reached or does not answer.
    """
    async with _Admin(settings) as admin:
        return set(await admin.list_topics())


async def check_group(settings: Settings) -> None:
    """Ask for the group's offsets: a worker that may not see its group would wait for ever.

    Raises:
        TopicsUnavailable: the broker refuses.
    """
    place = TopicPartition(topic_name(Topic.RAW, settings), 0)
    async with _Admin(settings) as admin, asyncio.timeout(_COORDINATOR_SECONDS):
        while True:
            try:
                await admin.list_consumer_group_offsets(settings.group, partitions=[place])
                return
            except GroupAuthorizationFailedError as error:
                what = f"group {settings.group}: not authorized to read it"
                raise TopicsUnavailable(what) from error
            except _NO_COORDINATOR_YET:
                await asyncio.sleep(_COORDINATOR_PAUSE)


async def create_topics(settings: Settings) -> list[str]:
    """Create the topics that are missing; those that exist are left as they are.

    Returns when every broker knows them.

    Returns:
        Names of the topics created.

    Raises:
        TopicsUnavailable: the broker cannot be reached, or refuses one.
    """
    created = []
    async with _Admin(settings) as admin:
        present = set(await admin.list_topics())
        specs = topic_specs(settings)
        missing = [spec for spec in specs if spec.name not in present]
        if not missing:
            return []
        answer = await admin.create_topics(
            [
                NewTopic(spec.name, spec.partitions, spec.replication, topic_configs=spec.config)
                for spec in missing
            ]
        )
        for name, code, *message in answer.topic_errors:
            error = for_code(code)
            if code == 0:
                created.append(name)
            elif error is not TopicAlreadyExistsError:  # another worker was quicker
                raise TopicsUnavailable(f"{name}: {error.__name__} {' '.join(map(str, message))}")
        try:
            await known_to_all([spec.name for spec in specs], settings)
        except NewsTooSlow as error:
            raise TopicsUnavailable(str(error)) from error
    return created


def _deleted_after(hours: int) -> dict[str, str]:
    return {"cleanup.policy": "delete", "retention.ms": str(hours * _HOUR_MS)}


class _Admin:
    """An admin client, started and stopped, whose errors are ours."""

    def __init__(self, settings: Settings) -> None:
        self._client = AIOKafkaAdminClient(**client_options(settings))
        self._brokers = settings.brokers

    async def __aenter__(self) -> AIOKafkaAdminClient:
        with heard_faults() as heard:
            try:
                await self._client.start()
            except KafkaError as error:
                await self._client.close()
                why = "; ".join(heard) or str(error)
                raise TopicsUnavailable(f"no broker at {self._brokers}: {why}") from error
        return self._client

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        await self._client.close()
        if isinstance(error, KafkaError):
            raise TopicsUnavailable(f"{self._brokers}: {error}") from error
