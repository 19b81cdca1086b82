"""`copydesk topics`, `feed` and `tail` against a broker."""

import asyncio
import json
import uuid
from pathlib import Path

import pytest

from service.contract.cloud_event import cloud_headers
from service.contract.record import Record, Topic
from service.settings import Settings
from service.worker.kafka.producers import make_producer, send_all
from tests.brokers.plugin import Broker
from tests.cli.running import copydesk

pytestmark = pytest.mark.stream


@pytest.fixture
def settings(broker: Broker) -> dict[str, str]:
    return {
        "COPYDESK_BROKERS": broker.bootstrap,
        "COPYDESK_TOPIC_PREFIX": f"cli-{uuid.uuid4().hex}.",
    }


def test_topics_are_created_once(settings: dict[str, str]) -> None:
    first = copydesk("topics", "--create", "--json", settings=settings)
    assert first.returncode == 0, first.stderr
    assert {json.loads(line)["state"] for line in first.stdout.splitlines()} == {"created"}
    second = copydesk("topics", "--json", settings=settings)
    assert {json.loads(line)["state"] for line in second.stdout.splitlines()} == {"there"}


def test_what_is_fed_can_be_read(settings: dict[str, str], shared_data: Path) -> None:
    assert copydesk("topics", "--create", settings=settings).returncode == 0
    fed = copydesk("feed", str(shared_data / "seed"), settings=settings)
    assert fed.returncode == 0, fed.stderr
    assert "3 pages written" in fed.stderr
    read = copydesk("tail", "pages.raw", "--json", "--from-beginning", "-n", "3", settings=settings)
    assert read.returncode == 0, read.stderr
    rows = [json.loads(line) for line in read.stdout.splitlines()]
    assert {row["key"] for row in rows} == {
        f"file:///seed/{name}.txt" for name in ("original", "spun", "other_agency")
    }
    assert all(row["value"]["article"]["text"] for row in rows)
    whole = copydesk("tail", "pages.raw", "--json", "--all", settings=settings)
    assert whole.returncode == 0, whole.stderr
    assert sorted(whole.stdout.splitlines()) == sorted(read.stdout.splitlines())


def test_a_page_over_the_limit_is_reported(settings: dict[str, str], tmp_path: Path) -> None:
    small = settings | {"COPYDESK_LARGEST_MESSAGE": str(1024 * 1024)}
    assert copydesk("topics", "--create", settings=small).returncode == 0
    noise = "".join(chr(33 + (i * i * 7919 >> 5) % 90) for i in range(4 * 1024 * 1024))
    (tmp_path / "large.html").write_text(noise)
    (tmp_path / "small.html").write_text("<p>Small.</p>")
    fed = copydesk("feed", str(tmp_path), settings=small)
    assert fed.returncode == 1
    assert "too large" in fed.stderr
    assert "large.html" in fed.stderr
    assert "1 pages written" in fed.stderr


def test_records_are_chosen_by_their_headers(settings: dict[str, str], tmp_path: Path) -> None:
    assert copydesk("topics", "--create", settings=settings).returncode == 0
    named = Settings(
        brokers=settings["COPYDESK_BROKERS"],
        topic_prefix=settings["COPYDESK_TOPIC_PREFIX"],
        source="urn:example:desk-1",
    )
    asyncio.run(write_articles(named))
    words = ("--where", "agency=ap", "--where", "relation=spun", "--where", "relation=edited")
    read = copydesk("tail", *words, "--json", "--from-beginning", "-n", "2", settings=settings)
    assert read.returncode == 0, read.stderr
    rows = [json.loads(line)["headers"] for line in read.stdout.splitlines()]
    assert sorted(row["ce_relation"] for row in rows) == ["edited", "spun"]
    assert {row["ce_agency"] for row in rows} == {"ap"}
    assert {row["ce_source"] for row in rows} == {"urn:example:desk-1"}


async def write_articles(settings: Settings) -> None:
    producer = make_producer(settings)
    await producer.start()
    records = [
        Record(
            Topic.ARTICLES,
            b"story",
            b"{}",
            cloud_headers(
                id=f"{agency}-{relation}",
                type="copydesk.article.copied",
                schema="s",
                subject=None,
                time=None,
                attributes=(("agency", agency), ("relation", relation)),
            ),
        )
        for agency in ("ap", "dpa", None)
        for relation in ("spun", "trimmed", "edited")
    ]
    try:
        await send_all(producer, records, settings)
    finally:
        await producer.stop()


def test_an_unknown_header_is_an_error_that_names_the_known() -> None:
    read = copydesk("tail", "stories", "--where", "relation=spun")
    assert read.returncode == 2
    assert "stories has no attribute 'relation'; it has: language, agency, host" in " ".join(
        read.stderr.split()
    )


def test_a_condition_without_a_value_is_an_error() -> None:
    read = copydesk("tail", "--where", "agency")
    assert read.returncode == 2
    assert "'agency' is not NAME=VALUE" in read.stderr
