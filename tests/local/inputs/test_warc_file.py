"""Archives to messages."""

import base64
import gzip
import hashlib
from pathlib import Path

import pytest

from service.contract.outcome import FailureReason, RejectionReason
from service.contract.record import InputMessage
from service.local.inputs import warc_file
from service.local.read_files import UnreadableInput, read_inputs
from service.read.envelopes import decode
from tests.contract.messages import outcome
from tests.read.envelopes.test_warc import HTML, URL, record


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


def test_records_other_than_responses_are_skipped(tmp_path: Path) -> None:
    messages = read(
        tmp_path,
        record("warcinfo"),
        record("request", status="GET /a"),
        record(),
        record("metadata"),
        record(url="https://gazette.example/b"),
    )
    assert [decode(message).url for message in messages] == [URL, "https://gazette.example/b"]


def test_a_revisit_is_counted_as_a_page_without_a_body(tmp_path: Path) -> None:
    [message] = read(tmp_path, record("revisit", body=b""))
    assert outcome(message)[0] == RejectionReason.REVISIT
    assert message.key == URL.encode()


COPY = "https://copy.example/b"


def digest(body: bytes) -> dict[str, str]:
    """The payload digest as warcio writes it."""
    return {"WARC-Payload-Digest": f"sha1:{base64.b32encode(hashlib.sha1(body).digest()).decode()}"}


DIGEST = digest(HTML)
REFERS = {"WARC-Refers-To-Target-URI": URL, "WARC-Refers-To-Date": "2024-05-14T09:30:00Z"}


def test_a_revisit_of_another_address_has_the_body_that_it_refers_to(tmp_path: Path) -> None:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"))
    packed = gzip.compress(HTML)
    first = record(headers=headers, body=packed)
    date = "2024-05-15T10:00:00Z"
    copy = record("revisit", body=b"", url=COPY, date=date, more={**digest(packed), **REFERS})
    pages = [decode(message) for message in read(tmp_path, first, copy)]
    assert [page.url for page in pages] == [URL, COPY]
    assert pages[0].body == pages[1].body
    assert pages[1].header("content-encoding") == "gzip"
    assert pages[1].fetched_at is not None
    assert pages[1].fetched_at.isoformat() == "2024-05-15T10:00:00+00:00"


def test_a_revisit_refers_to_earlier_files_of_the_run(tmp_path: Path) -> None:
    (tmp_path / "1.warc.gz").write_bytes(record(more=DIGEST, gzip=True))
    revisit = record("revisit", body=b"", url=COPY, more={**DIGEST, **REFERS}, gzip=True)
    (tmp_path / "2.warc.gz").write_bytes(revisit)
    messages = list(read_inputs([tmp_path]))
    assert [decode(message).body for message in messages] == [HTML, HTML]


@pytest.mark.parametrize(
    ("url", "more", "reason", "said"),
    [
        (URL, {**DIGEST, **REFERS}, RejectionReason.UNCHANGED, "unchanged since 2024-05-14"),
        (URL, DIGEST, RejectionReason.UNCHANGED, "captured again"),
        (COPY, REFERS, RejectionReason.REVISIT, f"the body is that of {URL}, captured 2024"),
        (
            COPY,
            {**REFERS, "WARC-Payload-Digest": "sha1:OTHER"},
            RejectionReason.REVISIT,
            f"that of {URL}",
        ),
        (
            COPY,
            {"WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/server-not-modified"},
            RejectionReason.UNCHANGED,
            "captured again",
        ),
    ],
)
def test_other_revisits_are_counted_with_what_they_refer_to(
    tmp_path: Path, url: str, more: dict[str, str], reason: object, said: str
) -> None:
    revisit = record("revisit", body=b"", url=url, more=more)
    _, message = read(tmp_path, record(more=DIGEST), revisit)
    found, detail = outcome(message)
    assert (found, message.key) == (reason, url.encode())
    assert said in detail


def test_documents_and_what_is_none_in_resource_records(tmp_path: Path) -> None:
    page, text, log = read(
        tmp_path,
        record("resource"),
        record("conversion", url="urn:text:https://gazette.example/a"),
        record("resource", url="metadata://gnu.org/software/wget/warc/log.txt"),
    )
    assert decode(page).body == HTML
    assert decode(page).header("content-type") == "text/html"
    for message, kind in ((text, "conversion"), (log, "resource")):
        reason, detail = outcome(message)
        assert reason == RejectionReason.OTHER_MESSAGE
        assert kind in detail


def test_a_cut_capture_says_so(tmp_path: Path) -> None:
    [message] = read(tmp_path, record(more={"WARC-Truncated": "length"}))
    assert decode(message).cut == "WARC-Truncated: length"


def test_invalid_dates_and_statuses_do_not_fail_the_page(tmp_path: Path) -> None:
    odd = record(date="2024-05").replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 20000 ")
    [message] = read(tmp_path, odd)
    page = decode(message)
    assert (page.body, page.fetched_at, page.status) == (HTML, None, None)


def test_blank_lines_between_records_do_not_matter(tmp_path: Path) -> None:
    assert len(read(tmp_path, b"\r\n", record(), b"\r\n\r\n\n", record(), b"\n")) == 2


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (record()[:-30], "the data ends within a record"),
        (b"garbage", "no WARC record where one should begin"),
        (b"WARC/1.0\r\nno colon\r\n\r\n", "a record without its length"),
        (record()[:100], "the data ends within its header"),
    ],
    # A record has an id of chance, which must not become part of a test's name.
    ids=["cut body", "garbage", "no length", "cut header"],
)
def test_a_broken_end_fails_and_the_pages_before_it_do_not(
    tmp_path: Path, end: bytes, said: str
) -> None:
    page, broken = read(tmp_path, record(), end)
    assert decode(page).body == HTML
    reason, detail = outcome(broken)
    assert reason == FailureReason.UNDECODABLE
    assert said in detail
    assert broken.value == end


@pytest.mark.parametrize(("form", "suffix"), [("plain", ""), ("whole", ".gz"), ("members", ".gz")])
def test_any_split_of_records_into_gzip_members_gives_the_same_pages(
    tmp_path: Path, form: str, suffix: str
) -> None:
    records = [record("warcinfo"), *(record(url=f"{URL}{number}") for number in range(50))]
    data = b"".join(records)
    if form == "whole":
        data = gzip.compress(data)
    elif form == "members":  # not where records begin
        data = b"".join(gzip.compress(data[at : at + 777]) for at in range(0, len(data), 777))
    path = tmp_path / f"crawl.warc{suffix}"
    path.write_bytes(data + (b"\0" * 512 if suffix else b""))
    found = [decode(message).url for message in read_inputs([path])]
    assert found == [f"{URL}{number}" for number in range(50)]


def test_a_file_of_nothing_but_broken_records_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc_file, "MOST_BROKEN", 3)
    broken = record().replace(b"Content-Length: ", b"Content-Length: x", 1)
    with pytest.raises(UnreadableInput, match="more than 3 records are broken"):
        read(tmp_path, *[broken] * 5)


def test_an_archive_of_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == []
