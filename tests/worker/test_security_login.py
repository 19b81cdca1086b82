"""A worker at an Apache Kafka that asks who comes: let in by each way, or ended with a word."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.contract.record import Topic
from service.worker.kafka.topics import create_topics
from tests.cli.running import copydesk
from tests.worker.certificates import Authority
from tests.worker.deployment import Deployment
from tests.worker.feeding import feed, html_page
from tests.worker.guarded import PASSWORD, USER, GuardedKafka, guarded_kafka, rights_of
from tests.worker.heavy_pages import good_page
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import read_outcomes

pytestmark = [pytest.mark.kafka, pytest.mark.usefixtures("kafka_jars")]

MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory, kafka_jars: None) -> Iterator[GuardedKafka]:
    yield from guarded_kafka(tmp_path_factory.mktemp("guarded"))


@pytest.mark.parametrize(
    ("protocol", "mechanism"),
    [
        ("SSL", None),
        *(("SASL_SSL", each) for each in MECHANISMS),
        ("SASL_PLAINTEXT", "SCRAM-SHA-512"),
    ],
)
async def test_a_worker_works_from_end_to_end(
    kafka: GuardedKafka, tmp_path: Path, protocol: str, mechanism: str | None
) -> None:
    more = {"sasl_mechanism": mechanism} if mechanism else {}
    deployment = kafka.deployment(tmp_path, protocol, log_level="DEBUG", **more)
    outside = kafka.open_view(deployment)
    await create_topics(outside.settings)
    who = f"CN={USER}" if protocol == "SSL" else USER
    await kafka.allow(who, rights_of("worker", deployment))
    await feed(outside, [html_page(f"https://{n}.example/a", good_page(n)) for n in range(10)])
    with running_worker(deployment) as worker:
        outcomes = await read_outcomes(outside, 10)
        worker.stop()
        log = worker.log.read_text()
    assert {each.topic for each in outcomes} == {Topic.ARTICLES}
    assert "DEBUG" in log
    check_no_secret(log, kafka)


def check_no_secret(text: str, kafka: GuardedKafka) -> None:
    assert PASSWORD not in text
    for line in kafka.client.key.read_text().splitlines()[1:-1]:
        assert line not in text


def refused(deployment: Deployment, command: str = "worker", **settings: str) -> str:
    """What a command says that is not let in; with exit code 1 and no traceback."""
    environment = {f"COPYDESK_{key.upper()}": value for key, value in settings.items()}
    run = copydesk(command, settings=deployment.environment() | environment, timeout=60.0)
    said = run.stdout + run.stderr
    assert run.returncode == 1, said
    assert "Traceback" not in said
    assert PASSWORD not in said
    return said


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_a_wrong_password(kafka: GuardedKafka, tmp_path: Path, mechanism: str) -> None:
    deployment = kafka.deployment(tmp_path, "SASL_SSL", sasl_mechanism=mechanism)
    said = refused(deployment, sasl_password="Wrong-" + PASSWORD[::-1])
    assert "no broker at 127.0.0.1" in said
    assert "uthentication" in said
    assert PASSWORD[::-1] not in said


def test_a_broker_that_nobody_vouches_for(kafka: GuardedKafka, tmp_path: Path) -> None:
    stranger = Authority(tmp_path, "stranger")
    deployment = kafka.deployment(tmp_path, "SASL_SSL")
    said = refused(deployment, ssl_cafile=str(stranger.file))
    assert "certificate" in said.lower()


def test_a_client_without_a_certificate(kafka: GuardedKafka, tmp_path: Path) -> None:
    deployment = kafka.deployment(tmp_path, "SSL", ssl_certfile="", ssl_keyfile="")
    more = {key: value for key, value in deployment.more.items() if not key.startswith("ssl_cert")}
    del more["ssl_keyfile"]
    said = refused(Deployment(deployment.broker, tmp_path, more, deployment.name))
    assert "127.0.0.1" in said


def test_a_certificate_of_a_stranger(kafka: GuardedKafka, tmp_path: Path) -> None:
    stranger = Authority(tmp_path, "stranger").issue(USER)
    deployment = kafka.deployment(tmp_path, "SSL")
    said = refused(
        deployment, ssl_certfile=str(stranger.certificate), ssl_keyfile=str(stranger.key)
    )
    assert "127.0.0.1" in said


def test_an_open_client_at_a_guarded_door(kafka: GuardedKafka, tmp_path: Path) -> None:
    deployment = kafka.deployment(tmp_path, "SASL_SSL")
    said = refused(deployment, security_protocol="PLAINTEXT")
    assert "127.0.0.1" in said
