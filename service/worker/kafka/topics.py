"""Specifications of the Kafka topics (partitions, retention, compaction), and their creation."""

import asyncio
from collections.abc import Collection
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

from service.contract.record import LINKING, PIPELINE, Topic
from service.settings import MEBIBYTE, Settings
from service.worker.kafka.aiokafka_internals import collected_errors
from service.worker.kafka.clients import client_options
from service.worker.kafka.reaching import broker_failure, error_words, no_broker
from service.worker.kafka.topic_metadata import MetadataTooSlow, wait_for_metadata

_HOUR_MS = 3_600_000

SHARDED = (Topic.EXTRACTED, Topic.FOLD_STATE)
"""The topics with a partition for each shard."""

_LEAST_IN_SYNC = 2
"""`min.insync.replicas` where there are three or more replicas: a record counts as written once so
many have it, and the topic still accepts writes after the loss of one broker."""

_NO_COORDINATOR_YET = (
    GroupCoordinatorNotAvailableError,
    GroupLoadInProgressError,
    NotCoordinatorForGroupError,
)
"""Errors of a broker that has just started, or that never had a group."""

_COORDINATOR_SECONDS = 60.0
_COORDINATOR_PAUSE = 0.3

_STATE_MARGIN = 2
"""Retention of state, as a multiple of FOLD's window, beyond the days for which articles are
remembered. FOLD itself deletes what it needs no longer; retention only removes state that no worker
has returned to."""


class TopicsUnavailable(RuntimeError):
    """Topics could not be listed or created; names them, and the broker's error."""


class WrongShards(RuntimeError):
    """FOLD's topics have another number of partitions than there are shards, or LINK's have not
    one."""


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """Specification of one topic."""

    topic: Topic
    name: str
    partitions: int
    replication: int
    config: dict[str, str]


def topic_name(topic: Topic, settings: Settings) -> str:
    """The name of a topic in this deployment."""
    return settings.topic_prefix + topic.value


def topic_specs(settings: Settings) -> list[TopicSpec]:
    """Every topic that the settings require, in the order of the pipeline, then what others
    need."""
    raw = _deleted_after(settings.raw_retention_hours)
    output = _deleted_after(settings.output_retention_hours)
    tombstones_ms = int(settings.window_hours * _STATE_MARGIN * _HOUR_MS)
    state_ms = tombstones_ms + int(settings.remember_days * 24 * _HOUR_MS)
    compacted = {
        "cleanup.policy": "compact",
        "delete.retention.ms": str(settings.output_retention_hours * _HOUR_MS),
    }
    # A checkpoint is believed as long as its last record is in the log, and that may be a
    # tombstone: kept for a day, as Kafka does by default, it would be gone after a weekend.
    state = {
        "cleanup.policy": "compact,delete",
        "retention.ms": str(state_ms),
        "delete.retention.ms": str(tombstones_ms),
    }
    partitions = settings.output_partitions
    shape: list[tuple[Topic, int, dict[str, str]]] = [
        (Topic.RAW, settings.raw_partitions, raw),
        (Topic.EXTRACTED, settings.shards, raw),
        (Topic.ARTICLES, partitions, output),
        (Topic.STORIES, partitions, compacted),
        (Topic.REJECTED, partitions, output),
        (Topic.FAILED, partitions, output),
        (Topic.FOLD_STATE, settings.shards, state),
        (Topic.NOTIFICATIONS_FAILED, partitions, output),
        # One partition each: LINK is one writer, which compares the stories of all shards.
        (Topic.CONCEPTS, 1, state),
        (Topic.LINK_STATE, 1, state),
    ]
    largest = {topic: settings.largest_message for topic, _, _ in shape}
    # A dead letter is its input plus the error headers.
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
        if settings.links or topic not in LINKING
    ]


def worker_topics(settings: Settings) -> tuple[Topic, ...]:
    """Return the topics that a worker with these settings needs."""
    return (*PIPELINE, *LINKING) if settings.links else PIPELINE


async def existing_topics(settings: Settings) -> set[str]:
    """Names of the topics that the broker has.

    Raises:
        TopicsUnavailable: the broker cannot be reached or does not answer.
    """
    async with Admin(settings) as admin:
        return set(await admin.list_topics())


