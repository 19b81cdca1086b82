"""What copydesk makes of the sample crawl, on topics of a test's own."""

import asyncio
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from service.contract.record import Record, Topic
from service.fold.shard import Shard
from service.fold.stage import fold
from service.local.sample.crawl import sample_messages
from service.read.stage import read
from service.settings import FixedSettings, Settings
from service.worker.kafka.producers import make_producer, send_all
from service.worker.kafka.topics import create_topics
from tests.contract.messages import message

EVENTS = (Topic.ARTICLES, Topic.STORIES)


@cache
def sample_events() -> tuple[Record, ...]:
    """The records of `articles` and `stories` of the sample crawl, in order."""
    return tuple(_events())


def _events() -> Iterator[Record]:
    shard = Shard()
    for page in sample_messages():
        extracted = read(page)
        if extracted.topic is Topic.EXTRACTED:
            made = fold(message(extracted.value), shard, 0)
            yield from (record for record in made if record.topic in EVENTS)


@dataclass(frozen=True)
class Crawl:
    """Topics with the events of the sample crawl, which are committed, and one that is not."""

    settings: Settings
    aborted: str
    events: tuple[Record, ...]

    def values(self, topic: Topic) -> list[bytes]:
        """The values on a topic that readers of what is committed see, in order."""
        return [record.value or b"" for record in self.events if record.topic is topic]


async def write_crawl(bootstrap: str) -> Crawl:
    """Write the events in one transaction, after one that is aborted."""
    name = f"readers-{uuid.uuid4().hex[:12]}"
    settings = FixedSettings(brokers=bootstrap, topic_prefix=f"{name}.", group=name)
    await create_topics(settings)
    producer = make_producer(settings, transactional_id=name)
    await producer.start()
    aborted = "urn:copydesk:article:aborted"
    lost = b'{"uri":"%s","id":"lost"}' % aborted.encode()
    try:
        await producer.begin_transaction()
        await send_all(producer, [Record(topic, b"lost", lost) for topic in EVENTS], settings)
        await producer.abort_transaction()
        async with producer.transaction():
            await send_all(producer, sample_events(), settings)
    finally:
        await producer.stop()
    return Crawl(settings, aborted, sample_events())


def crawl_on(bootstrap: str) -> Crawl:
    """`write_crawl` for tests that are not asynchronous."""
    return asyncio.run(write_crawl(bootstrap))
