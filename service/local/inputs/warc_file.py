"""WARC files: each response becomes a page, with the body still content-encoded; so does a document
in a resource or conversion record.

A revisit of another address becomes a page with the body that it refers to, if that was read
earlier in the run; any other revisit a page without a body, so that it is counted. Records about
the crawl (requests, metadata, warcinfo) are skipped. Gzip may be applied to each record, as the
standard requires, or to the whole file.

A record that cannot be read, and bytes between records, become a message that READ fails with
UNDECODABLE; reading goes on at the next record (see `warc_records`).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from service.local.inputs.found_file import FoundFile, PendingMessage, UnreadableInput, pending_page
from service.local.inputs.open_counted import OpenFile
from service.local.inputs.payload_index import PayloadIndex
from service.read.envelopes.fields import BadField, read_status, read_time
from service.read.envelopes.native_binary import REFERS_TO, REFERS_TO_DATE
from service.read.envelopes.warc import BROKEN, PASSED_OVER, is_page, said_cut
from service.read.envelopes.warc_records import BrokenRecord, Revisit, WarcRecords, WarcResponse

BODY_HEADERS = frozenset({"content-type", "content-encoding"})
PAGE_HEADERS = frozenset({"content-language", "last-modified", "link", "x-robots-tag"})


MOST_BROKEN = 1000
"""Broken records after which a file is given up: finding the next record takes time."""


def read_warc(
    file: FoundFile, opened: OpenFile, payloads: PayloadIndex
) -> Iterator[PendingMessage]:
    """Yield the pages of an archive, with one record in memory at a time.

    Args:
        payloads: the bodies read so far in this run, to which revisits refer.

    Raises:
        UnreadableInput: there are more than `MOST_BROKEN` broken records, or no other ones.
    """
    records = WarcRecords(opened.stream, opened.member_starts, opened.size)
    count = broken = 0
    while (record := records.next()) is not None:
        count += 1
        if isinstance(record, BrokenRecord):
            broken += 1
            if broken > MOST_BROKEN:
                raise UnreadableInput(file.path, f"more than {MOST_BROKEN} records are broken")
            if broken == count and not record.raw.startswith(b"WARC/"):
                raise UnreadableInput(file.path, f"not an archive: {record.why}")
            yield _broken(record)
        elif not isinstance(record, str):
            yield _page(_with_body(record, payloads))


def _broken(record: BrokenRecord) -> PendingMessage:
    return PendingMessage(
        key=record.url if record.raw.startswith(b"WARC/") else None,
        value=record.raw,
        headers=((BROKEN, record.why.encode("utf-8", "replace")),),
    )


def _with_body(response: WarcResponse, payloads: PayloadIndex) -> WarcResponse:
    """Return a revisit of another address with the body that it refers to, if that was read."""
    if response.revisit is None:
        payloads.add(response)
        return response
    if response.revisit.unmodified:
        return response
    found = payloads.find(response.digest)
    if found is None:
        return response
    url, record = found
    if url == response.url:
        return replace(response, revisit=Revisit(url, response.revisit.date))
    return replace(response, revisit=None, headers=record.headers, body=record.body)


def _page(response: WarcResponse) -> PendingMessage:
    if not is_page(response):
        return PendingMessage(
            key=response.url.encode("utf-8", "replace"),
            value=b"",
            headers=((PASSED_OVER, response.kind.encode()),),
        )
    headers = []
    if (cut := said_cut(response.truncated)) is not None:
        headers.append(("truncated", cut))
    if (revisit := response.revisit) is not None:
        headers.append((REFERS_TO, response.url if revisit.unmodified else revisit.uri or ""))
        if revisit.date:
            headers.append((REFERS_TO_DATE, revisit.date))
    if response.date and _fits(read_time, response.date):
        headers.append(("fetched-at", response.date))
    if response.status and _fits(read_status, response.status):
        headers.append(("status", response.status))
    for name, value in response.headers:
        if name in BODY_HEADERS:
            headers.append((name, value))
        elif name in PAGE_HEADERS:
            headers.append((f"http-{name}", value))
    return pending_page(response.url, response.body, tuple(headers))


def _fits(read: Callable[[str], object], value: str) -> bool:
    """True if READ can parse the value. Others are left out: a bad date must not fail the page."""
    try:
        read(value)
    except BadField:
        return False
    return True
