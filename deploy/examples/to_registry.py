"""Copies a topic to another one in the wire format of Confluent's schema registry, for JSON Schema.

    python to_registry.py --brokers kafka:9092 --registry http://registry:8081 \
        --topic articles --to articles.registered --schema article-event.1.json

Connectors and deserializers that ask a registry want each value to begin with a byte 0 and the
schema's id, four bytes, most significant first. copydesk itself writes plain JSON: who needs no
registry needs none of this. Keys, headers and timestamps are kept, so a record that is copied twice
after a crash has the same `ce_id`. The topic that is written to is created where it is missing, as
the one that is read. `stories` has values of two schemas, states and translations: those of the
other one are left out, so copy each to a topic of its own. With Apicurio, the registry is http://registry:8080/apis/ccompat/v7.
"""

import argparse
import asyncio
import http
import json
import struct
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

MEDIA_TYPE = "application/vnd.schemaregistry.v1+json"

LARGEST = 64 * 1024 * 1024
"""Most bytes of a record; the topic's own limit is the one that counts."""

KEPT = ("cleanup.policy", "retention.ms", "delete.retention.ms", "max.message.bytes")
"""What a topic that is made here has from the one that it is a copy of."""


class CannotCopy(RuntimeError):
    """A topic, a broker or the registry is not as it must be; says which."""


def ask(registry: str, path: str, method: str, body: dict[str, str]) -> Any:
    """What the registry answers.

    Raises:
        urllib.error.HTTPError: it refuses.
        CannotCopy: it cannot be reached.
    """
    asked = urllib.request.Request(  # noqa: S310 - the address is the operator's
        f"{registry.rstrip('/')}/{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": MEDIA_TYPE, "Accept": MEDIA_TYPE},
        method=method,
    )
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
            return json.load(answer)
    except urllib.error.HTTPError:
        raise
    except OSError as error:
        raise CannotCopy(f"no registry at {registry}: {error}") from error


def is_unchecked(registry: str, subject: str) -> bool:
    """Have the registry accept every next version of the schema; False if it knows no such subject.

    Its checks do not know the rules by which copydesk's schemas change. Apicurio answers the next
    version with an error of its own under any other level.
    """
    try:
        ask(registry, f"config/{subject}", "PUT", {"compatibility": "NONE"})
    except urllib.error.HTTPError as refused:
        if refused.code == http.HTTPStatus.NOT_FOUND:
            return False
        raise
    return True


def register(registry: str, subject: str, schema: str) -> int:
    """The id of a schema; the registry makes one, or answers with the one it has.

    Raises:
        CannotCopy: the registry cannot be reached, or refuses; says what it answered.
    """
    try:
        unchecked = is_unchecked(registry, subject)
        body = {"schemaType": "JSON", "schema": schema}
        answer = ask(registry, f"subjects/{subject}/versions", "POST", body)
        if not unchecked:  # Apicurio knows a subject from its first version on
            is_unchecked(registry, subject)
    except urllib.error.HTTPError as refused:
        why = refused.read().decode("utf-8", "replace").strip()
        raise CannotCopy(f"{refused.url}: {refused.code} {refused.reason} {why}") from refused
    return int(answer["id"])


def framed(schema_id: int, value: bytes | None) -> bytes | None:
    """A value as the registry's clients want it; a deletion stays one."""
    return None if value is None else struct.pack(">bI", 0, schema_id) + value


TRANSLATIONS = "urn:copydesk:schema:story-translations:"


def is_of(schema: str, headers: Sequence[tuple[str, bytes]]) -> bool:
    """True if a record is of the schema with this `$id`, or of a topic that has one schema only."""
    said = dict(headers).get("ce_dataschema", b"").decode()
    return said.startswith(TRANSLATIONS) == schema.startswith(TRANSLATIONS)


async def make_topic(brokers: str, topic: str, to: str) -> None:
    """Create the topic that is written to, where it is missing.

    Raises:
        CannotCopy: there is no topic to read, or the other cannot be created.
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=brokers)
    try:
        await admin.start()
        present = set(await admin.list_topics())
        if topic not in present:
            raise CannotCopy(f"{brokers} has no topic {topic}")
        if to in present:
            return
        (found,) = await admin.describe_topics([topic])
        (answer,) = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
        configs = {entry[0]: entry[1] for entry in answer.resources[0][4]}
        partitions = found["partitions"]
        made = NewTopic(
            to,
            len(partitions),
            len(partitions[0]["replicas"]),
            topic_configs={name: configs[name] for name in KEPT if name in configs},
        )
        for _, code, *why in (await admin.create_topics([made])).topic_errors:
            if code and for_code(code) is not TopicAlreadyExistsError:
                raise CannotCopy(f"{to}: {for_code(code).__name__} {' '.join(map(str, why))}")
    except KafkaError as error:
        raise CannotCopy(f"{brokers}: {error}") from error
    finally:
        await admin.close()


async def copy(brokers: str, topic: str, to: str, schema_id: int, schema: str) -> None:
    """Copy for ever; the group remembers how far."""
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=brokers,
        group_id=f"to-registry-{to}",
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        enable_auto_commit=False,
    )
    producer = AIOKafkaProducer(bootstrap_servers=brokers, acks="all", max_request_size=LARGEST)
    try:
        await consumer.start()
        await producer.start()
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
                if is_of(schema, record.headers)
            ]
            await asyncio.gather(*sent)
            if got:
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
    try:
        asyncio.run(make_topic(given.brokers, given.topic, given.to))
        text = given.schema.read_text()
        known_as = register(given.registry, f"{given.to}-value", text)
        id = json.loads(text).get("$id", "")
        asyncio.run(copy(given.brokers, given.topic, given.to, known_as, id))
    except (CannotCopy, KafkaError, OSError) as error:
        raise SystemExit(f"Error: {error}") from None
    except KeyboardInterrupt:
        pass  # the group remembers how far
