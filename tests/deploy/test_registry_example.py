"""The copy for users of a schema registry, against one that stands in for a registry."""

import asyncio
import http.server
import json
import struct
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from deploy.examples.to_registry import KEPT, MEDIA_TYPE, CannotCopy, framed, is_of, register
from tests.brokers.plugin import Broker
from tests.deploy.examples import FOLDER, running_example

SCHEMA = (
    Path(__file__).parents[2]
    / "service"
    / "contract"
    / "schema"
    / "documents"
    / "article-event.1.json"
)
ID = 70_000
SENT = 3


class StandIn(http.server.ThreadingHTTPServer):
    """Answers every registration with the same id, and keeps what it was asked.

    Attributes:
        late: it knows a subject from its first version on, as Apicurio does.
    """

    asked: list[tuple[str, str, Any]]
    late: bool = False
    refuses: bool = False


class _Handler(http.server.BaseHTTPRequestHandler):
    server: StandIn

    def do_POST(self) -> None:
        self._keep()
        self._answer(500 if self.server.refuses else 200, {"id": ID, "message": "not today"})

    def do_PUT(self) -> None:
        known = any("/versions" in path for path, _, _ in self.server.asked)
        self._keep()
        self._answer(404 if self.server.late and not known else 200, {"compatibility": "NONE"})

    def _keep(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers["Content-Type"], body))

    def _answer(self, status: int, value: dict[str, Any]) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

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
    (level, (path, kind, body)) = registry.asked
    assert level == ("/config/articles.registered-value", MEDIA_TYPE, {"compatibility": "NONE"})
    assert path == "/subjects/articles.registered-value/versions"
    assert kind == MEDIA_TYPE
    assert body["schemaType"] == "JSON"
    assert json.loads(body["schema"])["title"] == "ArticleEvent"


def test_a_registry_that_knows_no_subject_yet_is_told_afterwards(registry: StandIn) -> None:
    """Below Apicurio's path."""
    registry.late = True
    assert register(address(registry) + "/apis/ccompat/v7", "a-value", "{}") == ID
    assert [path for path, _, _ in registry.asked] == [
        "/apis/ccompat/v7/config/a-value",
        "/apis/ccompat/v7/subjects/a-value/versions",
        "/apis/ccompat/v7/config/a-value",
    ]


def test_what_a_registry_says_against_it_is_quoted(registry: StandIn) -> None:
    registry.refuses = True
    with pytest.raises(CannotCopy, match=r"/subjects/a-value/versions: 500 .*not today"):
        register(address(registry), "a-value", "{}")
    with pytest.raises(CannotCopy, match=r"^no registry at http://127\.0\.0\.1:1: "):
        register("http://127.0.0.1:1", "a-value", "{}")


def test_a_value_begins_with_the_id() -> None:
    assert framed(ID, b"{}") == b"\x00\x00\x01\x11\x70{}"
    assert framed(ID, None) is None


@pytest.mark.parametrize(
    ("schema", "said", "taken"),
    [
        ("story-state", "story-state", True),
        ("story-state", "story-translations", False),
        ("story-state", "", True),
        ("story-translations", "story-translations", True),
        ("story-translations", "story-state", False),
        ("article-ninjs", "article-event", True),
    ],
)
def test_a_copy_has_the_values_of_one_schema(schema: str, said: str, taken: bool) -> None:
    headers = [("ce_dataschema", f"urn:copydesk:schema:{said}:1".encode())] if said else []
    assert is_of(f"urn:copydesk:schema:{schema}:1", headers) == taken


@pytest.mark.stream
async def test_a_topic_is_copied_with_keys_and_headers(
    broker: Broker, registry: StandIn, tmp_path: Path
) -> None:
    topic, to = f"articles-{uuid.uuid4().hex}", f"registered-{uuid.uuid4().hex}"
    admin = AIOKafkaAdminClient(bootstrap_servers=broker.bootstrap)
    await admin.start()
    config = {"max.message.bytes": "3000000", "retention.ms": "7200000"}
    await admin.create_topics([NewTopic(topic, 1, 1, topic_configs=config)])
    producer = AIOKafkaProducer(bootstrap_servers=broker.bootstrap)
    await producer.start()
    for number in range(SENT):
        headers = [("ce_id", str(number).encode())]
        await producer.send_and_wait(topic, b'{"n":%d}' % number, b"story", headers=headers)
    await producer.stop()
    words = ["--brokers", broker.bootstrap, "--registry", address(registry), "--topic", topic]
    words += ["--to", to, "--schema", str(SCHEMA)]
    consumer = AIOKafkaConsumer(bootstrap_servers=broker.bootstrap, auto_offset_reset="earliest")
    with running_example("to_registry.py", *words, output=tmp_path / "log") as wait_until:
        await asyncio.to_thread(wait_until, lambda: len(registry.asked) > 1)
        consumer.assign([TopicPartition(to, 0)])  # it was made before the registry was asked
        await consumer.start()
        copied = [await consumer.getone() for _ in range(SENT)]
    await consumer.stop()
    await check_made_as(topic, to, admin)
    await admin.close()
    for number, record in enumerate(copied):
        assert record.key == b"story"
        assert record.headers == (("ce_id", str(number).encode()),)
        assert struct.unpack(">bI", record.value[:5]) == (0, ID)
        assert json.loads(record.value[5:]) == {"n": number}


async def check_made_as(topic: str, to: str, admin: AIOKafkaAdminClient) -> None:
    """The topic that was made has the partitions and the limits of the one that was read."""
    settings = []
    for name in (topic, to):
        (answer,) = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name)])
        found = {entry[0]: entry[1] for entry in answer.resources[0][4]}
        (described,) = await admin.describe_topics([name])
        settings.append(({key: found.get(key) for key in KEPT}, len(described["partitions"])))
    assert settings[0] == settings[1]


@pytest.mark.stream
def test_a_topic_that_is_missing_is_named(broker: Broker, registry: StandIn) -> None:
    words = ["--brokers", broker.bootstrap, "--registry", address(registry), "--topic", "nothing"]
    run = subprocess.run(
        [sys.executable, str(FOLDER / "to_registry.py"), *words, "--schema", str(SCHEMA)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr == f"Error: {broker.bootstrap} has no topic nothing\n"
    assert registry.asked == []
