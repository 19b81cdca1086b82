"""Whatever stands in `pages.raw`, it gets an outcome with a reason, and the worker goes on."""

import gzip
import os
import signal

import pytest

from service.contract.outcome import ATTEMPTS, ERROR_PREFIX, FailureReason, RejectionReason
from service.contract.record import Topic
from service.worker.kafka.topics import create_topics
from tests.worker.conftest import Deploy
from tests.worker.feeding import CRAWLED_AT, Fed, feed, html_page
from tests.worker.heavy_pages import good_page, slow_page
from tests.worker.processes import busiest_child
from tests.worker.running_worker import running_worker
from tests.worker.topics_reader import Seen, read_all, read_outcomes

pytestmark = pytest.mark.stream


def url(name: str) -> str:
    return f"https://{name}.example/a"


def key(name: str) -> bytes:
    return url(name).encode()


FAILING = {
    FailureReason.UNDECODABLE: Fed(key("cut"), b'{"url": "https://cut.example/a", "text": '),
    FailureReason.NULL_VALUE: Fed(key("null"), None, (("url", key("null")),)),
    FailureReason.NO_URL: Fed(b"\xff no address", good_page(), (("status", b"200"),)),
    FailureReason.BAD_HEADER: Fed(
        key("header"),
        good_page(),
        (("url", b"https://\xff.example/"), ("x-twice", b"1"), ("x-twice", b"\xfe"), ("x", None)),
    ),
    FailureReason.BAD_ENCODING: html_page(
        url("garbage"), b"\x1f\x8b\x08 no gzip at all", ("content-encoding", b"gzip")
    ),
    FailureReason.BODY_REF_REFUSED: Fed(
        key("ref"), b'{"url": "https://ref.example/a", "body_ref": "file:///etc/hostname"}'
    ),
}
REJECTED = {
    RejectionReason.TOO_LARGE: html_page(url("large"), b"<p>" + b"x" * 30 * 1024 * 1024),
    RejectionReason.TOO_COMPLEX: html_page(url("complex"), b"<p>" + b"<b>x</b>" * 30_000),
    RejectionReason.NO_BODY: html_page(url("empty"), b""),
    RejectionReason.OTHER_MESSAGE: Fed(None, b'{"type": "add_seeds", "seeds": []}'),
}
BOMB = html_page(url("bomb"), gzip.compress(bytes(2**28)), ("content-encoding", b"gzip"))


async def test_each_kind_of_bad_input_has_its_outcome(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1)
    await create_topics(deployment.settings)
    bad = [*FAILING.values(), *REJECTED.values(), BOMB]
    fed = [record for number, each in enumerate(bad) for record in (each, good(number))]
    await feed(deployment, fed)
    with running_worker(deployment) as worker:
        await read_outcomes(deployment, len(fed))
        worker.stop()
    seen = await read_all(deployment)
    failed = {record.reason: record for record in seen if record.topic is Topic.FAILED}
    assert set(failed) == {str(reason) for reason in FAILING}
    for reason, sent in FAILING.items():
        check_dead_letter(failed[reason], sent, offset=fed.index(sent))
    rejected = sorted(str(record.reason) for record in seen if record.topic is Topic.REJECTED)
    assert rejected == sorted([*map(str, REJECTED), "too_large"])
    published = {record.url for record in seen if record.topic is Topic.ARTICLES}
    assert published == {url(f"good-{number}") for number in range(len(bad))}


def good(number: int) -> Fed:
    return html_page(url(f"good-{number}"), good_page(number))


def check_dead_letter(letter: Seen, sent: Fed, offset: int) -> None:
    """It is what was sent, byte for byte, and says where that stood and what was wrong."""
    assert (letter.key, letter.value) == (sent.key, sent.value)
    assert letter.headers[: len(sent.headers)] == sent.headers
    assert letter.timestamp == CRAWLED_AT
    assert letter.source == (0, offset)
    assert (
        letter.header(
            ERROR_PREFIX + "topic",
        )
        is not None
    )
    assert letter.header(ERROR_PREFIX + "exception.message")
    assert letter.header(ATTEMPTS) == "1"


async def test_a_page_that_kills_its_child(deploy: Deploy) -> None:
    deployment = deploy(raw_partitions=1)
    await create_topics(deployment.settings)
    heavy = html_page(url("heavy"), slow_page())
    with running_worker(deployment) as worker:
        await feed(deployment, [heavy])
        os.kill(busiest_child(worker.pid), signal.SIGKILL)
        await feed(deployment, [good(0)])
        failed, published = await read_outcomes(deployment, 2)
        worker.stop()
    assert (failed.topic, failed.reason) == (Topic.FAILED, FailureReason.CRASHED)
    assert failed.value == heavy.value
    assert published.url == url("good-0")
