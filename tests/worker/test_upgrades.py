"""A worker of this version on what an earlier one left behind, and on what a later one did."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer

from service.contract.cloud_event import CONTRACT_VERSION, EXTRACTED_SCHEMA, schema_id
from service.contract.fold_state import ARTICLE_PREFIX, STATE_VERSION
from service.contract.record import Topic
from service.worker.health import exit
from service.worker.kafka.topics import create_topics, topic_name
from tests.worker.conftest import Deploy
from tests.worker.dead_letters.test_halt_worker import HALTED, ask, resume
from tests.worker.deployment import Deployment
from tests.worker.running_worker import RunningWorker, running_worker
from tests.worker.topics_reader import read_all, read_outcomes

pytestmark = pytest.mark.stream

FIXTURES = Path(__file__).parent / "fixtures"
EARLIER = "v0.1.0"
"""Fifty pages of the sample crawl, as that version wrote them to `articles.extracted` and kept them
in `fold.state`."""

Rows = list[dict[str, Any]]
Headers = list[tuple[str, bytes]]


def left_behind(what: str) -> Rows:
    with gzip.open(FIXTURES / f"{EARLIER}-{what}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


async def write(
    deployment: Deployment, topic: Topic, rows: Rows, headers: Headers | None = None
) -> None:
    """Write records to partition 0 of a topic."""
    producer = AIOKafkaProducer(bootstrap_servers=deployment.broker.bootstrap, acks="all")
    await producer.start()
    name = topic_name(topic, deployment.settings)
    try:
        for row in rows:
            value = None if row["value"] is None else json.dumps(row["value"]).encode()
            key = row["key"].encode()
            await producer.send_and_wait(name, value, key, partition=0, headers=headers or [])
    finally:
        await producer.stop()


async def test_the_memory_of_an_earlier_version_is_read_without_loss(
    deployment: Deployment,
) -> None:
    state = left_behind("state")
    held = {row["key"]: row["value"] for row in state if row["key"].startswith(ARTICLE_PREFIX)}
    versions = {uri: value["content_hash"] for uri, value in held.items() if value is not None}
    known = [
        row
        for row in left_behind("extracted")
        if versions.get(ARTICLE_PREFIX + row["key"]) == row["value"]["article"]["content_hash"]
    ]
    assert len(known) == len(versions) >= 40
    for row in known:
        # Crawled again: from another place than the one that the memory has seen.
        row["value"]["source"]["offset"] += 100_000
    await write(deployment, Topic.FOLD_STATE, state)
    await write(deployment, Topic.EXTRACTED, known)
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, len(known))
        worker.stop()
        log = worker.log.read_text()
    assert f"holds {len(versions)} articles" in log
    seen = await read_all(deployment)
    assert {each.reason for each in seen} == {"unchanged"}
    assert len(seen) == len(known)


async def test_the_memory_of_a_later_version_is_refused_and_left_alone(
    deployment: Deployment,
) -> None:
    rows = left_behind("state")[:2]
    rows[1]["value"]["state_version"] = STATE_VERSION + 1
    await write(deployment, Topic.FOLD_STATE, rows)
    await write(deployment, Topic.EXTRACTED, left_behind("extracted")[:1])
    with RunningWorker(deployment) as worker:
        worker.launch().wait_for_line(HALTED)
        status, answer = ask(worker, "/readyz")
        assert status == 503
        assert "shard 0 cannot be loaded" in json.loads(answer)["halted"]["fold"]
        assert ask(worker, "/livez")[0] == 200
        resume(worker)
        worker.wait_for_lines(HALTED, 2)
        said = worker.log_tail()
        worker.stop()
    assert f"state version {STATE_VERSION + 1}, written by a later copydesk" in said
    assert "run that version again" in said
    assert "Traceback" not in said
    assert not await read_all(deployment)


async def test_an_article_of_a_later_version_is_left_to_later_workers(
    deployment: Deployment,
) -> None:
    earlier, later, *more = left_behind("extracted")[:4]
    schema = schema_id("extracted", CONTRACT_VERSION + 1).encode()
    with RunningWorker(deployment) as worker:
        worker.start()
        await write(deployment, Topic.EXTRACTED, [earlier])
        await read_outcomes(deployment, 1)
        await write(deployment, Topic.EXTRACTED, [later], [(EXTRACTED_SCHEMA, schema)])
        await write(deployment, Topic.EXTRACTED, more)
        worker.wait_for_line(HALTED)
        assert ask(worker, "/livez")[0] == 200
        assert ask(worker, "/readyz")[0] == 503
        shown = ask(worker, "/metrics")[1]
        assert 'copydesk_halted{reason="newer_version",stage="fold"} 1.0' in shown
        resume(worker)
        worker.wait_for_lines(HALTED, 2)
        said = worker.log_tail()
        worker.stop()
        worker.launch().wait_for_lines(HALTED, 3)
        worker.stop()
    assert "was written by a later copydesk" in said
    assert "bring every worker to that later version" in said
    assert len(await read_all(deployment)) == 1


async def test_records_of_a_later_version_end_the_worker_if_the_operator_wants_that(
    deploy: Deploy,
) -> None:
    deployment = deploy(on_failures="exit")
    await create_topics(deployment.settings)
    earlier, later = left_behind("extracted")[:2]
    schema = schema_id("extracted", CONTRACT_VERSION + 1).encode()
    await write(deployment, Topic.EXTRACTED, [earlier])
    await write(deployment, Topic.EXTRACTED, [later], [(EXTRACTED_SCHEMA, schema)])
    with RunningWorker(deployment) as worker:
        worker.launch()
        assert worker.wait(90.0) == exit.UNREADABLE
        assert "Traceback" not in worker.log_tail()
    assert len(await read_all(deployment)) == 1


async def test_every_record_that_is_written_states_its_version(deployment: Deployment) -> None:
    await write(deployment, Topic.EXTRACTED, left_behind("extracted")[:5])
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, 5)
        worker.stop()
    written = (Topic.ARTICLES, Topic.STORIES, Topic.REJECTED)
    for record in await read_all(deployment, written):
        stated = record.header("ce_dataschema")
        assert stated is not None
        assert stated.startswith("urn:copydesk:schema:")
    for record in await read_all(deployment, [Topic.FOLD_STATE]):
        if record.key is not None and not record.key.startswith(b"marker/"):
            assert record.json["state_version"] == STATE_VERSION
