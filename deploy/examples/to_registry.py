"""Copies a topic to another one in the wire format of Confluent's schema registry, for JSON Schema.

    python to_registry.py --brokers kafka:9092 --registry http://registry:8081 \
        --topic articles --to articles.registered --schema article-event.1.json

Connectors and deserializers that ask a registry want each value to begin with a byte 0 and the
schema's id, four bytes, most significant first. copydesk itself writes plain JSON: who needs no
registry needs none of this. Keys, headers and timestamps are kept, so a record that is copied twice
after a crash has the same `ce_id`.
"""

import argparse
import asyncio
import json
import struct
import urllib.request
from pathlib import Path

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

MEDIA_TYPE = "application/vnd.schemaregistry.v1+json"


def register(registry: str, subject: str, schema: str) -> int:
    """The id of a schema; the registry makes one, or answers with the one it has."""
    asked = urllib.request.Request(  # noqa: S310 - the address is the operator's
        f"{registry.rstrip('/')}/subjects/{subject}/versions",
        data=json.dumps({"schemaType": "JSON", "schema": schema}).encode(),
        headers={"Content-Type": MEDIA_TYPE, "Accept": MEDIA_TYPE},
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
        return int(json.load(answer)["id"])


def framed(schema_id: int, value: bytes | None) -> bytes | None:
    """A value as the registry's clients want it; a deletion stays one."""
    return None if value is None else struct.pack(">bI", 0, schema_id) + value


async def copy(brokers: str, topic: str, to: str, schema_id: int) -> None:
    """Copy for ever; the group remembers how far."""
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=brokers,
        group_id=f"to-registry-{to}",
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        enable_auto_commit=False,
    )
    producer = AIOKafkaProducer(bootstrap_servers=brokers, acks="all")
    await consumer.start()
    await producer.start()
    try:
        while True:
            got = await consumer.getmany(timeout_ms=1000, max_records=500)
            sent = [
                await producer.send(
                    to,
                    framed(schema_id, record.value),
                    record.key,
                    timestamp_ms=record.timestamp,
                    headers=list(record.headers),
                )
                for records in got.values()
                for record in records
            ]
            await asyncio.gather(*sent)
            if sent:
                await consumer.commit()  # after the broker has them: twice at worst, never lost
    finally:
        await consumer.stop()
        await producer.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--brokers", default="127.0.0.1:9092")
    parser.add_argument("--registry", required=True)
    parser.add_argument("--topic", default="articles")
    parser.add_argument("--to", default="articles.registered")
    parser.add_argument("--schema", type=Path, required=True)
    given = parser.parse_args()
    known_as = register(given.registry, f"{given.to}-value", given.schema.read_text())
    asyncio.run(copy(given.brokers, given.topic, given.to, known_as))
