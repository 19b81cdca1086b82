"""Clients and libraries of other teams read the events: `make test-readers` brings them, and CI
does not."""

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from deploy.kafka.jars import ToolMissing, find_java, resolve_jars
from deploy.kafka.node import KafkaNode
from service.contract.cloud_event import from_source
from service.contract.record import Record, Topic
from service.local.json_record import json_line
from service.worker.kafka.topics import topic_name
from tests.readers.crawl_on_topics import Crawl, crawl_on, sample_events

pytestmark = pytest.mark.readers

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
INSTALLED = Path(os.environ.get("COPYDESK_READERS") or ROOT / ".venv" / "readers")
PATIENCE = 240.0

ATTRIBUTES = ("id", "type", "source", "subject", "language", "agency", "publisher")


@pytest.fixture(scope="module")
def crawl(apache_kafka: KafkaNode) -> Crawl:
    return crawl_on(apache_kafka.bootstrap)


def python() -> str:
    """The Python of the readers' environment; the test is skipped without it."""
    path = INSTALLED / "bin" / "python"
    if not path.exists():
        pytest.skip(f"{path} is not there: make test-readers")
    return str(path)


def output_of(*command: str, **environment: str) -> list[str]:
    """The lines that a program prints."""
    run = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        env={**os.environ, **environment},
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return run.stdout.split("\n")[:-1]


def where(crawl: Crawl, topic: Topic) -> tuple[str, str, str]:
    """The words of every program: brokers, topic, number of events."""
    settings = crawl.settings
    return settings.brokers, topic_name(topic, settings), str(len(crawl.values(topic)))


def expected(crawl: Crawl, topic: Topic) -> list[dict[str, Any]]:
    """The attributes and the data of each event on a topic, by id."""
    return by_id([_told(record) for record in crawl.events if record.topic is topic])


def _told(record: Record) -> dict[str, Any]:
    headers = {name.removeprefix("ce_"): value.decode() for name, value in record.headers}
    data = json.loads(record.value or b"")
    return {**{name: headers.get(name) for name in ATTRIBUTES}, "data": data}


def by_id(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events in an order that does not depend on partitions."""
    return sorted(events, key=lambda event: event["id"])


@pytest.mark.parametrize("topic", [Topic.ARTICLES, Topic.STORIES])
@pytest.mark.parametrize("client", ["confluent-kafka", "kafka-python"])
def test_python(client: str, topic: Topic, crawl: Crawl) -> None:
    program = str(HERE / "programs" / "read_events.py")
    lines = output_of(python(), program, client, *where(crawl, topic))
    assert by_id(list(map(json.loads, lines))) == expected(crawl, topic)


@pytest.mark.parametrize("topic", [Topic.ARTICLES, Topic.STORIES])
def test_kafkajs(topic: Topic, crawl: Crawl) -> None:
    node, modules = shutil.which("node"), INSTALLED / "node_modules"
    if node is None or not (modules / "kafkajs").is_dir():
        pytest.skip(f"no Node, or no kafkajs in {modules}: make test-readers")
    program = str(HERE / "programs" / "read_events.mjs")
    lines = output_of(node, program, *where(crawl, topic), READERS_MODULES=str(modules))
    assert by_id(list(map(json.loads, lines))) == expected(crawl, topic)


@pytest.mark.parametrize("topic", [Topic.ARTICLES, Topic.STORIES])
def test_java(topic: Topic, crawl: Crawl, tmp_path: Path) -> None:
    try:
        java = Path(find_java())
        jars = f"{resolve_jars(pom=HERE / 'cloudevents' / 'pom.xml')}/*"
    except ToolMissing as missing:
        pytest.skip(str(missing))
    javac = java.resolve().with_name("javac")
    if not javac.exists():
        pytest.skip(f"{javac} is not there: this Java is one without a compiler")
    program = str(HERE / "programs" / "ReadEvents.java")
    output_of(str(javac), "-cp", jars, "-d", str(tmp_path), program)
    classes = f"{tmp_path}{os.pathsep}{jars}"
    lines = output_of(str(java), "-cp", classes, "ReadEvents", *where(crawl, topic))
    assert by_id(list(map(_from_tabs, lines))) == expected(crawl, topic)


def _from_tabs(line: str) -> dict[str, Any]:
    *attributes, data = line.split("\t", len(ATTRIBUTES))
    named = {name: value or None for name, value in zip(ATTRIBUTES, attributes, strict=True)}
    return {**named, "data": json.loads(data)}


def test_duckdb(tmp_path: Path) -> None:
    """On the lines that `copydesk fold` writes."""
    folded = tmp_path / "folded.jsonl"
    events = [from_source(record, "urn:example:desk-1") for record in sample_events()]
    folded.write_bytes(b"".join(map(json_line, events)))
    (line,) = output_of(python(), str(HERE / "programs" / "read_fold.py"), str(folded))
    by_relation, stories = json.loads(line)
    values = [json.loads(each.value or b"") for each in events if each.topic is Topic.ARTICLES]
    relations = Counter(value["copydesk"]["story"]["relation"] for value in values)
    assert {relation: count for relation, count, _, _ in by_relation} == relations
    states = {
        each.key: json.loads(each.value or b"") for each in events if each.topic is Topic.STORIES
    }
    assert [tuple(row) for row in stories] == sorted(
        (state["id"], state["copies"], state["original_host"]) for state in states.values()
    )
