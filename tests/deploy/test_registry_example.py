"""The copy for users of a schema registry, against one that stands in for a registry."""

import http.server
import json
import struct
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.examples.to_registry import MEDIA_TYPE, framed, register
from tests.brokers.plugin import Broker
from tests.deploy.examples import running_example

SCHEMA = (
    Path(__file__).parents[2]
    / "service"
    / "contract"
    / "schema"
    / "documents"
    / "article-event.1.json"
)
ID = 70_000


class StandIn(http.server.ThreadingHTTPServer):
    """Answers every registration with the same id, and keeps what it was asked."""

    asked: list[tuple[str, str, Any]]


class _Handler(http.server.BaseHTTPRequestHandler):
    server: StandIn

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers["Content-Type"], body))
        answer = json.dumps({"id": ID}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def registry() -> Iterator[StandIn]:
    server = StandIn(("127.0.0.1", 0), _Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def address(registry: StandIn) -> str:
    return f"http://127.0.0.1:{registry.server_port}"


def test_a_schema_is_registered_under_its_subject(registry: StandIn) -> None:
    assert register(address(registry) + "/", "articles.registered-value", SCHEMA.read_text()) == ID
    ((path, kind, body),) = registry.asked
    assert path == "/subjects/articles.registered-value/versions"
    assert kind == MEDIA_TYPE
    assert body["schemaType"] == "JSON"
    assert json.loads(body["schema"])["title"] == "ArticleEvent"


def test_a_value_begins_with_the_id() -> None:
    assert framed(ID, b"{}") == b"\x00\x00\x01\x11\x70{}"
    assert framed(ID, None) is None


@pytest.mark.stream
async def test_a_topic_is_copied_with_keys_and_headers(
    broker: Broker, registry: StandIn, tmp_path: Path
) -> None:
    topic, to = f"articles-{uuid.uuid4().hex}", f"registered-{uuid.uuid4().hex}"
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(topic, 1, 1), NewTopic(to, 1, 1)])
    await admin.close()
    producer = AIOKafkaProducer(bootstrap_servers=broker.bootstrap)
    await producer.start()
    for number in range(3):
        headers = [("ce_id", str(number).encode())]
        await producer.send_and_wait(topic, b'{"n":%d}' % number, b"story", headers=headers)
    await producer.stop()
    words = ["--brokers", broker.bootstrap, "--registry", address(registry), "--topic", topic]
    words += ["--to", to, "--schema", str(SCHEMA)]
    consumer = AIOKafkaConsumer(
        to, bootstrap_servers=broker.bootstrap, auto_offset_reset="earliest"
    )
    await consumer.start()
    with running_example("to_registry.py", *words, output=tmp_path / "log"):
        copied = [await consumer.getone() for _ in range(3)]
    await consumer.stop()
    for number, record in enumerate(copied):
        assert record.key == b"story"
        assert record.headers == (("ce_id", str(number).encode()),)
        assert struct.unpack(">bI", record.value[:5]) == (0, ID)
        assert json.loads(record.value[5:]) == {"n": number}
