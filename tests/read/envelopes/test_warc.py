"""WARC records as values."""

from io import BytesIO

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from service.contract.outcome import FailureReason, RejectionReason
from service.read.envelopes import decode
from tests.contract.messages import message, outcome

URL = "https://gazette.example/a"
HTML = b"<html><p>The bridge reopened.</p></html>"


def record(
    kind: str = "response",
    body: bytes = HTML,
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),),
    status: str = "200 OK",
    url: str = URL,
    date: str = "2024-05-14T09:30:00Z",
    gzip: bool = False,
    more: dict[str, str] | None = None,
) -> bytes:
    """One record, as warcio writes it."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
    made = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(body),
        http_headers=http if kind in ("response", "request", "revisit") else None,
        warc_content_type=dict(headers).get("Content-Type", "")
        if kind in ("resource", "conversion")
        else "",
        warc_headers_dict={"WARC-Date": date, **(more or {})},
    )
    writer.write_record(made)
    return out.getvalue()


def test_a_response() -> None:
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "gzip"),
        ("X-Robots-Tag", "noarchive"),
    )
    page = decode(message(record(body=b"\x1f\x8bpacked", headers=headers)))
    assert page.url == URL
    assert page.body == b"\x1f\x8bpacked", "still encoded"
    assert page.status == 200
    assert page.fetched_at is not None
    assert page.fetched_at.isoformat() == "2024-05-14T09:30:00+00:00"
    assert page.header("x-robots-tag") == "noarchive"
    assert page.header("content-encoding") == "gzip"


def test_chunking_is_undone_and_encoding_is_kept() -> None:
    body = b"5\r\n\x1f\x8bpac\r\n3\r\nked\r\n0\r\n\r\n"
    headers = (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))
    assert decode(message(record(body=body, headers=headers))).body == b"\x1f\x8bpacked"


def test_a_body_that_only_claims_to_be_chunked() -> None:
    headers = (("Transfer-Encoding", "chunked"),)
    assert decode(message(record(headers=headers))).body == HTML


def test_http_2_and_a_short_date() -> None:
    value = record(date="2024-05").replace(b"HTTP/1.1 200 OK", b"HTTP/2 200  OK ")
    page = decode(message(value))
    assert page.status == 200
    assert page.fetched_at is not None
    assert page.fetched_at.microsecond == 250_000, "the record's timestamp"


def test_empty_responses_have_no_body() -> None:
    assert outcome(message(record(body=b"")))[0] == RejectionReason.NO_BODY
    unmodified = record(body=b"", status="304 Not Modified")
    assert outcome(message(unmodified))[0] == RejectionReason.NO_BODY


OTHER = "https://wire.example/b"


@pytest.mark.parametrize(
    ("more", "reason", "said"),
    [
        (
            {"WARC-Refers-To-Target-URI": OTHER, "WARC-Refers-To-Date": "2024-05-13T08:00:00Z"},
            RejectionReason.REVISIT,
            f"the body is that of {OTHER}, captured 2024-05-13T08:00:00Z",
        ),
        ({}, RejectionReason.REVISIT, "the body is elsewhere"),
        ({"WARC-Refers-To-Target-URI": URL}, RejectionReason.UNCHANGED, "captured again"),
        (
            {"WARC-Refers-To-Target-URI": "http://gazette.example/a/"},
            RejectionReason.UNCHANGED,
            "captured again",
        ),
        (
            {"WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/server-not-modified"},
            RejectionReason.UNCHANGED,
            "captured again",
        ),
    ],
)
def test_a_revisit_says_where_its_body_is(
    more: dict[str, str], reason: RejectionReason, said: str
) -> None:
    found, detail = outcome(message(record("revisit", body=b"", more=more)))
    assert found == reason
    assert said in detail


@pytest.mark.parametrize("kind", ["resource", "conversion"])
@pytest.mark.parametrize("content_type", ["text/html", "application/xhtml+xml; charset=utf-8"])
def test_a_document_in_a_record_without_http_is_a_page(kind: str, content_type: str) -> None:
    page = decode(message(record(kind, headers=(("Content-Type", content_type),))))
    assert (page.url, page.body, page.status) == (URL, HTML, None)
    assert page.header("content-type") == content_type
    assert page.fetched_at is not None


@pytest.mark.parametrize("url", ["urn:text:https://gazette.example/a", "metadata://w.example/log"])
def test_what_archives_keep_beside_pages_is_an_other_message(url: str) -> None:
    reason, detail = outcome(message(record("resource", url=url)))
    assert reason == RejectionReason.OTHER_MESSAGE
    assert url in detail


@pytest.mark.parametrize("why", ["length", "time", "disconnect", "unspecified"])
@pytest.mark.parametrize("kind", ["response", "resource"])
def test_a_record_that_was_cut_says_so(why: str, kind: str) -> None:
    page = decode(message(record(kind, more={"WARC-Truncated": why})))
    assert page.cut == f"WARC-Truncated: {why}"
    assert decode(message(record(kind))).cut is None


@pytest.mark.parametrize("kind", ["warcinfo", "request", "metadata"])
def test_other_records_are_other_messages(kind: str) -> None:
    status = "GET /a" if kind == "request" else "200 OK"
    reason, detail = outcome(message(record(kind, status=status)))
    assert reason == RejectionReason.OTHER_MESSAGE
    assert kind in detail


def test_an_answer_of_the_name_service_is_an_other_message() -> None:
    value = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: dns:gazette.example\r\n"
        b"WARC-Date: 2024-05-14T09:30:00Z\r\nContent-Type: text/dns\r\nContent-Length: 4\r\n\r\n"
        b"dns.\r\n\r\n"
    )
    assert outcome(message(value))[0] == RejectionReason.OTHER_MESSAGE


@pytest.mark.parametrize(
    "value",
    [
        record()[:-30],
        record()[:40],
        record().replace(b"Content-Length", b"Content-Lungth", 1),
        record().replace(b"WARC-Target-URI", b"WARC-Torget-URI"),
        record() + record(),
        record() + b"and more",
        b"WARC/1.0\r\n\r\n",
        b"WARC/1.0",
        b"WARC/1.\xff\xff\xff",
    ],
)
def test_records_that_are_broken(value: bytes) -> None:
    assert outcome(message(value))[0] == FailureReason.UNDECODABLE


def test_a_response_without_a_usable_url() -> None:
    assert outcome(message(record(url="https://")))[0] == FailureReason.NO_URL
