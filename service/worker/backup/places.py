"""Finds where READ and FOLD go on in a cluster that has copies of their topics.

Offsets are others there, so places are found by the records before them. READ goes on after the
last page of which `articles.extracted` has the article: its id is a hash of the page and of where
the page stood in the first cluster, so each page of the copy is compared with it. Were such a page
read again, it would have another id there, and FOLD would take it for a later one of its address.
"""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from aiokafka import TopicPartition

from service.contract.control import CONTROL_ID
from service.contract.extracted import Extracted
from service.contract.record import InputMessage, Topic
from service.contract.serde import UndecodableValue, load
from service.read.stage import id_of_input
from service.settings import Settings
from service.worker.backup.backup_file import BackupFile, Moment
from service.worker.backup.log_reader import LogReader
from service.worker.backup.save import INPUTS
from service.worker.kafka.incoming import consumed_message
from service.worker.kafka.topics import count_partitions, topic_name

_COMMITTED_WITHIN_MS = 300_000
"""FOLD commits an article with its transaction, READ its page up to a second later. So articles
before FOLD's place may be of pages after READ's; five minutes are a wide margin."""

Places = dict[TopicPartition, int]
"""Offsets by partition."""


async def find_places(
    file: BackupFile, reader: LogReader, settings: Settings
) -> tuple[Places, list[str]]:
    """Return where the groups stood when the backup was made, at the beginning of a partition where
    one had nothing yet; and what the operator should know.

    Raises:
        OtherLog: a topic is not that of the backup, nor a copy of it.
    """
    places: Places = {}
    notes: list[str] = []
    counts = await count_partitions([topic_name(topic, settings) for topic in INPUTS], settings)
    for name, count in counts.items():
        for place in (TopicPartition(name, number) for number in range(count)):
            places[place], _ = await reader.bounds(place)
    for topic in INPUTS:
        for number, mark in file.marks(Moment.BEFORE, topic).items():
            place = TopicPartition(topic_name(topic, settings), number)
            found = await reader.find(place, mark)
            places[place] = found.offset
            if found.gone:
                notes.append(
                    f"{place.topic}, partition {number}, begins after the backup was made: what was"
                    " deleted in between is lost"
                )
    return places, notes


async def after_articles(
    file: BackupFile, places: Places, reader: LogReader, settings: Settings
) -> Places:
    """Return where READ goes on: after the last page of which the article was written."""
    raw = topic_name(Topic.RAW, settings)
    known = await _articles_since(file, places, reader, settings)
    later: Places = {}
    for number, ids in known.items():
        place = TopicPartition(raw, number)
        if place not in places:
            continue
        _, end = await reader.bounds(place)
        shift = 0
        async with aclosing(reader.read(place, places[place], end)) as records:
            async for record in records:
                message = consumed_message(record)
                of_its_time = ids.get(message.timestamp, {})
                stood = _stood_at(message, of_its_time, record.offset + shift)
                if stood is not None:
                    shift = stood - record.offset
                    later[place] = record.offset + 1
    return later


async def _articles_since(
    file: BackupFile, places: Places, reader: LogReader, settings: Settings
) -> Mapping[int, Mapping[int | None, Mapping[int, str]]]:
    """Return the ids of the pages of which the articles come after the places in
    `articles.extracted`, or shortly before: by partition of `pages.raw`, timestamp, and offset in
    the first cluster.
    """
    marks = file.marks(Moment.BEFORE, Topic.EXTRACTED)
    name, raw = (topic_name(topic, settings) for topic in (Topic.EXTRACTED, Topic.RAW))
    found: dict[int, dict[int | None, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for place, first in places.items():
        if place.topic != name:
            continue
        _, end = await reader.bounds(place)
        if place.partition in marks:
            earlier = marks[place.partition].timestamp - _COMMITTED_WITHIN_MS
            since = await reader.first_since(place, earlier)
            first = first if since is None else min(first, since)
        async with aclosing(reader.read(place, first, end)) as records:
            async for record in records:
                extracted = _article_in(record)
                if extracted is not None and extracted.input and extracted.source.topic == raw:
                    of_page, source = extracted.input, extracted.source
                    found[source.partition][of_page.written][source.offset] = of_page.id
    return found


def _article_in(record: Any) -> Extracted | None:
    if any(name == CONTROL_ID for name, _ in record.headers):
        return None
    try:
        return load(Extracted, record.value or b"")
    except UndecodableValue:
        return None


def _stood_at(message: InputMessage, ids: Mapping[int, str], likely: int) -> int | None:
    """Return the offset in the first cluster at which a page has one of these ids; None if it has
    none of them.

    Args:
        ids: of pages with its timestamp, by that offset.
        likely: the offset to try first.
    """
    for offset in sorted(ids, key=lambda each: each != likely):
        source = message.source.model_copy(update={"offset": offset})
        if id_of_input(replace(message, source=source)) == ids[offset]:
            return offset
    return None
