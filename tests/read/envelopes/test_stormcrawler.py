"""StormCrawler's tuples as Jackson writes them."""

from base64 import b64encode
from typing import Any

import pytest

from service.contract.outcome import FailureReason, RejectionReason
from service.read.envelopes import decode
from tests.contract.messages import json_message, outcome

HTML = b"<html><p>The bridge reopened.</p></html>"


def tuple_of(**changes: Any) -> dict[str, Any]:
    return {
        "url": "https://gazette.example/a",
        "content": b64encode(HTML).decode(),
        "metadata": {
            "fetch.statusCode": ["200"],
            "fetch.loadingTime": ["312"],
            "_request.time_": ["1715679000250"],
            "content-type": ["text/html; charset=UTF-8"],
            "content-encoding": ["gzip"],
            "x-robots-tag": ["noarchive", "otherbot: none"],
            "depth": ["1"],
        },
        **changes,
    }


def test_a_tuple() -> None:
    page = decode(json_message(tuple_of(), timestamp=None))
    assert page.url == "https://gazette.example/a"
    assert page.body == HTML
    assert page.status == 200
    assert page.fetched_at is not None
    assert page.fetched_at.isoformat() == "2024-05-14T09:30:00.250000+00:00"
    assert page.headers == (
        ("content-type", "text/html; charset=UTF-8"),
        ("x-robots-tag", "noarchive"),
        ("x-robots-tag", "otherbot: none"),
    )


def test_text_content_single_values_and_prefixed_headers() -> None:
    page = decode(
        json_message(
            tuple_of(
                content=HTML.decode(),
                metadata={"md": {"protocol.content-type": "text/html", "fetch.statusCode": "200"}},
            )
        )
    )
    assert page.text == HTML.decode()
    assert page.header("content-type") == "text/html"
    assert page.status == 200
    assert page.fetched_at is not None, "the record's timestamp"


def test_a_time_written_as_rfc_3339() -> None:
    metadata = {"_request.time_": ["2024-05-14T09:30:00Z"]}
    page = decode(json_message(tuple_of(metadata=metadata)))
    assert page.fetched_at is not None
    assert page.fetched_at.isoformat() == "2024-05-14T09:30:00+00:00"


@pytest.mark.parametrize("content", ["", None])
def test_a_tuple_without_content(content: str | None) -> None:
    reason, detail = outcome(json_message(tuple_of(content=content)))
    assert reason == RejectionReason.NO_BODY
    assert "200" in detail


@pytest.mark.parametrize(
    "changes",
    [
        {"content": 7},
        {"metadata": ["depth"]},
        {"metadata": {"_request.time_": ["noon"]}},
        {"metadata": {"fetch.statusCode": ["FETCHED"]}},
        {"metadata": {"depth": [{"of": 1}]}},
    ],
)
def test_tuples_that_are_broken(changes: dict[str, Any]) -> None:
    assert outcome(json_message(tuple_of(**changes)))[0] == FailureReason.UNDECODABLE


def test_a_tuple_without_a_usable_url() -> None:
    assert outcome(json_message(tuple_of(url="/a")))[0] == FailureReason.NO_URL


@pytest.mark.parametrize("prefix", ["", "protocol."])
def test_every_name_is_read_with_and_without_its_prefix(prefix: str) -> None:
    metadata = {
        f"{prefix}_request.time_": ["1715679000250"],
        f"{prefix}content-type": ["text/html"],
        "fetch.statusCode": ["200"],
    }
    page = decode(json_message(tuple_of(metadata=metadata), timestamp=None))
    assert page.fetched_at is not None
    assert page.fetched_at.isoformat() == "2024-05-14T09:30:00.250000+00:00"
    assert page.header("content-type") == "text/html"
    assert page.status == 200


@pytest.mark.parametrize("prefix", ["", "protocol."])
@pytest.mark.parametrize(
    ("stated", "cut"),
    [
        ({"http.trimmed": ["true"], "http.trimmed.reason": ["length"]}, "http.trimmed: length"),
        ({"http.trimmed": "true"}, "http.trimmed"),
        ({"http.trimmed": ["false"]}, None),
        ({"http.trimmed": []}, None),
    ],
)
def test_a_page_that_the_crawler_cut_says_so(
    prefix: str, stated: dict[str, Any], cut: str | None
) -> None:
    metadata = {f"{prefix}{name}": value for name, value in stated.items()}
    assert decode(json_message(tuple_of(metadata=metadata))).cut == cut
