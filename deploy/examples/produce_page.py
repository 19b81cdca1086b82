"""Writes crawled pages to `pages.raw`, with nothing but a Kafka client.

    python produce_page.py --brokers kafka:9092 https://www.example.com/news/ferry

The key is the URL, so that the captures of a page stay in order. The value is the body as it was
fetched, bytes and all; headers say the rest, and only `url` must be there. Send error pages and
pages seen before as well: what is no event gets a reason on `pages.rejected`.
"""

import argparse
import asyncio
import datetime
import urllib.error
import urllib.request
from email.message import Message

from aiokafka import AIOKafkaProducer


def page_record(
    url: str, status: int, headers: Message, body: bytes
) -> tuple[bytes, bytes, list[tuple[str, bytes]]]:
    """Key, value and headers of the record of one fetch."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    about = {"url": url, "fetched-at": now, "status": str(status), "crawler": "produce_page"}
    for name in ("content-type", "content-encoding"):
        if stated := headers.get(name):
            about[name] = stated
    return url.encode(), body, [(name, value.encode()) for name, value in about.items()]


def fetch(url: str) -> tuple[int, Message, bytes]:
    """Status, headers and body; an error page is an answer too."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - the caller's URLs
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


async def produce(brokers: str, topic: str, urls: list[str]) -> None:
    """Fetch and write each; returns when the broker has all."""
    producer = AIOKafkaProducer(
        bootstrap_servers=brokers,
        acks="all",
        compression_type="lz4",
        max_request_size=16 * 1024 * 1024,
    )
    await producer.start()
    try:
        for url in urls:
            key, value, headers = page_record(url, *await asyncio.to_thread(fetch, url))
            await producer.send(topic, value, key=key, headers=headers)
    finally:
        await producer.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--brokers", default="127.0.0.1:9092")
    parser.add_argument("--topic", default="pages.raw")
    parser.add_argument("urls", nargs="+")
    given = parser.parse_args()
    asyncio.run(produce(given.brokers, given.topic, given.urls))
