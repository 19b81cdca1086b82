"""Puts a backup's state into an empty `fold.state`, and the groups where the state belongs.

The cluster may be another one, with copies of the topics, at other offsets (`places.py`). What came
after the backup is folded here (`fold_on.py`). LINK needs no backup: `stories.concepts` has all
that it knows, and without `link.state` it reads that topic from the beginning.
"""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from aiokafka import TopicPartition

from service.contract.cloud_event import EVENT_TOPICS
from service.contract.record import Record, Topic
from service.settings import Settings
from service.worker.backup.backup_file import BackupFile, Moment, read
from service.worker.backup.fold_on import FoldingOn, Unwritten, known_ids
from service.worker.backup.log_reader import LogReader, OtherLog, log_reader
from service.worker.backup.places import Places, after_articles, find_places
from service.worker.backup.positions import without_position
from service.worker.kafka.aiokafka_internals import read_any_header_name
from service.worker.kafka.live_workers import WorkersRun, check_no_worker
from service.worker.kafka.producers import make_producer, send_all
from service.worker.kafka.topics import (
    check_group,
    count_partitions,
    topic_name,
    worker_topics,
)

_TOGETHER = 500


class CannotRestore(RuntimeError):
    """The state cannot be restored as things are; nothing was changed. Says what to do."""


@dataclass(slots=True)
class Restored:
    """What was restored.

    Attributes:
        state: number of records of the backup, written to `fold.state`.
        folded: articles that came after the backup, and were folded.
        known: events of these that the topics had already.
        notes: what the operator should know, a line each.
    """

    state: int = 0
    folded: int = 0
    known: int = 0
    notes: list[str] = field(default_factory=list)


async def restore(
    path: Path, settings: Settings, read_group: str | None = None, *, incomplete: bool = False
) -> Restored:
    """Restore a backup.

    Args:
        read_group: the group of READ, if it is not that of the settings.
        incomplete: go on where the copies of the output topics end before the backup does. The
            events between are lost.

    Raises:
        CannotRestore, NoBackup: nothing was changed.
        TopicsUnavailable: the broker cannot be reached.
        KafkaError: the broker refuses something. The same command can be run again once
            `fold.state` is empty.
    """
    read_any_header_name(settings)
    try:
        await check_no_worker(settings)
    except WorkersRun as error:
        raise CannotRestore(str(error)) from error
    await check_group(settings)
    restored = Restored()
    with read(path) as file:
        async with log_reader(settings, read_group) as reader:
            await _check_topics(file, reader, settings)
            await _look_at_link(reader, settings, restored)
            await _check_outputs(file, reader, settings, restored, incomplete=incomplete)
            try:
                places, restored.notes[:0] = await find_places(file, reader, settings)
            except OtherLog as error:
                raise CannotRestore(
                    f"{error}: not the topic that the backup belongs to, nor a copy of it"
                ) from error
            places |= await after_articles(file, places, reader, settings)
            with TemporaryDirectory(dir=path.parent, prefix="restore-") as scratch:
                places |= await _fold_on(file, reader, places, Path(scratch), settings, restored)
            await reader.commit(places)
    return restored


async def _check_topics(file: BackupFile, reader: LogReader, settings: Settings) -> None:
    if file.fact("prefix") != settings.topic_prefix:
        raise CannotRestore(
            f"the backup is of topics whose names begin with {file.fact('prefix')!r}, and"
            f" COPYDESK_TOPIC_PREFIX is {settings.topic_prefix!r}: FOLD knows each page by the name"
            " of its topic too, so it must be the same"
        )
    names = [topic_name(topic, settings) for topic in worker_topics(settings)]
    counts = await count_partitions(names, settings)
    missing = [name for name, count in counts.items() if not count]
    if missing:
        raise CannotRestore(
            f"there is no topic {' and no topic '.join(missing)}: `copydesk topics --create` makes"
            " what is missing"
        )
    state = topic_name(Topic.FOLD_STATE, settings)
    shards = file.fact("shards")
    if {str(counts[topic_name(t, settings)]) for t in (Topic.EXTRACTED, Topic.FOLD_STATE)} != {
        shards
    }:
        raise CannotRestore(f"the backup is of {shards} shards, and the topics have another number")
    for number in range(counts[state]):
        begin, end = await reader.bounds(TopicPartition(state, number))
        if begin != end:
            raise CannotRestore(
                f"{state} has records: delete it, create it again (`copydesk topics --create`), and"
                " run the same command again"
            )


