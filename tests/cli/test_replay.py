"""`copydesk replay` puts dead letters back, and does no harm when repeated."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest
from aiokafka import AIOKafkaProducer
from click.testing import CliRunner, Result

from service.cli.replay import command
from service.contract.extracted import SourcePosition
from service.contract.outcome import ATTEMPTS, ERROR_PREFIX, FailureReason, failure_record
from service.contract.record import Headers, InputMessage, Topic
from service.worker.kafka.producers import make_producer, send_all
from service.worker.kafka.topics import create_topics, topic_name
from tests.brokers.plugin import Broker
from tests.cli.running import copydesk
from tests.worker.deployment import Deployment
from tests.worker.feeding import CRAWLED_AT, Fed, feed, html_page
from tests.worker.heavy_pages import good_page, slow_page
from tests.worker.repeats import repeats_of
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import Seen, read_all, read_outcomes

pytestmark = pytest.mark.stream

CUT = [Fed(b"cut-%d" % n, b'{"url": "https://cut.example/%d", "te' % n) for n in range(3)]
NULL = Fed(b"null", None, (("url", b"https://null.example/a"), ("x", b"\xff"), ("x", b"2")))
SLOW = html_page("https://slow.example/a", slow_page(), ("fetched-at", b"2026-03-09T14:02:11Z"))


async def replay(deployment: Deployment, *words: str) -> Result:
    """Run the command in this process: a child process takes seconds to start."""
    run = await asyncio.to_thread(CliRunner().invoke, command, words, env=deployment.environment())
    assert run.exit_code == 0, run.output
    return run


async def work(deployment: Deployment, outcomes: int, **settings: str) -> list[Seen]:
    """Run a worker until there are this many outcomes in total."""
    as_set = Deployment(
        deployment.broker, deployment.folder, {**deployment.more, **settings}, deployment.name
    )
    with running_worker(as_set) as worker:
        await read_outcomes(as_set, outcomes)
        worker.stop()
    return await read_all(as_set)


@pytest.fixture
async def deployment(broker: Broker, tmp_path: Path) -> Deployment:
    """A deployment with all topics."""
    made = Deployment(broker, tmp_path, {"raw_partitions": "2"})
    await create_topics(made.settings)
    return made


@pytest.fixture
async def failing(deployment: Deployment) -> Deployment:
    """A deployment with three cut messages, a null value and a slow page on `pages.failed`."""
    why = dict.fromkeys(CUT, ("decode", FailureReason.UNDECODABLE))
    why |= {NULL: ("decode", FailureReason.NULL_VALUE), SLOW: ("read", FailureReason.TIMEOUT)}
    letters = [
        failure_record(
            InputMessage(
                sent.key,
                sent.value,
                cast(Headers, sent.headers),
                sent.timestamp,
                SourcePosition(topic="pages.raw", partition=0, offset=offset),
            ),
            stage=stage,
            reason=reason,
            error="Error",
            detail="as it was",
        )
        for offset, (sent, (stage, reason)) in enumerate(why.items())
    ]
    producer = make_producer(deployment.settings)
    await producer.start()
    await send_all(producer, letters, deployment.settings)
    await producer.stop()
    return deployment


async def raw(deployment: Deployment) -> Sequence[Seen]:
    """The records that were put back."""
    seen = await read_all(deployment, [Topic.RAW])
    return [each for each in seen if each.header(ATTEMPTS) is not None]


@pytest.mark.kafka
async def test_a_page_that_failed_gives_one_event_however_often_it_is_put_back(
    deployment: Deployment,
) -> None:
    await feed(deployment, [SLOW, html_page("https://good.example/a", good_page())])
    await work(deployment, 2, page_seconds="0.5")
    run = await replay(deployment, "--reason", "timeout")
    assert "https://slow.example/a" in run.stdout
    assert "1 pages put back: 1 timeout" in run.stderr
    first = await work(deployment, 3)
    await replay(deployment, "--reason", "timeout")
    await replay(deployment, "--reason", "timeout")
    seen = await work(deployment, 5)
    articles = [each for each in seen if each.topic is Topic.ARTICLES]
    assert Counter(each.url for each in articles) == {
        "https://slow.example/a": 1,
        "https://good.example/a": 1,
    }
    assert {each.id for each in articles} == {
        each.id for each in first if each.topic is Topic.ARTICLES
    }
    again = [each for each in seen if each.topic is Topic.REJECTED]
    assert [each.reason for each in again] == ["unchanged", "unchanged"]
    assert len(repeats_of(again)) == 1


async def test_what_is_put_back_is_what_was_sent(failing: Deployment) -> None:
    await replay(failing)
    back = {each.key: each for each in await raw(failing)}
    assert set(back) == {each.key for each in [*CUT, NULL, SLOW]}
    for sent in [*CUT, NULL, SLOW]:
        each = back[sent.key]
        assert (each.value, each.timestamp) == (sent.value, CRAWLED_AT)
        assert each.headers == (*sent.headers, (ATTEMPTS, b"1"))
        assert not any(name.startswith(ERROR_PREFIX) for name, _ in each.headers)


@pytest.mark.kafka
async def test_a_page_that_fails_again_has_one_more_letter_and_goes_back_once(
    deployment: Deployment,
) -> None:
    await feed(deployment, CUT)
    await work(deployment, len(CUT))
    for tried in (1, 2):
        run = await replay(deployment, "--reason", "undecodable")
        assert run.stdout.count(f"attempt {tried} ") == len(CUT)
        assert f"{len(CUT)} pages put back" in run.stderr
        seen = await work(deployment, len(CUT) + tried * len(CUT))
    letters = Counter(each.key for each in seen if each.topic is Topic.FAILED)
    assert {letters[each.key] for each in CUT} == {3}


async def test_a_dry_run_puts_nothing_back(failing: Deployment) -> None:
    run = await replay(failing, "--dry-run")
    assert len(run.stdout.splitlines()) == 5
    assert "5 pages would be put back" in run.stderr
    assert not await raw(failing)


async def test_letters_are_selected(failing: Deployment) -> None:
    async def keys(*words: str) -> list[str]:
        run = await replay(failing, "--dry-run", *words)
        return sorted(line.split("  ")[4] for line in run.stdout.splitlines())

    cut = ["cut-0", "cut-1", "cut-2"]
    assert await keys("--stage", "decode") == [*cut, "null"]
    assert await keys("--reason", "null_value", "--reason", "timeout") == [
        "https://slow.example/a",
        "null",
    ]
    assert await keys("--stage", "read", "--reason", "undecodable") == []
    assert len(await keys("--limit", "2")) == 2
    assert await keys("--until", "2020-01-01T00:00:00Z") == []
    assert len(await keys("--since", "1d")) == 5
    assert await keys("--until", "1d") == []
    letters = [each for each in await read_all(failing) if each.topic is Topic.FAILED]
    for letter in letters:
        assert letter.key is not None
        assert await keys("--offsets", f"{letter.partition}:{letter.offset}") == [
            letter.key.decode()
        ]
    assert len(await keys(*(f"--offsets={n}:" for n in range(4)))) == 5
    assert await keys("--offsets", "0:1000-") == []


async def test_a_rate_is_kept(failing: Deployment) -> None:
    begun = time.monotonic()
    await replay(failing, "--rate", "2", "--limit", "4")
    # The first goes at once, each of the other three half a second after the one before.
    assert time.monotonic() - begun > 1.5
    assert len(await raw(failing)) == 4


def test_no_broker_is_exit_code_1() -> None:
    run = copydesk("replay", settings={"COPYDESK_BROKERS": "127.0.0.1:1"})
    assert run.returncode == 1
    assert "127.0.0.1:1" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    "words",
    [["--since", "yesterday"], ["--offsets", "3"], ["--offsets", "3:9-4"], ["--reason", "bad"]],
)
def test_bad_options_are_exit_code_2(words: list[str]) -> None:
    run = copydesk("replay", *words)
    assert run.returncode == 2
    assert words[1] in run.stderr


async def test_articles_that_fold_failed_at_are_put_back_for_fold(deployment: Deployment) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=deployment.broker.bootstrap)
    await producer.start()
    name = topic_name(Topic.EXTRACTED, deployment.settings)
    await producer.send_and_wait(name, b"no article", b"k", partition=0)
    await producer.stop()
    await work(deployment, 1)
    run = await replay(deployment, "--stage", "fold")
    assert "1 pages put back: 1 undecodable" in run.stderr
    letters = await work(deployment, 2)
    assert [each.header(ATTEMPTS) for each in letters] == ["1", "2"]
    assert {(each.key, each.value) for each in letters} == {(b"k", b"no article")}
    assert not await raw(deployment)
