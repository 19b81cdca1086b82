"""Kafka Connect with the configuration that DOWNSTREAM.md shows, and its file sink."""

import json
from pathlib import Path
from typing import Any

import pytest

from deploy.kafka.node import KafkaNode
from service.contract.record import Topic
from service.worker.kafka.topics import topic_name
from tests.readers.connect_worker import running_connect
from tests.readers.crawl_on_topics import Crawl, crawl_on

EXAMPLES = Path(__file__).parents[2] / "deploy" / "examples"

pytestmark = pytest.mark.kafka


def sink(topic: Topic, crawl: Crawl, target: Path) -> str:
    """The shipped configuration of a topic's sink, with this test's topic and the file sink."""
    shipped = (EXAMPLES / f"connect-{topic}.properties").read_text()
    name = f"topics={topic_name(topic, crawl.settings)}"
    assert f"topics={topic}\n" in shipped
    shipped = shipped.replace(f"topics={topic}", name)
    before = "transforms=uri,key" if topic is Topic.ARTICLES else ""
    shown = f"{before},shown" if before else "transforms=shown"
    shipped = shipped.replace(before, shown) if before else f"{shipped}\n{shown}\n"
    return (
        f"{shipped}\ntransforms.shown.type=KeyBesideValue\n"
        "connector.class=org.apache.kafka.connect.file.FileStreamSinkConnector\n"
        f"file={target}\n"
    )


def lines(path: Path) -> list[tuple[str, Any]]:
    """Keys and values that the sink has written, complete lines only."""
    if not path.exists():
        return []
    whole = path.read_text(encoding="utf-8").rpartition("\n")[0]
    pairs = (line.partition("\t") for line in whole.split("\n") if line)
    return [(key, json.loads(value)) for key, _, value in pairs]


def test_documents_are_articles_by_uri_and_stories_by_id(
    apache_kafka: KafkaNode, tmp_path: Path
) -> None:
    crawl = crawl_on(apache_kafka.bootstrap)
    targets = {topic: tmp_path / f"{topic}.txt" for topic in (Topic.ARTICLES, Topic.STORIES)}
    sinks = {f"{topic}.properties": sink(topic, crawl, path) for topic, path in targets.items()}
    with running_connect(apache_kafka.bootstrap, tmp_path, sinks) as wait_until:
        wait_until(
            lambda: all(
                len(lines(path)) >= len(crawl.values(topic)) for topic, path in targets.items()
            )
        )
    for topic, path in targets.items():
        expected = sorted(
            json.dumps(json.loads(value), sort_keys=True) for value in crawl.values(topic)
        )
        written = lines(path)
        assert sorted(json.dumps(value, sort_keys=True) for _, value in written) == expected
        name = "uri" if topic is Topic.ARTICLES else "id"
        assert all(key == value[name] for key, value in written)
        assert crawl.aborted not in {key for key, _ in written}
    articles = {key for key, _ in lines(targets[Topic.ARTICLES])}
    by_story = {record.key for record in crawl.events if record.topic is Topic.ARTICLES}
    assert len(articles) > len(by_story), "by the record's key, articles replace each other"
