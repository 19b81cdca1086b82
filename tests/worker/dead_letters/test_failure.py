"""Who caused a failure, and whose input it was."""

import json

import pytest

from service.contract.extracted import SourcePosition
from service.contract.outcome import REFUSALS, FailureReason, failure_record
from service.contract.record import InputMessage, Record, Topic
from service.worker.dead_letters.failure import Cause, Failure, failure_of
from tests.contract.messages import message

HTML = b"<p>a page"


def letter(
    value: bytes = HTML,
    *,
    url: bytes | None = None,
    key: bytes | None = None,
    reason: FailureReason = FailureReason.TIMEOUT,
) -> Failure:
    headers = () if url is None else (("url", url),)
    record = failure_record(
        message(value, headers, key=key), stage="read", reason=reason, error="Error", detail=""
    )
    failure = failure_of(record)
    assert failure is not None
    return failure


def test_other_records_are_no_failures() -> None:
    assert failure_of(Record(Topic.REJECTED, None, b"")) is None


@pytest.mark.parametrize("reason", sorted(set(FailureReason) - REFUSALS))
def test_every_reason_has_a_cause(reason: FailureReason) -> None:
    ours = {"null_value", "undecodable", "body_ref_refused", "error"}
    assert letter(reason=reason).cause is (Cause.OURS if reason.value in ours else Cause.PAGE)


URL = b"https://www.News.example.co.uk:8443/a?b=http://other.example"


@pytest.mark.parametrize(
    "failure",
    [
        letter(url=URL),
        letter(key=URL),
        letter(url=b"", key=URL),
        letter(json.dumps({"url": URL.decode(), "html": "<p>"}).encode()),
        letter(json.dumps({"html": '"url": "https://x.example/"', "url": URL.decode()}).encode()),
        letter(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <" + URL + b">\r\n\r\n<p>"),
        letter(b'{"url": "' + URL + b'", "te', reason=FailureReason.UNDECODABLE),
    ],
)
def test_the_domain_of_an_address(failure: Failure) -> None:
    assert failure.domain == "example.co.uk"


@pytest.mark.parametrize(
    "url", [None, b"", b"k17", b"https:///a", b"https://[::1/", b"ftp://a.example/", b"\xff\xfe"]
)
def test_no_address(url: bytes | None) -> None:
    assert letter(url=url, key=url).domain is None


def test_owners_under_one_suffix_are_apart() -> None:
    assert letter(url=b"https://alice.github.io/").domain == "alice.github.io"


def test_a_refused_decision_is_no_fault() -> None:
    given = InputMessage(
        None, None, (), None, SourcePosition(topic="articles.extracted", partition=0, offset=0)
    )
    for reason in FailureReason:
        letter = failure_record(given, stage="fold", reason=reason, error="E", detail="d")
        assert (failure_of(letter) is None) is (reason in REFUSALS)
