"""The example that keeps articles in OpenSearch, against one that stands in for it."""

import asyncio
import json
import random
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer

from deploy.examples import index_opensearch
from deploy.examples.index_articles import TABLES
from deploy.examples.index_articles import enter as enter_row
from deploy.examples.index_opensearch import Index, Refused, enter
from service.contract.record import Topic
from service.settings import FixedSettings
from service.worker.kafka.topics import create_topics, topic_name
from tests.brokers.plugin import Broker
from tests.deploy.examples import running_example
from tests.deploy.opensearch_stand_in import StandIn, running_stand_in
from tests.deploy.test_downstream_order import written

Event = dict[str, Any]


@pytest.fixture
def server() -> Iterator[StandIn]:
    with running_stand_in() as server:
        yield server


@pytest.fixture
def index(server: StandIn) -> Index:
    index = Index(server.address, "copydesk-articles", pause=0.0)
    index.make()
    return index


def event(
    sequence: int, text: str | None, *, version: int = 1, relation: str | None = None
) -> Event:
    """About one article; without a text it takes it down, with a relation it restates it."""
    partial = relation is not None
    about: Event = {
        "uri": "u",
        "version": str(version),
        "pubStatus": "usable" if text or partial else "canceled",
        "language": "en",
        "headlines": [{"value": "Ferry"}],
        "bodies": [{"value": text}] if text else [],
        "copydesk": {
            "page": {"url": "https://gazette.example/ferry", "host": "gazette.example"},
            "wire": {},
            "quality": {"flags": []},
            "story": {"id": "s", "relation": relation or "original"},
        },
    }
    if sequence:
        about["copydesk"]["sequence"] = sequence
    return about | ({"representationType": "partial"} if partial else {})


def test_in_any_order_the_documents_are_those_of_the_other_example(
    server: StandIn, index: Index
) -> None:
    events = [json.loads(record.value or b"") for record in written(1).articles]
    random.Random(7).shuffle(events)
    rows = sqlite3.connect(":memory:")
    rows.executescript(TABLES)
    for each in events:
        enter_row(rows, each)
    for start in range(0, len(events), 50):
        enter(index, events[start : start + 50])
    names = ("status", "story", "relation", "original", "agency", "version", "url", "body")
    found = sorted(
        (uri, *(document[name] for name in names)) for uri, document in server.articles().items()
    )
    assert (
        found
        == rows.execute(f"SELECT uri, {', '.join(names)} FROM articles ORDER BY uri").fetchall()
    )
    assert enter(index, events) == 0, "a repeat changes nothing"


@pytest.mark.parametrize(
    ("events", "body", "relation"),
    [
        ([event(512, "new"), event(256, "old")], "new", "original"),
        ([event(512, None), event(256, "old")], None, "original"),
        ([event(512, None), event(768, "again"), event(256, "old")], "again", "original"),
        ([event(512, None, relation="spun"), event(256, "text")], "text", "spun"),
        ([event(256, "text"), event(512, None, relation="spun")], "text", "spun"),
        ([event(0, "old"), event(0, "new", version=2), event(0, "old")], "new", "original"),
        ([event(0, None), event(0, "old")], None, "original"),
        ([event(256, "new"), event(0, "old", version=9999)], "new", "original"),
    ],
)
def test_late_events_do_no_harm(
    events: list[Event], body: str | None, relation: str, server: StandIn, index: Index
) -> None:
    for each in events:
        enter(index, [each])
    document = server.articles()["u"]
    assert (document["body"], document["relation"]) == (body, relation)
    assert document["status"] == ("usable" if body else "canceled")
    assert document["headline"] == ("Ferry" if body else None)


def test_what_another_wrote_meanwhile_is_read_again(
    server: StandIn, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = index.read

    def read_and_be_overtaken(uris: Any) -> Any:
        found = read(uris)
        if not server.documents:
            other = Index(server.address, index.name)
            other.write([index_opensearch.merged(None, event(768, None, relation="spun"))])
        return found

    monkeypatch.setattr(index, "read", read_and_be_overtaken)
    enter(index, [event(256, "text")])
    assert server.articles()["u"]["body"] == "text"
    assert server.articles()["u"]["relation"] == "spun"
    assert server.documents["u"][0] == 768


def test_a_busy_cluster_is_asked_again(server: StandIn, index: Index) -> None:
    server.answers = [503, 429]
    server.items = [429]
    assert enter(index, [event(256, "text")]) == 1
    assert server.articles()["u"]["body"] == "text"


def test_what_is_refused_is_told_and_not_passed_over(server: StandIn, index: Index) -> None:
    server.items = [400]
    with pytest.raises(Refused, match=r"u: .*as_the_test_says"):
        enter(index, [event(256, "text")])
    server.answers = [401]
    with pytest.raises(Refused, match="401"):
        index.read(["u"])


def test_an_index_that_is_there_is_used(server: StandIn, index: Index) -> None:
    index.make()
    (template,) = server.templates.values()
    assert template["index_patterns"] == ["copydesk-articles*"]
    written_properties = {*template["template"]["mappings"]["properties"]}
    enter(index, [event(256, "text")])
    assert set(server.articles()["u"]) == written_properties


def test_requests_are_bounded(
    server: StandIn, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_opensearch, "BULK_BYTES", 5_000)
    enter(index, [event(256, "text") | {"uri": str(number)} for number in range(10)])
    assert server.asked.count(("POST", "_bulk")) == 4
    assert len(server.articles()) == 10


def test_name_and_password_are_sent(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENSEARCH_USER", "desk")
    monkeypatch.setenv("OPENSEARCH_PASSWORD", "wire")
    Index(server.address, "copydesk-articles").make()
    assert server.authorization == "Basic ZGVzazp3aXJl"


@pytest.mark.stream
async def test_it_reads_a_topic_and_goes_on_where_it_ended(
    broker: Broker, server: StandIn, tmp_path: Path
) -> None:
    settings = FixedSettings(brokers=broker.bootstrap, topic_prefix=f"search-{uuid.uuid4().hex}.")
    await create_topics(settings)
    topic = topic_name(Topic.ARTICLES, settings)
    events = [event(256 * n, "text" if n % 3 else None) | {"uri": f"u{n % 20}"} for n in range(60)]
    producer = AIOKafkaProducer(bootstrap_servers=settings.brokers)
    await producer.start()
    words = ["--brokers", settings.brokers, "--topic", topic, "--opensearch", server.address]

    def positions() -> int:
        documents = (document for _, document in server.documents.values())
        return sum(each["next"] for each in documents if each["status"] == "position")

    try:
        for half in (events[:40], events[40:]):
            before = positions()
            for each in half:
                await producer.send(topic, json.dumps(each).encode(), each["uri"].encode())
            await producer.flush()
            with running_example("index_opensearch.py", *words, output=tmp_path / "log") as wait:
                expected = before + len(half)
                await asyncio.to_thread(wait, lambda: positions() >= expected)  # noqa: B023
    finally:
        await producer.stop()
    assert set(server.articles()) == {f"u{n}" for n in range(20)}
    canceled = {f"u{n % 20}" for n in range(40, 60) if n % 3 == 0}
    assert canceled == {
        uri for uri, document in server.articles().items() if document["status"] == "canceled"
    }
