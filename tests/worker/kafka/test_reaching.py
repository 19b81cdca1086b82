"""Errors of brokers are one line with a reason, the same from every command."""

import pytest
from aiokafka.errors import KafkaConnectionError, KafkaError, UnknownTopicOrPartitionError

from service.settings import Settings
from service.worker.kafka.output_topics import make_consumer
from service.worker.kafka.producers import make_producer
from service.worker.kafka.reaching import NoBroker, broker_failure, error_words, start
from tests.cli.running import copydesk

NOBODY = "127.0.0.1:1"
SETTINGS = Settings(brokers=NOBODY)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TimeoutError(), "no answer in time (TimeoutError)"),
        (OSError(), "OSError"),
        (ValueError(" "), "ValueError"),
        (KafkaError(), "KafkaError"),
        (OSError("gone"), "gone"),
    ],
)
def test_an_error_without_text_is_named_by_its_kind(error: Exception, words: str) -> None:
    assert error_words(error) == words
    assert broker_failure(error, SETTINGS) == f"{NOBODY}: {words}"


def test_a_connection_that_fails_later_is_worded_as_one_at_the_start() -> None:
    error = KafkaConnectionError("lost")
    assert broker_failure(error, SETTINGS).startswith(f"no broker at {NOBODY}: ")
    assert broker_failure(NoBroker("no broker at x: y"), SETTINGS) == "no broker at x: y"


class Refusing:
    """A client whose start fails."""

    def __init__(self, error: Exception) -> None:
        self.error, self.stopped = error, False

    async def start(self) -> None:
        raise self.error

    async def stop(self) -> None:
        self.stopped = True


async def test_a_client_that_cannot_be_started_is_stopped() -> None:
    for error, kind in (
        (TimeoutError(), NoBroker),
        (UnknownTopicOrPartitionError("articles"), UnknownTopicOrPartitionError),
    ):
        client = Refusing(error)
        with pytest.raises(kind):
            await start(client, SETTINGS)
        assert client.stopped


async def test_clients_say_why_no_broker_is_reached() -> None:
    consumer = make_consumer(["articles"], SETTINGS, from_beginning=True)
    for client in (consumer, make_producer(SETTINGS)):
        with pytest.raises(NoBroker, match=r"^no broker at 127\.0\.0\.1:1: .*Errno"):
            await start(client, SETTINGS)


@pytest.mark.parametrize(
    "words",
    [
        ("topics",),
        ("tail",),
        ("replay", "--dry-run"),
        ("explain", "http://a.example/", "http://b.example/", "--brokers"),
    ],
    ids=lambda words: words[0],
)
def test_commands_say_the_same(words: tuple[str, ...]) -> None:
    run = copydesk(*words, settings={"COPYDESK_BROKERS": NOBODY})
    assert run.returncode == 1
    *_, last = run.stderr.splitlines()
    assert last.startswith(f"Error: no broker at {NOBODY}: Unable connect")
    assert "Unclosed" not in run.stderr