async def _look_at_link(reader: LogReader, settings: Settings, restored: Restored) -> None:
    """Note where LINK has a memory already: it is no part of a backup, and right in its own cluster
    alone."""
    if not settings.links:
        return
    name = topic_name(Topic.LINK_STATE, settings)
    begin, end = await reader.bounds(TopicPartition(name, 0))
    if begin != end:
        restored.notes.append(
            f"{name} has records, by which LINK goes on: right where they were written, wrong in"
            " another cluster (there delete it and create it again before LINK starts)"
        )


async def _check_outputs(
    file: BackupFile,
    reader: LogReader,
    settings: Settings,
    restored: Restored,
    *,
    incomplete: bool,
) -> None:
    """Check that what the state presupposes is in the output topics."""
    for topic in EVENT_TOPICS:
        for number, mark in file.marks(Moment.AFTER, topic).items():
            place = TopicPartition(topic_name(topic, settings), number)
            if await reader.first_since(place, mark.timestamp) is None:
                what = f"{place.topic}, partition {number}, ends before the backup was made"
                if not incomplete:
                    raise CannotRestore(
                        f"{what}: take an earlier backup, or lose the events between with"
                        " --incomplete"
                    )
                restored.notes.append(f"{what}: the events between are lost")


async def _fold_on(
    file: BackupFile,
    reader: LogReader,
    places: Places,
    scratch: Path,
    settings: Settings,
    restored: Restored,
) -> Places:
    """Write the state, and what is folded after it; return where FOLD goes on."""
    unwritten = Unwritten(await _known(file, reader, settings))
    extracted = topic_name(Topic.EXTRACTED, settings)
    after: Places = {}
    waiting: list[Record] = []
    producer = make_producer(settings, idempotent=True)
    await producer.start()
    try:
        for place, first in places.items():
            if place.topic != extracted:
                continue
            state = map(without_position, file.records(place.partition))
            while batch := list(islice(state, _TOGETHER)):
                restored.state += len(await send_all(producer, batch, settings))
            _, end = await reader.bounds(place)
            after[place] = end
            with FoldingOn(
                place.partition, file.records(place.partition), scratch, settings
            ) as shard:
                async with aclosing(reader.read(place, first, end)) as records:
                    async for record in records:
                        made = await asyncio.to_thread(shard.fold, record)
                        if made is None:
                            after[place] = record.offset
                            restored.notes.append(
                                f"{place.topic}, partition {place.partition}: what follows offset"
                                f" {record.offset} is left to the workers, which may write events"
                                " that are there already, with the same ids"
                            )
                            break
                        restored.folded += bool(made)
                        waiting += map(without_position, unwritten.pick(made))
                        if len(waiting) >= _TOGETHER:
                            await send_all(producer, waiting, settings)
                            waiting.clear()
        await send_all(producer, [*waiting, *unwritten.held()], settings)
    finally:
        await producer.stop()
    restored.known = unwritten.left_out
    return after


async def _known(file: BackupFile, reader: LogReader, settings: Settings) -> set[str]:
    """Return the ids of the events that were written after the backup's state was read."""
    names = [topic_name(topic, settings) for topic in EVENT_TOPICS]
    counts = await count_partitions(names, settings)
    known: set[str] = set()
    for topic, name in zip(EVENT_TOPICS, names, strict=True):
        marks = file.marks(Moment.BEFORE, topic)
        for place in (TopicPartition(name, number) for number in range(counts[name])):
            first, _ = await reader.bounds(place)
            if place.partition in marks:
                since = await reader.first_since(place, marks[place.partition].timestamp)
                if since is None:
                    continue
                first = since
            known |= await known_ids(reader, place, first)
    return known
