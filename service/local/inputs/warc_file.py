"""WARC files: each response becomes a page, its body still content-encoded.

A revisit becomes a page without a body, so that it is counted; requests, metadata and whatever else
archives hold are passed over. Gzip may be by record, as the standard asks, or over the whole file.
"""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from service.events.adapters.fields import BadField, read_status, read_time
from service.events.adapters.warc_response import BadWarc, WarcRecords, WarcResponse
from service.local.inputs.draft import Draft, page_draft
from service.local.inputs.found_file import FoundFile
from service.local.inputs.unreadable import UnreadableInput

BODY_HEADERS = frozenset({"content-type", "content-encoding"})
PAGE_HEADERS = frozenset({"content-language", "last-modified", "link", "x-robots-tag"})


def read_warc(file: FoundFile, stream: BinaryIO) -> Iterator[Draft]:
    """The pages of an archive, one record in memory at a time.

    Raises:
        UnreadableInput: at the first broken record; the pages before it have been handed out.
    """
    records = WarcRecords(stream)
    count = 0
    try:
        while (record := records.next_response()) is not None:
            count += 1
            if not isinstance(record, str):
                yield _page(record)
    except BadWarc as error:
        raise UnreadableInput(file.path, f"broken after {count} records: {error}") from error


def _page(response: WarcResponse) -> Draft:
    headers = []
    if response.date and _fits(read_time, response.date):
        headers.append(("fetched-at", response.date))
    if response.status and _fits(read_status, response.status):
        headers.append(("status", response.status))
    for name, value in response.headers:
        if name in BODY_HEADERS:
            headers.append((name, value))
        elif name in PAGE_HEADERS:
            headers.append((f"http-{name}", value))
    return page_draft(response.url, response.body, tuple(headers))


def _fits(read: Callable[[str], object], value: str) -> bool:
    """Whether a value can be passed on: an archive's odd date must not cost the page."""
    try:
        read(value)
    except BadField:
        return False
    return True
