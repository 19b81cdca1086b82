"""Pages into `pages.raw`, as a crawler would write them."""

import gzip
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaProducer

from service.contract.record import Topic
from service.local.sample import SamplePage
from service.worker.kafka.topics import topic_name
from tests.worker.deployment import Deployment

Headers = tuple[tuple[str, bytes | None], ...]

CRAWLED_AT = int(time.time()) * 1000
"""When the pages were written, in milliseconds: the same for all of a run, so that what is made of
them can be compared, and recent, so that the broker keeps them."""


@dataclass(frozen=True)
class Fed:
    """One record for `pages.raw`."""

    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    timestamp: int = CRAWLED_AT
    partition: int | None = None


async def feed(deployment: Deployment, records: Iterable[Fed]) -> None:
    """Write records in their order; returns when the broker has all."""
    settings = deployment.settings
    producer = AIOKafkaProducer(
        bootstrap_servers=settings.brokers, acks="all", max_request_size=settings.largest_message
    )
    await producer.start()
    try:
        sent = [
            await producer.send(
                topic_name(Topic.RAW, settings),
                record.value,
                record.key,
                partition=record.partition,
                timestamp_ms=record.timestamp,
                headers=list(record.headers),
            )
            for record in records
        ]
        for each in sent:
            await each
    finally:
        await producer.stop()


def html_page(url: str, body: bytes, *more: tuple[str, bytes]) -> Fed:
    """A page in the native binary form."""
    return Fed(url.encode(), body, (("url", url.encode()), ("content-type", b"text/html"), *more))


def json_page(url: str, **page: Any) -> Fed:
    """A page in the native JSON form."""
    return Fed(url.encode(), json.dumps({"url": url, **page}).encode())


def sample_page(page: SamplePage) -> Fed:
    """A page of the sample crawl in the native binary form."""
    headers = [("fetched-at", page.fetched_at.encode()), ("status", str(page.status).encode())]
    headers += [(name, value.encode()) for name, value in page.headers]
    if page.url is not None:
        headers.append(("url", page.url.encode()))
    return Fed(page.url.encode() if page.url else None, page.body, tuple(headers))


def recorded_pages(shared_data: Path, name: str = "test") -> list[Fed]:
    """The recorded pages of a set, one a URL."""
    with gzip.open(shared_data / "pages" / f"{name}.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    return [json_page(row["url"], text=row["html"]) for row in rows]
