"""Prints originals and their later takes, and none of the copies: a line of JSON each.

    python only_originals.py --brokers kafka:9092 --group my-desk --where agency=ap

The CloudEvents headers tell copies apart before a value is read: `ce_type` is
`copydesk.article.copied` for every copy. A withdrawal is passed on, whosever it is: one who took an
original must hear of it. `--where` chooses further by headers, again but for withdrawals.
"""

import argparse
import asyncio
import json
import sys

from aiokafka import AIOKafkaConsumer

COPY = b"copydesk.article.copied"
NAMES = {"language", "agency", "relation", "host", "story", "publisher"}
TAKES = {"original", "update", "correction", "withdrawal"}


WITHDRAWN = b"copydesk.article.withdrawn"


def chosen(headers: dict[str, bytes], where: list[tuple[str, str]]) -> bool:
    """Whether the headers of an event have all of the values that are asked for."""
    if headers["ce_type"] == WITHDRAWN:
        return True
    return all(headers.get(f"ce_{name}", b"") == value.encode() for name, value in where)


def wanted(headers: dict[str, bytes], value: bytes) -> bool:
    """Whether an event is of an original, of a later take of it, or takes one down."""
    if headers["ce_type"] == COPY:
        return False
    return json.loads(value)["copydesk"]["story"]["relation"] in TAKES


async def follow(brokers: str, topic: str, group: str, where: list[tuple[str, str]]) -> None:
    """Read for ever; the group remembers how far."""
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=brokers,
        group_id=group,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
    )
    await consumer.start()
    try:
        async for record in consumer:
            headers = dict(record.headers)
            if chosen(headers, where) and wanted(headers, record.value):
                event = json.loads(record.value)
                line = {
                    "uri": event["uri"],
                    "version": event["version"],
                    "status": event["pubStatus"],
                    "relation": event["copydesk"]["story"]["relation"],
                    "agency": event["copydesk"]["wire"].get("agency"),
                    "headline": event["headlines"][0]["value"],
                }
                sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
                sys.stdout.flush()
    finally:
        await consumer.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--brokers", default="127.0.0.1:9092")
    parser.add_argument("--topic", default="articles")
    parser.add_argument("--group", default="only-originals")
    parser.add_argument("--where", action="append", default=[], metavar="NAME=VALUE")
    given = parser.parse_args()
    where = [(name, value) for name, _, value in (each.partition("=") for each in given.where)]
    if unknown := {name for name, _ in where} - NAMES:
        parser.error(f"--where knows {', '.join(sorted(NAMES))}, and not {', '.join(unknown)}")
    asyncio.run(follow(given.brokers, given.topic, given.group, where))
