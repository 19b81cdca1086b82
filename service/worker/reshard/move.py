"""Moves FOLD's state to the number of shards that the settings have.

Kafka cannot take partitions from a topic, and records do not change theirs, so `articles.extracted`
and `fold.state` are deleted and created again. Before that, all of `fold.state` is in a file: after
a kill at any moment, the same command with the same file goes on.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path

from aiokafka import AIOKafkaConsumer, OffsetAndMetadata, TopicPartition
from aiokafka.errors import for_code

from service.contract.fold_state import NewerState
from service.contract.record import PIPELINE, Record, Topic
from service.contract.serde import UndecodableValue
from service.read.stage import shard_of
from service.settings import Settings
from service.worker.checkpoint.changelog import read_log, write_marker
from service.worker.kafka.aiokafka_internals import read_any_header_name
from service.worker.kafka.clients import client_options
from service.worker.kafka.live_workers import WorkersRun, check_no_worker
from service.worker.kafka.producers import has_transactions, make_producer, send_all
from service.worker.kafka.topics import (
    SHARDED,
    Admin,
    TopicsUnavailable,
    create_topics,
    shard_partitions,
    topic_name,
)
from service.worker.reshard.state_file import Moved, StateFile

_TOGETHER = 500
_CREATE_SECONDS = 120.0
_PAUSE = 0.3

_OLD, _NEW, _TOPIC, _DONE = "old_shards", "new_shards", "topic", "done"


class CannotReshard(RuntimeError):
    """The state cannot be moved as things are; the message says what to do."""


async def reshard(path: Path, settings: Settings) -> Moved:
    """Move the state to `settings.shards` shards.

    Args:
        path: file for the state; made here, or left by an earlier run that was interrupted.

    Raises:
        CannotReshard: nothing was changed, unless the message says otherwise.
        TopicsUnavailable: the broker cannot be reached, or refuses to delete or create a topic.
        KafkaError: the broker refuses something else.
    """
    read_any_header_name(settings)
    try:
        await check_no_worker(settings)
    except WorkersRun as error:
        raise CannotReshard(str(error)) from error
    try:
        with StateFile(path) as file:
            if file.fact(_NEW) is None:
                await _read_state(file, settings)
            _check_file(file, settings)
            await _replace_topics(file, settings)
            moved = await _write_state(file, settings)
            file.set_facts({_DONE: "yes"})
            return moved
    except sqlite3.Error as error:
        raise CannotReshard(f"{path}: {error}") from error


async def _read_state(file: StateFile, settings: Settings) -> None:
    """Read `fold.state` into the file."""
    counts = await shard_partitions(settings)
    extracted, state = counts
    old = counts[state]
    if not old or old != counts[extracted]:
        raise CannotReshard(
            f"{extracted} has {counts[extracted]} partitions and {state} has {old}: there is no"
            " state to move; if an earlier `copydesk reshard` was interrupted, name its file"
        )
    if old == settings.shards:
        raise CannotReshard(f"there are {old} shards already, as COPYDESK_SHARDS says")
    await _check_all_folded(extracted, old, settings)
    file.clear()
    transactional = await has_transactions(settings)
    for shard in range(old):
        # A worker's own id: if one still runs, the broker fences it here.
        identity = f"{settings.group}-fold-{shard}" if transactional else None
        producer = make_producer(settings, transactional_id=identity)
        await producer.start()
        try:
            marker = await write_marker(
                producer, Topic.FOLD_STATE, shard, settings, transactional=transactional
            )
        finally:
            await producer.stop()
        try:
            async for records in read_log(Topic.FOLD_STATE, shard, marker, settings):
                for record in records:
                    file.put(shard, record.key.decode(), record.value)
        except (NewerState, UndecodableValue, KeyError) as error:
            raise CannotReshard(f"{state}, partition {shard}: {error!r}") from error
    file.set_facts({_OLD: str(old), _NEW: str(settings.shards), _TOPIC: state})


async def _check_all_folded(name: str, partitions: int, settings: Settings) -> None:
    """Check that FOLD has taken all of `articles.extracted`: it is deleted."""
    places = [TopicPartition(name, each) for each in range(partitions)]
    async with _consumer(settings) as consumer:
        ends = await consumer.end_offsets(places)
        begins = await consumer.beginning_offsets(places)
        taken = {place: await consumer.committed(place) or 0 for place in places}
    left = sum(ends[each] - max(begins[each], taken[each]) for each in places)
    if left > 0:
        raise CannotReshard(
            f"{name} has {left} records that group {settings.group} has not folded: start workers"
            f" with COPYDESK_STAGES=fold and COPYDESK_SHARDS={partitions}, and stop them when"
            " copydesk_lag_records of that topic is 0"
        )


def _check_file(file: StateFile, settings: Settings) -> None:
    if file.fact(_DONE):
        raise CannotReshard("this file was moved in full already: delete it, or name another")
    topic = topic_name(Topic.FOLD_STATE, settings)
    if (file.fact(_NEW), file.fact(_TOPIC)) != (str(settings.shards), topic):
        raise CannotReshard(
            f"the file is for {file.fact(_NEW)} shards of {file.fact(_TOPIC)}, and the settings for"
            f" {settings.shards} of {topic}: finish that one first, with its settings"
        )


async def _replace_topics(file: StateFile, settings: Settings) -> None:
    """Delete the topics with the old number of partitions, and create them with the new one."""
    old, new = int(file.fact(_OLD) or 0), settings.shards
    found = await shard_partitions(settings)
    extracted, _ = found
    if found[extracted] == new:
        await _check_unused(extracted, settings)
    doomed = [name for name, count in found.items() if count == old]
    if doomed:
        async with Admin(settings) as admin:
            answer = await admin.delete_topics(doomed)
            for name, code in answer.topic_error_codes:
                if code:
                    raise TopicsUnavailable(f"{name}: {for_code(code).__name__}")
    try:
        async with asyncio.timeout(_CREATE_SECONDS):
            while set((await shard_partitions(settings)).values()) != {new}:
                await create_topics(settings, PIPELINE)
                await asyncio.sleep(_PAUSE)
    except TimeoutError as error:
        raise TopicsUnavailable(
            f"{' and '.join(found)} were deleted, and are not there again with {new} partitions"
            f" after {_CREATE_SECONDS:.0f} s; run the same command again"
        ) from error
    async with _consumer(settings) as consumer:
        places = [TopicPartition(extracted, each) for each in range(new)]
        consumer.assign(places)
        # Some brokers keep the offsets of a topic that was deleted.
        await consumer.commit({each: OffsetAndMetadata(0, "") for each in places})


async def _check_unused(extracted: str, settings: Settings) -> None:
    places = [TopicPartition(extracted, each) for each in range(settings.shards)]
    async with _consumer(settings) as consumer:
        ends = await consumer.end_offsets(places)
    if any(ends.values()):
        raise CannotReshard(
            f"{extracted} has {settings.shards} partitions, and records: workers have run before"
            " the state was there in full. Delete "
            f"{' and '.join(topic_name(each, settings) for each in SHARDED)}, and run the same"
            " command again: FOLD's state is then that of the file"
        )


async def _write_state(file: StateFile, settings: Settings) -> Moved:
    moved = Moved()
    shards = settings.shards
    records = file.records(shards, lambda language: shard_of(language, shards), moved)
    producer = make_producer(settings)
    await producer.start()
    try:
        while batch := _next(records):
            await send_all(producer, batch, settings)
    finally:
        await producer.stop()
    return moved


def _next(records: Iterator[Record]) -> list[Record]:
    return list(islice(records, _TOGETHER))


@asynccontextmanager
async def _consumer(settings: Settings) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer that reads and commits the offsets of FOLD's group, without joining it."""
    consumer = AIOKafkaConsumer(
        **client_options(settings), group_id=settings.group, enable_auto_commit=False
    )
    await consumer.start()
    try:
        yield consumer
    finally:
        await consumer.stop()