async def check_group(settings: Settings) -> None:
    """Read the group's offsets: a worker that is not authorised for its group would wait for ever.

    Raises:
        TopicsUnavailable: the broker refuses, or the group has no coordinator within 60 s.
    """
    place = TopicPartition(topic_name(Topic.RAW, settings), 0)
    try:
        async with Admin(settings) as admin, asyncio.timeout(_COORDINATOR_SECONDS):
            while True:
                try:
                    await admin.list_consumer_group_offsets(settings.group, partitions=[place])
                    return
                except GroupAuthorizationFailedError as error:
                    what = f"group {settings.group}: not authorized to read it"
                    raise TopicsUnavailable(what) from error
                except _NO_COORDINATOR_YET:
                    await asyncio.sleep(_COORDINATOR_PAUSE)
    except TimeoutError as error:
        raise TopicsUnavailable(
            f"{settings.brokers}: group {settings.group} has no coordinator after"
            f" {_COORDINATOR_SECONDS:g} s"
        ) from error


async def check_shards(settings: Settings) -> None:
    """Check that FOLD's topics have as many partitions as there are shards, and LINK's have one.

    Raises:
        WrongShards: they have not; says what to do.
        TopicsUnavailable: the broker cannot be reached or does not answer.
    """
    found = await shard_partitions(settings)
    wrong = [f"{name} has {n}" for name, n in found.items() if n not in (0, settings.shards)]
    if wrong:
        raise WrongShards(
            f"COPYDESK_SHARDS is {settings.shards}, but {' and '.join(wrong)} partitions: languages"
            " would change shards, and their stories begin anew beside their old state. Set"
            " COPYDESK_SHARDS to the number of partitions, or move the state with `copydesk"
            ' reshard`, as deploy/OPERATIONS.md says under "Another number of shards"'
        )
    if not settings.links:
        return
    found = await count_partitions([topic_name(topic, settings) for topic in LINKING], settings)
    wrong = [f"{name} has {n}" for name, n in found.items() if n > 1]
    if wrong:
        raise WrongShards(
            f"{' and '.join(wrong)} partitions, and must have one: LINK is one writer. Delete both"
            " topics of LINK while no worker runs, and let `copydesk topics --create` make them"
        )


async def shard_partitions(settings: Settings) -> dict[str, int]:
    """Return the number of partitions of `articles.extracted` and of `fold.state`, in this order,
    by name; 0 for a topic that does not exist.

    Raises:
        TopicsUnavailable: the broker cannot be reached or does not answer.
    """
    return await count_partitions([topic_name(topic, settings) for topic in SHARDED], settings)


async def count_partitions(names: list[str], settings: Settings) -> dict[str, int]:
    """Return the number of partitions of each topic, in this order; 0 for one that does not exist.

    Raises:
        TopicsUnavailable: the broker cannot be reached or does not answer.
    """
    async with Admin(settings) as admin:
        answer = await admin.describe_topics(names)
    found = {each["topic"]: len(each["partitions"]) for each in answer}
    return {name: found.get(name, 0) for name in names}


async def create_topics(settings: Settings, topics: Collection[Topic] = tuple(Topic)) -> list[str]:
    """Create the topics that are missing; those that exist are left as they are.

    Returns when every broker has their metadata.

    Args:
        topics: those that are needed.

    Returns:
        Names of the topics created.

    Raises:
        TopicsUnavailable: the broker cannot be reached, or refuses a topic.
    """
    created = []
    async with Admin(settings) as admin:
        present = set(await admin.list_topics())
        specs = [spec for spec in topic_specs(settings) if spec.topic in topics]
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
            await wait_for_metadata([spec.name for spec in specs], settings)
        except MetadataTooSlow as error:
            raise TopicsUnavailable(str(error)) from error
    return created


def _deleted_after(hours: int) -> dict[str, str]:
    return {"cleanup.policy": "delete", "retention.ms": str(hours * _HOUR_MS)}


class Admin:
    """An admin client as a context manager; Kafka's errors become TopicsUnavailable."""

    def __init__(self, settings: Settings) -> None:
        self._client = AIOKafkaAdminClient(**client_options(settings))
        self._settings = settings

    async def __aenter__(self) -> AIOKafkaAdminClient:
        with collected_errors() as errors:
            try:
                await self._client.start()
            except (KafkaError, TimeoutError) as error:
                await self._client.close()
                why = "; ".join(errors) or error_words(error)
                raise TopicsUnavailable(no_broker(self._settings, why)) from error
        return self._client

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        await self._client.close()
        if isinstance(error, KafkaError):
            raise TopicsUnavailable(broker_failure(error, self._settings)) from error
