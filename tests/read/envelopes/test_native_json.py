"""Native form, JSON mode."""

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest

from service.contract.outcome import FailureReason, RejectionReason
from service.read.envelopes import BodyRefs, decode
from tests.contract.messages import json_message, message, outcome

URL = "https://gazette.example/a"


def test_a_body_in_base64_with_all_that_is_known_of_it() -> None:
    page = decode(
        json_message(
            {
                "url": URL,
                "fetched_at": "2024-05-14T09:30:00.5Z",
                "status": 203,
                "headers": {"Content-Type": "text/html", "X-Robots-Tag": ["none", "noarchive"]},
                "crawler": "north-1",
                "body": b64encode(b"<p>\xff</p>").decode(),
                "added_later": {"by": "a newer crawler"},
            }
        )
    )
    assert page.url == URL
    assert page.fetched_at == datetime(2024, 5, 14, 9, 30, 0, 500_000, tzinfo=UTC)
    assert page.status == 203
    assert page.headers == (
        ("content-type", "text/html"),
        ("x-robots-tag", "none"),
        ("x-robots-tag", "noarchive"),
    )
    assert page.body == b"<p>\xff</p>"


def test_text_already_decoded() -> None:
    page = decode(json_message({"url": URL, "text": "<p>Šibenik</p>", "body": None}))
    assert (page.text, page.body, page.article) == ("<p>Šibenik</p>", None, None)


def test_an_article_already_extracted() -> None:
    page = decode(
        json_message(
            {
                "url": URL,
                "article": {
                    "title": "Bridge reopens",
                    "text": "The bridge reopened.",
                    "authors": ["Jo Marsh"],
                    "published": "2024-05-14T10:05:00+02:00",
                    "paragraphs": 1,
                },
            }
        )
    )
    assert page.article is not None
    assert page.article.authors == ("Jo Marsh",)
    assert page.article.published is not None
    assert page.article.published.isoformat() == "2024-05-14T10:05:00+02:00"


def test_the_key_serves_as_url_and_the_timestamp_as_time() -> None:
    page = decode(json_message({"text": "<p>"}, key=URL.encode()))
    assert page.url == URL
    assert page.fetched_at is not None


def test_base64_with_line_breaks() -> None:
    body = bytes(range(256)) * 4
    wrapped = "\r\n".join(b64encode(body).decode()[at : at + 76] for at in range(0, 1400, 76))
    assert decode(json_message({"url": URL, "body": wrapped})).body == body


def test_a_byte_order_mark_and_blanks_before_the_object() -> None:
    value = b"\xef\xbb\xbf \n" + json.dumps({"url": URL, "text": "<p>"}).encode()
    assert decode(message(value)).text == "<p>"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"body": "not base64!"}, "not base64"),
        ({"body": "QQ"}, "not base64"),
        ({"body": 7}, "base64 was expected, not int"),
        ({"text": ["<p>"]}, "text: a string was expected"),
        ({"text": "<p>", "body": "QUJD"}, "only one of body, text"),
        ({"article": "The bridge"}, "article"),
        ({"article": {"title": "Bridge"}}, "article.text"),
        ({"article": {"text": "T", "published": "soon"}}, "article.published"),
        ({"text": "<p>", "fetched_at": "14 May"}, "fetched_at: an RFC 3339 time"),
        ({"text": "<p>", "fetched_at": 1715679000}, "fetched_at: a string was expected"),
        ({"text": "<p>", "status": "ok"}, "HTTP status"),
        ({"text": "<p>", "status": True}, "HTTP status"),
        ({"text": "<p>", "headers": ["content-type"]}, "an object of HTTP headers"),
        ({"text": "<p>", "headers": {"link": {"rel": "canonical"}}}, "header 'link'"),
    ],
)
def test_what_does_not_fit_the_contract(fields: dict[str, Any], said: str) -> None:
    reason, detail = outcome(json_message({"url": URL, **fields}))
    assert reason == FailureReason.UNDECODABLE
    assert said in detail


@pytest.mark.parametrize(
    ("value", "headers"),
    [
        (b'{"url": "https://gazette.example/a", "text": ', ()),
        (b'{"url": "https://gazette.example/a", "text": "\xff"}', ()),
        (b"no JSON at all", (("content-type", b"application/json"),)),
        (b'["https://gazette.example/a"]', (("content-type", b"application/json; v=1"),)),
        (b"", (("content-type", b"application/json"),)),
    ],
)
def test_what_is_not_a_json_object(value: bytes, headers: tuple[tuple[str, bytes], ...]) -> None:
    assert outcome(message(value, headers))[0] == FailureReason.UNDECODABLE


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        7,
        "gazette.example/a",
        "ftp://gazette.example/a",
        "javascript:alert(1)",
        "data:text/html,<p>",
        "https:///a",
        "https://gazette.example/a\nhttps://gazette.example/b",
        "https://gazette.example/\u0000",
        "https://gazette.example/\u0085",
        "https://gazette.example/" + "a" * 8192,
        "https://[gazette/",
        "https://gazette.example:port/",
        "https://gazette.example:99999/",
    ],
)
def test_addresses_that_are_not_carried_on(url: object) -> None:
    assert outcome(json_message({"url": url, "text": "<p>"}))[0] == FailureReason.NO_URL


@pytest.mark.parametrize(
    "url", ["http://g.example", "file:///saved/a.html", "https://bücher.example/é"]
)
def test_addresses_that_are(url: str) -> None:
    assert decode(json_message({"url": url, "text": "<p>"})).url == url


@pytest.mark.parametrize(
    "fields",
    [{}, {"body": None}, {"body": ""}, {"text": ""}, {"article": {"text": " \n"}}],
)
def test_pages_without_content(fields: dict[str, Any]) -> None:
    assert outcome(json_message({"url": URL, **fields}))[0] == RejectionReason.NO_BODY


def test_a_reference_to_a_body_is_refused_unless_allowed() -> None:
    given = json_message({"url": URL, "body_ref": "file:///crawl/2024/a.html"})
    reason, detail = outcome(given)
    assert (reason, detail) == (FailureReason.BODY_REF_REFUSED, "body_ref: none is allowed")
    page = decode(given, body_refs=BodyRefs(("file:///crawl",)))
    assert page.body_ref == "file:///crawl/2024/a.html"
    assert page.with_body(b"<p>").body == b"<p>"
    assert page.with_body(b"<p>").body_ref is None


def test_a_page_that_the_crawler_cut() -> None:
    page = {"url": URL, "text": "<p>"}
    assert decode(json_message({**page, "truncated": "length"})).cut == "length"
    assert decode(json_message({**page, "truncated": ""})).cut is None
    assert outcome(json_message({**page, "truncated": 7}))[0] == FailureReason.UNDECODABLE
