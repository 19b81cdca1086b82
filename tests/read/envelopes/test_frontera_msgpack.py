"""Messages as frontera's msgpack codec writes them, in old and new msgpack."""

from typing import Any

import msgpack
import pytest

from service.contract.outcome import FailureReason, RejectionReason
from service.read.envelopes import decode
from tests.contract.messages import message, outcome

HTML = b"<html><p>Le pont a rouvert \xe9.</p></html>"
META = {b"fingerprint": b"cafe", b"scores": [1, 2.5, None]}
HEADERS = {b"Content-Type": [b"text/html"], b"X-Note": [b"caf\xe9"], "Server": "nginx"}


def crawled(*response: Any, **options: Any) -> bytes:
    packed: bytes = msgpack.packb([b"pc", list(response)], **{"use_bin_type": True, **options})
    return packed


@pytest.mark.parametrize("use_bin_type", [True, False])
def test_a_crawled_page(use_bin_type: bool) -> None:
    value = crawled(
        "https://gazette.example/a", 200, META, HEADERS, HTML, use_bin_type=use_bin_type
    )
    page = decode(message(value))
    assert page.url == "https://gazette.example/a"
    assert page.body == HTML
    assert page.status == 200
    assert page.headers == (("content-type", "text/html"), ("x-note", "café"), ("server", "nginx"))
    assert page.fetched_at is not None


def test_the_older_form_without_headers_and_with_links() -> None:
    response = [b"https://gazette.example/a", 200, META, HTML]
    value = msgpack.packb([b"pc", response, [[b"https://gazette.example/b", b"GET", {}, {}, {}]]])
    assert decode(message(value)).body == HTML


@pytest.mark.parametrize(
    "other",
    [
        [b"as", [["https://gazette.example/", "GET", {}, {}, {}]]],
        [b"le", ["https://gazette.example/", "GET", {}, {}, {}], []],
        [b"re", ["https://gazette.example/", "GET", {}, {}, {}], "DNSLookupError"],
        [b"us", ["https://gazette.example/", "GET", {}, {}, {}], 0.5, True],
        [b"njid", 7],
        [b"of", 0, 12],
        [b"st", {"pages": 3}],
    ],
)
def test_other_messages_are_skipped(other: list[Any]) -> None:
    value = msgpack.packb(other, use_bin_type=True)
    assert outcome(message(value))[0] == RejectionReason.OTHER_MESSAGE


def test_a_crawler_that_sends_no_bodies() -> None:
    value = crawled("https://gazette.example/a", 200, META, HEADERS, None)
    assert outcome(message(value))[0] == RejectionReason.NO_BODY


@pytest.mark.parametrize(
    "value",
    [
        crawled("https://gazette.example/a", 200, META, HEADERS, HTML)[:-3],
        crawled("https://gazette.example/a", 200, META, HEADERS, HTML) + b"\x00",
        crawled("https://gazette.example/a", 200),
        crawled("https://gazette.example/a", "200 OK", META, HEADERS, HTML),
        crawled("https://gazette.example/a", 200, META, HEADERS, ["<p>"]),
        crawled(b"https://gazette.example/\xe9", 200, META, HEADERS, HTML),
        msgpack.packb([b"pc", {"url": "https://gazette.example/a"}]),
        b"\x92\xc4\x02pc\xdd\xff\xff\xff\xff",
        b"\x92\xc4\x02pc" + b"\x91" * 2000 + b"\xc0",
        b"\x92\xc4\x02pc\x85\x90\x00",
    ],
)
def test_messages_that_are_broken(value: bytes) -> None:
    assert outcome(message(value))[0] == FailureReason.UNDECODABLE


def test_a_page_without_a_usable_url() -> None:
    assert outcome(message(crawled(None, 200, {}, {}, HTML)))[0] == FailureReason.NO_URL
