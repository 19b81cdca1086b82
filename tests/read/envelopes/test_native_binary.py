"""Native form, binary mode."""

from datetime import UTC, datetime

import pytest

from service.contract.outcome import FailureReason, RejectionReason
from service.read.envelopes import decode
from tests.contract.messages import message, outcome

URL = ("url", b"https://gazette.example/a")


def test_a_page_with_all_headers() -> None:
    page = decode(
        message(
            b"\x1f\x8bpacked",
            (
                URL,
                ("fetched-at", b"2024-05-14T11:30:00+02:00"),
                ("status", b"200"),
                ("content-type", b"text/html; charset=utf-8"),
                ("Content-Encoding", b"gzip"),
                ("http-x-robots-tag", b"noarchive"),
                ("http-X-Robots-Tag", b"otherbot: none"),
                ("crawler", b"north-1"),
                ("traceparent", b"00-aa-bb-01"),
            ),
        )
    )
    assert page.url == "https://gazette.example/a"
    assert page.fetched_at == datetime(2024, 5, 14, 9, 30, tzinfo=UTC)
    assert page.status == 200
    assert page.body == b"\x1f\x8bpacked"
    assert page.headers == (
        ("content-type", "text/html; charset=utf-8"),
        ("content-encoding", "gzip"),
        ("x-robots-tag", "noarchive"),
        ("x-robots-tag", "otherbot: none"),
    )


def test_the_key_serves_as_url_and_the_timestamp_as_time() -> None:
    page = decode(message(b"<p>", key=b"https://gazette.example/b"))
    assert page.url == "https://gazette.example/b"
    assert page.fetched_at == datetime(2024, 5, 14, 9, 30, 0, 250_000, tzinfo=UTC)
    assert page.status is None


@pytest.mark.parametrize("timestamp", [None, -1])
def test_no_time_at_all(timestamp: int | None) -> None:
    assert decode(message(b"<p>", (URL,), timestamp=timestamp)).fetched_at is None


@pytest.mark.parametrize(
    "value",
    [
        b'{"url": "https://bank.example/", "text": "<p>forged</p>"}',
        b'{"appid": "a", "crawlid": "b", "url": "https://bank.example/", "body": "<p>"}',
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
        b"\x92\xc4\x02pc\x95",
        b'["dict", []]',
    ],
)
def test_a_page_cannot_pass_itself_off_as_an_envelope(value: bytes) -> None:
    page = decode(message(value, (URL,)))
    assert (page.url, page.body) == ("https://gazette.example/a", value)


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ((URL, ("status", b"2oo")), "status"),
        ((URL, ("status", b"20")), "status"),
        ((URL, ("fetched-at", b"yesterday")), "RFC 3339"),
        ((URL, ("fetched-at", b"2024-05-14T11:30:00")), "offset"),
        ((URL, ("fetched-at", b"2024-02-30T11:30:00Z")), "no such time"),
        ((URL, ("fetched-at", b"0001-01-01T00:00:00+14:00")), "no such time"),
        ((("url", b"https://gazette.example/\xe9"),), "url: not UTF-8"),
    ],
)
def test_a_header_that_cannot_be_read(headers: tuple[tuple[str, bytes], ...], said: str) -> None:
    reason, detail = outcome(message(b"<p>", headers))
    assert reason == FailureReason.BAD_HEADER
    assert said in detail


@pytest.mark.parametrize("value", [None, b""], ids=["null", "empty"])
@pytest.mark.parametrize(
    "name",
    ["content-type", "content-encoding", "http-etag", "status", "fetched-at"],
)
def test_a_header_without_a_value_counts_as_absent(name: str, value: bytes | None) -> None:
    page = decode(message(b"<p>", (URL, (name, value))))  # type: ignore[arg-type]
    assert (page.headers, page.status) == ((), None)
    assert page.fetched_at == datetime(2024, 5, 14, 9, 30, 0, 250_000, tzinfo=UTC)


def test_a_url_header_without_a_value_leaves_the_key() -> None:
    empty = message(b"<p>", (("url", b""),), key=b"https://gazette.example/b")
    assert decode(empty).url == "https://gazette.example/b"


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("http-server", b"serveur \xe9", "serveur \xe9"),
        ("content-type", b"text/html; charset=utf-8; x=\xe9", "text/html; charset=utf-8; x=\xe9"),
        ("http-last-modified", b"M\xe4rz", "M\xe4rz"),
        ("http-link", "<https://a.example/ü>".encode(), "<https://a.example/ü>"),
    ],
)
def test_header_bytes_that_are_no_utf_8_are_latin_1(name: str, value: bytes, text: str) -> None:
    page = decode(message(b"<p>", (URL, (name, value))))
    assert page.headers == ((name.removeprefix("http-"), text),)


def test_a_strange_header_that_nobody_reads_costs_nothing() -> None:
    assert decode(message(b"<p>", (URL, ("x-trace", b"\xff")))).body == b"<p>"


@pytest.mark.parametrize("key", [None, b"", b"gazette", b"\xff\xff", b"ftp://gazette.example/a"])
def test_no_url_anywhere(key: bytes | None) -> None:
    assert outcome(message(b"<p>", key=key))[0] == FailureReason.NO_URL


def test_the_first_of_several_urls_counts() -> None:
    page = decode(message(b"<p>", (URL, ("url", b"https://other.example/"))))
    assert page.url == "https://gazette.example/a"


def test_null_and_empty_values() -> None:
    assert outcome(message(None, (URL,)))[0] == FailureReason.NULL_VALUE
    reason, detail = outcome(message(b"", (URL, ("status", b"204"))))
    assert reason == RejectionReason.NO_BODY
    assert "204" in detail


def test_a_page_that_the_crawler_cut() -> None:
    assert decode(message(b"<p>", (URL, ("truncated", b"length")))).cut == "length"
    assert decode(message(b"<p>", (URL, ("truncated", b"")))).cut is None


@pytest.mark.parametrize(
    ("uri", "reason"),
    [
        (b"https://wire.example/b", RejectionReason.REVISIT),
        (b"", RejectionReason.REVISIT),
        (b"https://gazette.example/a", RejectionReason.UNCHANGED),
    ],
)
def test_an_empty_value_that_refers_to_another_capture(uri: bytes, reason: object) -> None:
    assert outcome(message(b"", (URL, ("refers-to", uri))))[0] == reason
