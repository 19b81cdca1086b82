"""The sample crawl as READ gives it, read once in a process."""

from functools import cache

from service.contract.record import Record, Topic
from service.local.sample.crawl import sample_messages
from service.read.stage import read


@cache
def extracted_records() -> tuple[Record, ...]:
    """The records of `articles.extracted`, in the order of fetch, without concepts."""
    records = map(read, sample_messages())
    return tuple(record for record in records if record.topic is Topic.EXTRACTED)
