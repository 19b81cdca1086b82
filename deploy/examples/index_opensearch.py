"""Keeps the current articles in OpenSearch, one document a uri; what is withdrawn loses its text.

    python index_opensearch.py --brokers kafka:9092 --opensearch http://search:9200

It makes the index, by the template beside this file, and reads the topic from where it ended.
Search the alias `articles`, which leaves out what is withdrawn. OPENSEARCH_USER and
OPENSEARCH_PASSWORD are sent if they are set.

What makes it right through crashes, repeats, withdrawals and late originals, in whatever order the
events are read:

- A document has two ranks: that of the event with its text, and that of the event that says its
  place in the story, which an event that is `partial` has too. An event changes a part only if its
  rank is not lower than that part's.
- The higher of the two is the document's version, of the type `external_gte`: OpenSearch refuses
  what is older than what it has. Then the document is read and put together once more.
- A withdrawal is a document without text, no deletion: OpenSearch forgets the version of what is
  deleted after a minute, and an older event would bring the text back.
- Positions are documents of the index, written after the articles: a repeat changes nothing, and
  who deletes the index begins anew.

Run one of it for an index; it takes all partitions, since the events of an article may be in two.
"""

import argparse
import asyncio
import base64
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer

TEMPLATE = Path(__file__).with_name("opensearch_template.json")

BULK_BYTES = 10_000_000
"""A request with documents ends after so many; OpenSearch takes 100 MB unless told otherwise."""

BUSY = {429, 502, 503, 504}

Document = dict[str, Any]


class Refused(RuntimeError):
    """OpenSearch will not take a request or a document, and would not take it the next time."""


class Index:
    """One index of OpenSearch, over HTTP; waits while the cluster is busy or away."""

    def __init__(self, address: str, name: str, pause: float = 1.0) -> None:
        """`pause` is in seconds, between two attempts."""
        self.address, self.name, self.pause = address.rstrip("/"), name, pause
        self.headers = {}
        if user := os.environ.get("OPENSEARCH_USER"):
            secret = f"{user}:{os.environ.get('OPENSEARCH_PASSWORD', '')}".encode()
            self.headers["Authorization"] = f"Basic {base64.b64encode(secret).decode()}"

    def make(self) -> None:
        """Write the template, and make the index where it is missing."""
        self.ask("PUT", "_index_template/copydesk-articles", TEMPLATE.read_bytes())
        try:
            self.ask("PUT", self.name)
        except Refused as refusal:
            if "resource_already_exists" not in str(refusal):
                raise

    def read(self, uris: Iterable[str]) -> dict[str, Document]:
        """The documents that there are, as of now: also those that no search finds yet."""
        asked = json.dumps({"ids": list(uris)}).encode()
        found = self.ask("POST", f"{self.name}/_mget", asked)["docs"]
        return {each["_id"]: each["_source"] for each in found if each.get("found")}

    def write(self, documents: Iterable[Document]) -> set[str]:
        """Write documents; returns the uris of which the index has a newer one already."""
        newer: set[str] = set()
        left = list(documents)
        while left:
            busy: list[Document] = []
            for bulk in bulks(left):
                lines = b"".join(map(self.lines, bulk))
                items = self.ask("POST", "_bulk", lines, "application/x-ndjson")["items"]
                for document, item in zip(bulk, items, strict=True):
                    done = item["index"]
                    if done["status"] == 409:
                        newer.add(document["uri"])
                    elif done["status"] in BUSY:
                        busy.append(document)
                    elif done["status"] >= 300:
                        raise Refused(f"{document['uri']}: {done}")
            left = busy
            if left:
                time.sleep(self.pause)
        return newer

    def lines(self, document: Document) -> bytes:
        """A document as two lines of a bulk request."""
        action = {
            "_index": self.name,
            "_id": document["uri"],
            "version": max(document["text_rank"], document["story_rank"]),
            "version_type": "external_gte",
        }
        return b"".join(json.dumps(each).encode() + b"\n" for each in ({"index": action}, document))

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = "application/json"
    ) -> Any:
        """The answer to a request.

        Raises:
            Refused: it is an error that another attempt would get again.
        """
        request = urllib.request.Request(  # noqa: S310 - the address is the operator's
            f"{self.address}/{path}",
            data=body,
            method=method,
            headers={**self.headers, "Content-Type": kind},
        )
        while True:
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                if error.code not in BUSY:
                    reason = error.read(2000).decode("utf-8", "replace")
                    raise Refused(f"{method} {path}: {error.code} {reason}") from error
            except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
                print(f"{self.address}: {error}; trying again", flush=True)
            time.sleep(self.pause)


