"""Prints originals and their later takes, and none of the copies: a line of JSON each.

    python only_originals.py --brokers kafka:9092 --group my-desk --where agency=ap

Two CloudEvents headers tell which events to read, before a value is parsed: `ce_type` and
`ce_relation`. A line with `keep` false takes an article back: it was withdrawn, or another article
is the original now. Drop it if you have it; most who are told have not. An article that becomes the
original after it was skipped as a copy comes without its text (`partial`): look that up where you
index all articles. `--where` chooses by further headers; what takes an article back always passes.
"""

import argparse
import asyncio
import json
import sys

from aiokafka import AIOKafkaConsumer

COPIED, WITHDRAWN = b"copydesk.article.copied", b"copydesk.article.withdrawn"
ORIGINALS = {b"original", b"update", b"correction"}
NAMES = {"language", "agency", "relation", "host", "story", "publisher"}


def kept(headers: dict[str, bytes]) -> bool | None:
    """True if an event is of an original or of a later take of it, False if its article is none
    any more, None if it never was."""
    if headers["ce_type"] == COPIED:
        return None
    return headers["ce_type"] != WITHDRAWN and headers["ce_relation"] in ORIGINALS


def chosen(headers: dict[str, bytes], where: list[tuple[str, str]]) -> bool:
    """True if the headers of an event have all of the values that are asked for. A withdrawal
    always passes."""
    if headers["ce_type"] == WITHDRAWN:
        return True
    return all(headers.get(f"ce_{name}", b"") == value.encode() for name, value in where)


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
            keep = kept(headers)
            if keep is False or (keep and chosen(headers, where)):
                event = json.loads(record.value)
                line = {
                    "keep": keep,
                    "uri": event["uri"],
                    "sequence": event["copydesk"]["sequence"],
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
