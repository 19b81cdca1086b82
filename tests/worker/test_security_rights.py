"""The rights that `deploy/SECURITY.md` lists suffice, and a missing one is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.contract.record import Topic
from service.worker.health import exit
from service.worker.kafka.topics import create_topics, topic_name
from tests.cli.running import copydesk
from tests.worker.feeding import Fed, feed, html_page
from tests.worker.guarded import USER, GuardedKafka, guarded_kafka, rights_of
from tests.worker.heavy_pages import good_page
from tests.worker.running_worker import RunningWorker, running_worker
from tests.worker.topics_reader import OUTCOMES, read_all, read_outcomes

pytestmark = [pytest.mark.kafka, pytest.mark.usefixtures("kafka_jars")]

CUT = Fed(b"cut", b'{"url": "https://cut.example/a", "te')


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory, kafka_jars: None) -> Iterator[GuardedKafka]:
    yield from guarded_kafka(tmp_path_factory.mktemp("guarded"))


async def test_the_listed_rights_suffice_for_each_command(
    kafka: GuardedKafka, tmp_path: Path
) -> None:
    deployment = kafka.deployment(tmp_path, "SASL_PLAINTEXT")
    outside = kafka.open_view(deployment)
    await create_topics(outside.settings)
    page = tmp_path / "page.html"
    page.write_bytes(good_page(1))

    def run(*words: str) -> str:
        done = copydesk(*words, settings=deployment.environment())
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    await kafka.allow(USER, rights_of("feed", deployment))
    assert "1 pages written" in run("feed", str(page))
    waiting = copydesk("feed", str(page), "--wait", settings=deployment.environment())
    assert waiting.returncode == 1
    assert "not there, or not readable" in waiting.stderr
    outputs = [topic_name(topic, outside.settings) for topic in OUTCOMES]
    seen = [("Topic", name, "Describe") for name in outputs]
    await kafka.allow(USER, [*rights_of("feed", deployment), *seen])
    assert "1 pages written" in run("feed", str(page)), "outcomes are seen, and may not be read"
    await kafka.allow(USER, rights_of("worker", deployment))
    await feed(outside, [CUT])
    with running_worker(deployment) as worker:
        await read_outcomes(outside, 3)
        worker.stop()
    await kafka.allow(USER, rights_of("tail", deployment))
    assert run("tail", "--from-beginning", "-n", "1")
    await kafka.allow(USER, rights_of("replay", deployment))
    assert "1 pages put back" in run("replay")
    await kafka.allow(USER, rights_of("backup", deployment))
    assert "1 articles in 1 stories" in run("backup", str(tmp_path / "state.backup"))
    await kafka.allow(USER, rights_of("withdraw", deployment))
    (event,) = [each for each in await read_all(outside) if each.topic is Topic.ARTICLES]
    decision = ("withdraw", event.json["uri"], "--why", "The desk checked.", "--wait", "1")
    assert "1 articles would be taken down" in run(*decision, "--dry-run")
    sent = copydesk(*decision, settings=deployment.environment())
    assert "sent, but there is no outcome after 1 s" in sent.stderr  # no worker runs


async def test_a_topic_that_may_not_be_written_ends_the_worker_and_loses_nothing(
    kafka: GuardedKafka, tmp_path: Path
) -> None:
    deployment = kafka.deployment(tmp_path, "SASL_PLAINTEXT")
    outside = kafka.open_view(deployment)
    await create_topics(outside.settings)
    failed = topic_name(Topic.FAILED, deployment.settings)
    rights = rights_of("worker", deployment)
    await kafka.allow(USER, [each for each in rights if each[1] != failed])
    # It may see the topic, or it would ask for its creation.
    await kafka.allow(USER, [("Topic", failed, "Describe")])
    good = html_page("https://good.example/a", good_page())
    await feed(outside, [CUT, good])
    with RunningWorker(deployment) as worker:
        worker.launch()
        assert worker.wait(90.0) == exit.EXIT_CODE
        assert failed in worker.log_tail()
        assert "uthoriz" in worker.log_tail()
    assert not [each for each in await read_all(outside) if each.topic is Topic.FAILED]
    await kafka.allow(USER, rights)
    with running_worker(deployment) as worker:
        await read_outcomes(outside, 2)
        worker.stop()


async def test_a_group_that_may_not_be_joined_is_named(kafka: GuardedKafka, tmp_path: Path) -> None:
    deployment = kafka.deployment(tmp_path, "SASL_PLAINTEXT")
    await create_topics(kafka.open_view(deployment).settings)
    rights = [each for each in rights_of("worker", deployment) if each[0] != "Group"]
    await kafka.allow(USER, rights)
    run = copydesk("worker", settings=deployment.environment())
    assert run.returncode == 1
    assert f"group {deployment.name}: not authorized" in run.stderr