def bulks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents in requests of a bounded size."""
    bulk: list[Document] = []
    size = 0
    for document in documents:
        bulk.append(document)
        size += len(document["body"] or "") * 2 + 2_000
        if size >= BULK_BYTES:
            yield bulk
            bulk, size = [], 0
    if bulk:
        yield bulk


def rank(event: dict[str, Any]) -> int:
    """The event's sequence. Events of version 0.1.0 have none: they come before all that have one,
    by their versions, and a withdrawal after the text that it takes down."""
    sequence = event["copydesk"].get("sequence", 0)
    canceled = event["pubStatus"] == "canceled"
    return int(sequence) or min(2 * int(event["version"]) + canceled, 255)


def merged(document: Document | None, event: dict[str, Any]) -> Document:
    """The document with what an event says; an older event changes nothing."""
    own = rank(event)
    result = document or {
        "uri": event["uri"],
        "text_rank": -1,
        "story_rank": -1,
        "status": "unknown",
        "body": None,
    }
    if event.get("representationType") != "partial" and own >= result["text_rank"]:
        result = {**result, **text_of(event), "text_rank": own}
    if own >= result["story_rank"]:
        result = {**result, **place_of(event), "story_rank": own}
    return result


def text_of(event: dict[str, Any]) -> Document:
    """What an event says of the article itself; without its text if it takes the article down."""
    about = event["copydesk"]
    canceled = event["pubStatus"] == "canceled"
    return {
        "status": event["pubStatus"],
        "version": int(event["version"]),
        "headline": None if canceled else event["headlines"][0]["value"],
        "body": None if canceled or not event["bodies"] else event["bodies"][0]["value"],
        "authors": event.get("by"),
        "language": event["language"],
        "url": about["page"]["url"],
        "host": about["page"]["host"],
        "publisher": about.get("publisher", {}).get("name"),
        "agency": about["wire"].get("agency"),
        "agency_verified_by": about["wire"].get("verified"),
        "published": event.get("firstCreated"),
        "fetched": about["page"].get("fetched_at"),
        "flags": [flag["name"] for flag in about["quality"]["flags"]],
    }


def place_of(event: dict[str, Any]) -> Document:
    """What an event says of the article's place in its story."""
    place = event["copydesk"]["story"]
    original = place.get("original", {})
    return {
        "story": place["id"],
        "relation": place["relation"],
        "authority": place.get("authority"),
        "notice": place.get("notice", False),
        "parent": place.get("parent"),
        "original": original.get("uri"),
        "original_host": original.get("host"),
        "words_kept": place.get("evidence", {}).get("words_kept"),
    }


def enter(index: Index, events: Iterable[dict[str, Any]]) -> int:
    """Put events into the index, in any order; returns how many documents were written."""
    waiting: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        waiting.setdefault(event["uri"], []).append(event)
    written = 0
    while waiting:
        known = index.read(waiting)
        changed = []
        for uri, about in waiting.items():
            document = merged(known.get(uri), about[0])
            for event in about[1:]:
                document = merged(document, event)
            if document != known.get(uri):
                changed.append(document)
        newer = index.write(changed)
        written += len(changed) - len(newer)
        waiting = {uri: about for uri, about in waiting.items() if uri in newer}
    return written


def position(topic: str, number: int, following: int) -> Document:
    """Where to go on in a partition, as a document beside the articles: who deletes the index
    deletes the positions, and begins anew."""
    uri = f"position:{topic}:{number}"
    return {
        "uri": uri,
        "status": "position",
        "next": following,
        "text_rank": following,
        "story_rank": following,
        "body": None,
    }


async def keep(brokers: str, topic: str, index: Index) -> None:
    """Read for ever."""
    await asyncio.to_thread(index.make)
    consumer = AIOKafkaConsumer(
        topic,  # without a group: all of its partitions
        bootstrap_servers=brokers,
        auto_offset_reset="earliest",
        isolation_level="read_committed",  # what a crash left half written is never seen
        max_partition_fetch_bytes=16 * 1024 * 1024,
    )
    await consumer.start()
    try:
        uris = {position(topic, each.partition, 0)["uri"]: each for each in consumer.assignment()}
        for uri, document in (await asyncio.to_thread(index.read, uris)).items():
            consumer.seek(uris[uri], document["next"])
        while True:
            got = await consumer.getmany(timeout_ms=1000, max_records=500)
            if not got:
                continue
            records = [record for each in got.values() for record in each]
            events = [json.loads(record.value) for record in records]
            await asyncio.to_thread(enter, index, events)
            positions = [
                position(topic, partition.partition, each[-1].offset + 1)
                for partition, each in got.items()
            ]
            await asyncio.to_thread(index.write, positions)
    finally:
        await consumer.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--brokers", default="127.0.0.1:9092")
    parser.add_argument("--topic", default="articles")
    parser.add_argument("--opensearch", default="http://127.0.0.1:9200")
    parser.add_argument("--index", default="copydesk-articles")
    given = parser.parse_args()
    asyncio.run(keep(given.brokers, given.topic, Index(given.opensearch, given.index)))
