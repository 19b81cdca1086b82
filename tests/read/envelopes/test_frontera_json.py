"""Messages as both generations of frontera's JSON codec write them."""

import json
from base64 import b64encode
from typing import Any

import pytest

from service.contract.outcome import FailureReason, RejectionReason
from service.contract.record import InputMessage
from service.read.envelopes import decode
from tests.contract.messages import json_message, message, outcome

HTML = b"<html><p>The bridge reopened.</p></html>"
RESPONSE = {
    "url": "https://gazette.example/a",
    "status_code": 200,
    "meta": {"fingerprint": "cafe", "domain": {"name": "gazette.example"}},
    "body": b64encode(HTML).decode(),
}


def older(kind: str = "page_crawled", **response: Any) -> InputMessage:
    return json_message({"type": kind, "r": {**RESPONSE, **response}, "links": []})


def newer(kind: str = "page_crawled", **response: Any) -> InputMessage:
    given = {**RESPONSE, **response}
    if isinstance(given["body"], str):
        given["body"] = given["body"].encode()
    return json_message(tagged({"type": kind, "r": given}))


def tagged(value: Any) -> list[Any]:
    if isinstance(value, bytes):
        return ["bytes", value.decode()]
    if isinstance(value, dict):
        return ["dict", [[tagged(name), tagged(one)] for name, one in value.items()]]
    if isinstance(value, list | tuple):
        return [type(value).__name__, [tagged(one) for one in value]]
    return ["other", value]


@pytest.mark.parametrize("given", [older(), newer(), newer(meta={b"scrapy": (1, [2])})])
def test_a_crawled_page(given: InputMessage) -> None:
    page = decode(given)
    assert page.url == "https://gazette.example/a"
    assert page.body == HTML
    assert page.status == 200
    assert page.fetched_at is not None
    assert page.fetched_at.isoformat() == "2024-05-14T09:30:00.250000+00:00"


@pytest.mark.parametrize("write", [older, newer])
@pytest.mark.parametrize(
    "kind",
    [
        "add_seeds",
        "links_extracted",
        "request_error",
        "update_score",
        "new_job_id",
        "offset",
        "stats",
    ],
)
def test_other_messages_are_skipped(write: Any, kind: str) -> None:
    reason, detail = outcome(write(kind))
    assert reason == RejectionReason.OTHER_MESSAGE
    assert kind in detail


@pytest.mark.parametrize("given", [older(body=None), newer(body=None), older(body="")])
def test_a_crawler_that_sends_no_bodies(given: InputMessage) -> None:
    reason, detail = outcome(given)
    assert reason == RejectionReason.NO_BODY
    assert "store content" in detail


@pytest.mark.parametrize(
    "given",
    [
        older(body="not base64!"),
        older(body=7),
        older(status_code="fine"),
        json_message({"type": "page_crawled", "r": []}),
        json_message({"type": "page_crawled"}),
        json_message(["dict", {"type": "page_crawled"}]),
        json_message(["dict", [[["other", "type"]]]]),
        json_message(["dict", [[["dict", []], ["other", 1]]]]),
        json_message(["dict", 5]),
        message(b'["dict", [[["other"'),
        message(json.dumps(tagged({"type": "page_crawled", "r": {}})).encode()[:-2]),
    ],
)
def test_messages_that_are_broken(given: InputMessage) -> None:
    assert outcome(given)[0] == FailureReason.UNDECODABLE


def test_nesting_is_bounded() -> None:
    deep = b'["dict",[[["other","type"],' + b'["list",[' * 300 + b"]]" * 300 + b"]]]"
    assert outcome(message(deep))[0] == FailureReason.UNDECODABLE


def test_a_page_without_a_usable_url() -> None:
    assert outcome(older(url=None))[0] == FailureReason.NO_URL
    assert outcome(newer(url="about:blank"))[0] == FailureReason.NO_URL
