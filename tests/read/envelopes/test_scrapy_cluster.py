"""Items as scrapy-cluster's Kafka pipeline writes them."""

from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest

from service.contract.outcome import FailureReason, RejectionReason
from service.read.envelopes import decode
from tests.contract.messages import json_message, message, outcome

HTML = "<html><body><p>The bridge reopened.</p></body></html>"


def item(**changes: Any) -> dict[str, Any]:
    return {
        "appid": "newsdesk",
        "attrs": {"step": 0},
        "body": HTML,
        "crawlid": "run-17",
        "encoding": "utf-8",
        "links": [],
        "request_headers": {"User-Agent": ["desk"]},
        "response_headers": {
            "Content-Type": ["text/html; charset=utf-8"],
            "Set-Cookie": ["a=1", "b=2"],
        },
        "response_url": "https://gazette.example/a",
        "status_code": 200,
        "status_msg": "OK",
        "timestamp": "2024-05-14T09:30:00.123456",
        "url": "https://short.example/x",
        **changes,
    }


def test_an_item_with_a_text_body() -> None:
    page = decode(json_message(item()))
    assert page.url == "https://gazette.example/a"
    assert page.text == HTML
    assert page.fetched_at == datetime(2024, 5, 14, 9, 30, 0, 123_456, tzinfo=UTC)
    assert page.status == 200
    assert page.header("content-type") == "text/html; charset=utf-8"


def test_an_item_with_a_base64_body() -> None:
    page = decode(json_message(item(body=b64encode(HTML.encode("cp1251")).decode())))
    assert (page.body, page.text) == (HTML.encode("cp1251"), None)


def test_the_url_asked_for_where_no_other_is_known() -> None:
    assert decode(json_message(item(response_url=None))).url == "https://short.example/x"


@pytest.mark.parametrize(
    ("timestamp", "hour"),
    [("2024-05-14T11:30:00+02:00", 9), ("2024-05-14T09:30:00Z", 9), (None, 9)],
)
def test_times_that_say_their_offset_or_are_absent(timestamp: str | None, hour: int) -> None:
    page = decode(json_message(item(timestamp=timestamp)))
    assert page.fetched_at is not None
    assert page.fetched_at.hour == hour


@pytest.mark.parametrize("body", ["", None])
def test_an_item_without_a_body(body: str | None) -> None:
    assert outcome(json_message(item(body=body)))[0] == RejectionReason.NO_BODY


@pytest.mark.parametrize(
    "other",
    [
        {
            "url": "https://gazette.example/",
            "appid": "newsdesk",
            "crawlid": "run-17",
            "maxdepth": 1,
        },
        {"appid": "newsdesk", "crawlid": "run-17", "action": "info", "uuid": "u", "server_time": 1},
    ],
)
def test_requests_and_answers_are_other_messages(other: dict[str, Any]) -> None:
    assert outcome(json_message(other))[0] == RejectionReason.OTHER_MESSAGE


def test_what_the_crawler_could_not_serialise() -> None:
    assert outcome(message(b"json failed to parse"))[0] == FailureReason.UNDECODABLE


@pytest.mark.parametrize(
    "changes",
    [
        {"timestamp": "noon"},
        {"status_code": "OK"},
        {"body": {"html": HTML}},
        {"response_headers": "Content-Type: text/html"},
    ],
)
def test_items_that_are_not_built_as_the_pipeline_builds_them(changes: dict[str, Any]) -> None:
    assert outcome(json_message(item(**changes)))[0] == FailureReason.UNDECODABLE


def test_an_item_without_a_url() -> None:
    reason, _ = outcome(json_message(item(url=None, response_url=None)))
    assert reason == FailureReason.NO_URL
