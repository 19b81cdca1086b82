"""Writes FOLD's state to a file while workers run.

The group's offsets are read first, `fold.state` after them, so the state has all inputs before the
offsets, and perhaps some after them, which FOLD recognises when it reads them again. The ends of
the output topics are read before and after it: before the later ones they have all that the state
presupposes, and after the earlier ones all that is folded after it. Committed records end at the
first one of an open transaction, so the state is that between two transactions.
"""

from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from aiokafka import TopicPartition

from service.contract.cloud_event import EVENT_TOPICS
from service.contract.fold_state import ARTICLE_PREFIX, MARKER_PREFIX, STORY_PREFIX
from service.contract.record import PIPELINE, Topic
from service.settings import Settings
from service.worker.backup.backup_file import BackupFile, Moment, write
from service.worker.backup.log_reader import LogReader, log_reader
from service.worker.kafka.aiokafka_internals import read_any_header_name
from service.worker.kafka.producers import has_transactions
from service.worker.kafka.topics import check_group, count_partitions, topic_name

INPUTS = (Topic.RAW, Topic.EXTRACTED)

_PASSES = 2
"""The second pass reads what was written during the first: compaction may have removed a record
that the first had not come to, but only if its key was written again."""


class CannotSave(RuntimeError):
    """There is nothing to save, or the broker is not one that this is possible on."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup has."""

    articles: int
    stories: int


async def save(path: Path, settings: Settings, read_group: str | None = None) -> Saved:
    """Write a backup.

    Args:
        read_group: the group of READ, if it is not that of the settings.

    Raises:
        CannotSave: see there.
        OSError, sqlite3.Error: the file cannot be written.
        TopicsUnavailable, KafkaError: the broker cannot be reached, or refuses.
    """
    read_any_header_name(settings)
    await check_group(settings)
    if not await has_transactions(settings):
        raise CannotSave(
            f"{settings.brokers} has no transactions: its ends of topics are not right"
        )
    async with log_reader(settings, read_group) as reader:
        names = {topic: topic_name(topic, settings) for topic in PIPELINE}
        counts = await count_partitions(list(names.values()), settings)
        missing = [name for name, count in counts.items() if not count]
        if missing:
            raise CannotSave(f"there is no topic {' and no topic '.join(missing)}")
        places = {
            topic: [TopicPartition(name, number) for number in range(counts[name])]
            for topic, name in names.items()
        }
        with write(path) as file:
            for topic in INPUTS:
                for place in places[topic]:
                    await _save_committed(topic, place, reader, file)
            outputs = [(topic, place) for topic in EVENT_TOPICS for place in places[topic]]
            for topic, place in outputs:
                await _save_end(Moment.BEFORE, topic, place, reader, file)
            for place in places[Topic.FOLD_STATE]:
                await _save_state(place, reader, file)
            for topic, place in outputs:
                await _save_end(Moment.AFTER, topic, place, reader, file)
            file.set_facts({"shards": str(counts[names[Topic.FOLD_STATE]])})
            file.set_facts({"prefix": settings.topic_prefix})
            return Saved(file.count(ARTICLE_PREFIX), file.count(STORY_PREFIX))


async def _save_committed(
    topic: Topic, place: TopicPartition, reader: LogReader, file: BackupFile
) -> None:
    offset = await reader.committed(place)
    mark = await reader.mark_before(place, offset) if offset else None
    if mark is not None:
        file.put_mark(Moment.BEFORE, topic, place.partition, mark)


async def _save_end(
    moment: Moment, topic: Topic, place: TopicPartition, reader: LogReader, file: BackupFile
) -> None:
    _, end = await reader.bounds(place)
    mark = await reader.mark_before(place, end)
    if mark is not None:
        file.put_mark(moment, topic, place.partition, mark)


async def _save_state(place: TopicPartition, reader: LogReader, file: BackupFile) -> None:
    first, _ = await reader.bounds(place)
    for _ in range(_PASSES):
        _, end = await reader.bounds(place)
        async with aclosing(reader.read(place, first, end)) as records:
            async for record in records:
                key = record.key.decode()
                if not key.startswith(MARKER_PREFIX):
                    file.put(place.partition, key, record.value)
        first = max(first, end)
