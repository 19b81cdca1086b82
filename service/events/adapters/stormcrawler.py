"""StormCrawler: its tuple `(url, content, metadata)` as JSON, as its users write it by KafkaBolt.

`content` is base64 (bytes, as Jackson writes them) or text, already content-decoded; `metadata`
maps names to lists of values: the fetcher's own, and the HTTP headers, in lower case, with or
without the prefix `protocol.`.
"""

from datetime import datetime
from typing import Any

from service.events.adapters.adapter import Adapter
from service.events.adapters.body_refs import BodyRefs
from service.events.adapters.envelope import Envelope
from service.events.adapters.fields import (
    BadField,
    read_base64_or_text,
    read_http_headers,
    read_status,
    read_time,
    read_url,
    time_from_millis,
)
from service.events.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.events.raw_page import RawPage

NAME = "stormcrawler"
STATUS = "fetch.statuscode"
REQUEST_TIME = "_request.time_"
HEADER_PREFIX = "protocol."
# Headers that say something of the page; `content-encoding` is not among them, for the content
# is decoded while the header stays.
HTTP_HEADERS = frozenset(
    {"content-type", "content-language", "last-modified", "link", "x-robots-tag"}
)


def _recognises(envelope: Envelope) -> bool:
    document = envelope.document
    return document is not None and {"url", "content", "metadata"} <= document.keys()


def _decode(envelope: Envelope, body_refs: BodyRefs) -> RawPage:
    document = envelope.require_document()
    url = read_url(document["url"])
    try:
        metadata = read_http_headers(_metadata(document["metadata"]))
        status = _first(metadata, STATUS)
        if not document["content"]:
            raise Rejected(RejectionReason.NO_BODY, f"no content (status {status})")
        content = read_base64_or_text(document["content"])
        return RawPage(
            url=url,
            fetched_at=_fetched_at(metadata, envelope.message.timestamp),
            status=None if status is None else read_status(status),
            headers=_http_headers(metadata),
            body=content if isinstance(content, bytes) else None,
            text=content if isinstance(content, str) else None,
            crawler=NAME,
        )
    except BadField as error:
        raise Failed(FailureReason.UNDECODABLE, f"StormCrawler tuple: {error}") from error


def _metadata(value: Any) -> Any:
    """The map itself: some serialisers write the object around it, whose field is `md`."""
    if isinstance(value, dict) and isinstance(value.get("md"), dict):
        return value["md"]
    return value


def _first(metadata: tuple[tuple[str, str], ...], name: str) -> str | None:
    return next((value for key, value in metadata if key == name), None)


def _http_headers(metadata: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    unprefixed = ((name.removeprefix(HEADER_PREFIX), value) for name, value in metadata)
    return tuple((name, value) for name, value in unprefixed if name in HTTP_HEADERS)


def _fetched_at(metadata: tuple[tuple[str, str], ...], timestamp: int | None) -> datetime | None:
    """The time of the request, in milliseconds since the epoch or, in older versions, RFC 3339."""
    text = _first(metadata, REQUEST_TIME)
    if text is None:
        return time_from_millis(timestamp)
    if text.isascii() and text.isdigit() and len(text) < 16:
        return time_from_millis(int(text))
    return read_time(text)


ADAPTER = Adapter(name=NAME, recognises=_recognises, decode=_decode)
