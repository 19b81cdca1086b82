"""The sample crawl as `copydesk fold` writes it, with its stories linked."""

from collections.abc import Iterator
from functools import cache

from service.contract.cloud_event import from_source
from service.contract.extracted import SourcePosition
from service.contract.record import InputMessage, Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold
from service.local.json_record import json_line
from service.local.link_files import LinkFiles
from service.local.sample.crawl import sample_messages
from service.read.stage import ReadOptions, read

PUBLIC = (Topic.ARTICLES, Topic.STORIES)

_SIGNED = ReadOptions(concepts=True)


@cache
def sample_records() -> tuple[Record, ...]:
    """The records of `articles` and `stories`, in their order, with the crawl's times of fetch."""
    return tuple(_records())


def sample_lines() -> bytes:
    """The same as lines of JSON."""
    return b"".join(map(json_line, sample_records()))


def _records() -> Iterator[Record]:
    shard, link = Shard(links=True), LinkFiles(1000)
    for number, page in enumerate(sample_messages()):
        extracted = read(page, _SIGNED)
        if extracted.topic is not Topic.EXTRACTED:
            continue
        position = SourcePosition(topic=Topic.EXTRACTED.value, partition=0, offset=number)
        message = InputMessage(
            key=extracted.key,
            value=extracted.value,
            headers=extracted.headers,
            timestamp=None,
            source=position,
        )
        made = link.follow(list(fold(message, shard, 0)))
        yield from (from_source(each, "urn:copydesk") for each in made if each.topic in PUBLIC)
