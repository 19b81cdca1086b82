"""The examples for crawler teams: what they write is read as it was meant."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.contract.extracted import Extracted, SourcePosition
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import load
from service.read.stage import read
from service.worker.kafka.topics import create_topics, topic_name
from tests.deploy.examples import FOLDER
from tests.deploy.local_site import local_site
from tests.worker.conftest import deploy, deployment
from tests.worker.deployment import Deployment
from tests.worker.topics_reader import Seen, read_until

__all__ = ["deploy", "deployment"]  # fixtures of the stream tests

pytestmark = pytest.mark.stream


def run(*words: str) -> None:
    """Run a program in the folder of the examples to its end."""
    outside = {key: value for key, value in os.environ.items() if not key.startswith("COPYDESK_")}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=FOLDER,
        env=outside,
        capture_output=True,
        text=True,
        timeout=120.0,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


async def written(deployment: Deployment, count: int) -> dict[str, Record]:
    """What READ makes of each record of `pages.raw`, by the end of its URL."""
    seen = await read_until(deployment, lambda seen: len(seen) >= count, (Topic.RAW,))
    return {(record.key or b"").decode().rpartition("/")[2]: outcome(record) for record in seen}


def outcome(record: Seen) -> Record:
    source = SourcePosition(topic="pages.raw", partition=record.partition, offset=record.offset)
    return read(InputMessage(record.key, record.value, record.headers, record.timestamp, source))


def reason(record: Record) -> str:
    return dict(record.headers)["copydesk-reason"].decode()


async def test_a_scrapy_spider_with_the_pipeline(deployment: Deployment) -> None:
    settings = deployment.settings
    await create_topics(settings)
    with local_site() as site:
        run(
            *("-m", "scrapy", "runspider", "scrapy_spider.py", "-a", f"start={site}/"),
            *("-s", f"COPYDESK_BROKERS={settings.brokers}"),
            *("-s", f"COPYDESK_TOPIC={topic_name(Topic.RAW, settings)}"),
            *("-s", "AUTOTHROTTLE_ENABLED=False"),
        )
    found = await written(deployment, 7)
    assert set(found) == {"", "a", "b", "c", "feed", "gone", "leaflet"}
    article = load(Extracted, found["a"].value or b"").article
    assert article.title == "Ferries sail again"
    assert article.fetched_at is not None
    assert found["b"].topic is Topic.EXTRACTED
    assert reason(found["gone"]) == "http_error"
    assert found[""].topic is Topic.REJECTED
    assert reason(found["feed"]) == reason(found["leaflet"]) == "not_html"
    hinted = load(Extracted, found["c"].value or b"").article
    assert (hinted.published, hinted.dates[0].source) == ("2026-03-10T09:30:00+00:00", "hint.feed")
    assert hinted.hints is not None
    assert hinted.hints.feed_source == "The Wire"
    assert hinted.hints.referrer == f"{site}/feed"


async def test_plain_python(deployment: Deployment) -> None:
    settings = deployment.settings
    await create_topics(settings)
    topic = topic_name(Topic.RAW, settings)
    with local_site() as site:
        run(
            *("produce_page.py", "--brokers", settings.brokers, "--topic", topic),
            *(f"{site}/a", f"{site}/gone"),
        )
    found = await written(deployment, 2)
    extracted = load(Extracted, found["a"].value or b"")
    assert extracted.wire.agency == "ap"
    assert "3,000 passengers" in extracted.article.text
    assert reason(found["gone"]) == "http_error"


def test_the_pipeline_is_short() -> None:
    lines = (FOLDER / "scrapy_pipeline.py").read_text().partition("class ")[2].splitlines()
    assert sum(bool(line.strip()) for line in lines) <= 25


def test_examples_know_only_the_topics() -> None:
    for example in Path(FOLDER).glob("*.py"):
        assert "from service" not in example.read_text()
        assert "import service" not in example.read_text()
