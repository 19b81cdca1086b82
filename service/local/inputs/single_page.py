"""Files with one page each: HTML, a page saved as MHTML, or the plain text of an article."""

import re
from typing import BinaryIO

import orjson

from service.local.inputs.found_file import FoundFile, PendingMessage, pending_page
from service.read.envelopes.warc_records import LARGEST_BODY
from service.read.page.date_values import read_date
from service.read.page.mhtml import is_mhtml, read_mhtml

SAVED_WITHIN = 8192
SINGLE_FILE = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>\S+)"
    rb"\s+saved date:\s*(?P<date>[^\r\n]{1,80})",
    re.I,
)
SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d{1,5}\)(?P<url>\S+)\s*-->", re.I)


def read_html(file: FoundFile, stream: BinaryIO) -> PendingMessage:
    """A saved page. Its address is the one that it was saved from, if the program that saved it
    wrote that down (SingleFile, browsers), else that of the file.

    The time of the fetch is the one that SingleFile wrote; others have none: file times differ from
    machine to machine.
    """
    body = stream.read(LARGEST_BODY)
    if is_mhtml(body):
        return _saved_as_mhtml(file, body)
    headers = [("content-type", "text/html")]
    url = file.url
    head = body[:SAVED_WITHIN]
    if (match := SINGLE_FILE.search(head)) or (match := SAVED_FROM.search(head)):
        address = match["url"].decode("utf-8", "replace")
        if address.startswith(("http://", "https://")):
            url = address
            date = match.groupdict().get("date")
            saved = read_date(date.decode("utf-8", "replace")) if date else None
            if saved is not None and saved[-6:-5] in ("+", "-"):
                headers.append(("fetched-at", saved))
    return pending_page(url, body, tuple(headers))


def read_saved_mhtml(file: FoundFile, stream: BinaryIO) -> PendingMessage:
    """A page saved as MHTML; its headers say from where and when."""
    return _saved_as_mhtml(file, stream.read(LARGEST_BODY))


def _saved_as_mhtml(file: FoundFile, body: bytes) -> PendingMessage:
    page = read_mhtml(body)
    if page is None:
        return pending_page(file.url, body, (("content-type", "multipart/related"),))
    headers = [("content-type", page.content_type)]
    if page.saved_at is not None:
        headers.append(("fetched-at", page.saved_at.isoformat()))
    return pending_page(page.url or file.url, page.body, tuple(headers))


def read_text(file: FoundFile, stream: BinaryIO) -> PendingMessage:
    """An extracted article without a title, in the native form, JSON mode."""
    article = {"text": _decoded(stream.read(LARGEST_BODY))}
    return PendingMessage(
        key=file.url.encode(),
        value=orjson.dumps({"url": file.url, "article": article}),
        headers=(("content-type", b"application/json"),),
    )


def _decoded(text: bytes) -> str:
    """Decode UTF-8, else Windows-1252; never raises."""
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")
