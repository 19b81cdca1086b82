"""What a worker exposes after a crawl: all that the dashboard and the alerts ask for, and right."""

import json
import time
import urllib.request
from collections import Counter

import pytest
from prometheus_client.parser import text_string_to_metric_families

from service.contract.record import Topic
from service.local.sample import sample_crawl
from service.worker.kafka.topics import create_topics
from tests.deploy.test_dashboard import OF_WORKERS, metrics_of
from tests.worker.conftest import Deploy
from tests.worker.feeding import feed, sample_page
from tests.worker.running_worker import RunningWorker, running_worker
from tests.worker.topics_reader import read_all, read_outcomes

pytestmark = pytest.mark.stream

PATIENCE = 60.0

Series = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scrape(worker: RunningWorker) -> Series:
    """Every series of a worker's page, by name and labels."""
    with urllib.request.urlopen(f"{worker.web}/metrics", timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        text = answer.read().decode()
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def total(series: Series, name: str, **labels: str) -> float:
    """The sum over all series of a name that have these labels."""
    wanted = set(labels.items())
    return sum(value for (each, has), value in series.items() if each == name and wanted <= has)


async def test_a_crawl_is_counted(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=2, log_level="DEBUG", window_pages=4, link="on")
    pages = list(sample_crawl())
    await create_topics(deployment.settings)
    with running_worker(deployment) as worker:
        await feed(deployment, map(sample_page, pages))
        outcomes = await read_outcomes(deployment, len(pages))
        series = settled(worker, len(pages))
        worker.stop()
        events = await read_all(deployment, [Topic.ARTICLES])
        log = worker.log.read_text().splitlines()
    names = {name for name, _ in series}
    for used, expression in OF_WORKERS.items():
        assert metrics_of(expression) - {"up"} <= names, used
    kinds = Counter(record.topic for record in outcomes)
    for topic, outcome in ((Topic.REJECTED, "rejected"), (Topic.FAILED, "failed")):
        assert total(series, "copydesk_pages_total", outcome=outcome) == kinds[topic]
    unchanged = sum(record.reason == "unchanged" for record in outcomes)
    assert unchanged == total(series, "copydesk_pages_total", reason="unchanged") > 0
    articles = kinds[Topic.ARTICLES]
    assert total(series, "copydesk_pages_total", outcome="event") == articles
    assert total(series, "copydesk_agency_articles_total") == articles
    assert total(series, "copydesk_articles_extracted_total") == articles + unchanged
    assert total(series, "copydesk_events_total") == len(events)
    assert total(series, "copydesk_agency_articles_total", agency="ap") > 0
    assert 0 < total(series, "copydesk_stories_begun_total") < articles
    assert total(series, "copydesk_stage_seconds_count", stage="read") == len(pages)
    assert total(series, "copydesk_stage_seconds_count", stage="place") == articles + unchanged
    assert total(series, "copydesk_input_age_seconds_count", stage="read") == len(pages)
    assert total(series, "copydesk_candidate_articles_count") == articles
    assert total(series, "copydesk_verifications_sum") > 0
    assert total(series, "copydesk_window_articles", shard="0") > 0
    assert total(series, "copydesk_window_age_seconds", shard="0") > 0
    assert total(series, "copydesk_ready") == total(series, "copydesk_shard_ready") == 1
    assert total(series, "copydesk_in_flight_pages") == 0
    assert total(series, "copydesk_in_flight_bytes") == 0
    assert len(series) < 800
    uris = {record.json["uri"] for record in outcomes if record.topic is Topic.ARTICLES}
    lines_are_of_articles(log, uris)


def settled(worker: RunningWorker, pages: int) -> Series:
    """The page once the last outcome that the broker has is counted too, and the lag was asked."""
    deadline = time.monotonic() + PATIENCE
    while True:
        series = scrape(worker)
        if (
            total(series, "copydesk_pages_total") == pages
            and total(series, "copydesk_in_flight_pages") == 0
            and total(series, "copydesk_stage_seconds_count", stage="read") == pages
            and any(name == "copydesk_lag_records" for name, _ in series)
        ):
            return series
        assert time.monotonic() < deadline, "not every page was counted"
        time.sleep(0.1)


def lines_are_of_articles(log: list[str], uris: set[str]) -> None:
    """Each line is JSON, and each article has its line."""
    rows = [json.loads(line) for line in log]
    assert all({"time", "level", "logger", "message"} <= set(row) for row in rows)
    told = {row["uri"] for row in rows if row["message"].startswith("article ")}
    assert told >= uris
