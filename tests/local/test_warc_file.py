"""Archives as messages."""

from pathlib import Path

import pytest

from service.events.adapters import decode
from service.events.input_message import InputMessage
from service.events.outcome import RejectionReason
from service.local.read_files import UnreadableInput, read_inputs
from tests.events.adapters.test_warc_record import HTML, URL, record
from tests.events.messages import outcome


def read(folder: Path, *records: bytes) -> list[InputMessage]:
    path = folder / "crawl.warc"
    path.write_bytes(b"".join(records))
    return list(read_inputs([path]))


def test_a_response_is_a_page_in_binary_mode(tmp_path: Path) -> None:
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "gzip"),
        ("Set-Cookie", "a=1"),
        ("X-Robots-Tag", "noarchive"),
    )
    [message] = read(tmp_path, record(headers=headers, body=b"\x1f\x8bpacked"))
    assert message.key == URL.encode()
    assert message.value == b"\x1f\x8bpacked"
    assert message.headers == (
        ("url", URL.encode()),
        ("fetched-at", b"2024-05-14T09:30:00Z"),
        ("status", b"200"),
        ("content-type", b"text/html; charset=utf-8"),
        ("content-encoding", b"gzip"),
        ("http-x-robots-tag", b"noarchive"),
    )
    page = decode(message)
    assert page.status == 200
    assert page.header("x-robots-tag") == "noarchive"


def test_what_is_no_response_is_passed_over(tmp_path: Path) -> None:
    messages = read(
        tmp_path,
        record("warcinfo"),
        record("request", status="GET /a"),
        record(),
        record("metadata"),
        record("resource"),
        record(url="https://gazette.example/b"),
    )
    assert [decode(message).url for message in messages] == [URL, "https://gazette.example/b"]


def test_a_revisit_is_counted_as_a_page_without_a_body(tmp_path: Path) -> None:
    [message] = read(tmp_path, record("revisit", body=b""))
    assert outcome(message)[0] == RejectionReason.NO_BODY


def test_odd_dates_and_statuses_do_not_cost_the_page(tmp_path: Path) -> None:
    odd = record(date="2024-05").replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 20000 ")
    [message] = read(tmp_path, odd)
    page = decode(message)
    assert (page.body, page.fetched_at, page.status) == (HTML, None, None)


def test_blank_lines_between_records_do_not_matter(tmp_path: Path) -> None:
    assert len(read(tmp_path, b"\r\n", record(), b"\r\n\r\n\n", record(), b"\n")) == 2


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (record()[:-30], "broken after 1 records: the data ends within a record"),
        (b"garbage", "broken after 1 records: no WARC record"),
        (b"WARC/1.0\r\nno colon\r\n\r\n", "broken after 1 records: a record without its length"),
    ],
)
def test_pages_before_the_break_are_handed_out(tmp_path: Path, end: bytes, said: str) -> None:
    path = tmp_path / "broken.warc"
    path.write_bytes(record() + end)
    messages = read_inputs([path])
    assert decode(next(messages)).body == HTML
    with pytest.raises(UnreadableInput, match=said):
        next(messages)


def test_an_archive_of_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == []
