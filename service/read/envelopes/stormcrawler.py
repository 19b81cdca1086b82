"""StormCrawler: its tuple `(url, content, metadata)` as JSON, as its users write it with KafkaBolt.

`content` is base64 (Jackson's form of bytes) or text, already content-decoded. `metadata` maps
names to lists of values: the fetcher's own metadata, and the HTTP headers in lower case. All but
`fetch.statusCode` may have the prefix `protocol.`, which newer versions put before what the
protocol says (setting `protocol.md.prefix`).

`http.trimmed` says that the page was longer than `http.content.limit` (65,536 bytes in
StormCrawler's project template), and `http.trimmed.reason` why it was cut there.
"""

from datetime import datetime
from typing import Any

from service.contract.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.contract.page import RawPage
from service.read.envelopes.body_refs import BodyRefs
from service.read.envelopes.envelope import Adapter, Envelope
from service.read.envelopes.fields import (
    BadField,
    read_base64_or_text,
    read_http_headers,
    read_status,
    read_time,
    read_url,
    time_from_millis,
)

NAME = "stormcrawler"
STATUS = "fetch.statuscode"
REQUEST_TIME = "_request.time_"
PREFIX = "protocol."
TRIMMED = "http.trimmed"
# Headers that describe the page. `content-encoding` is left out: StormCrawler keeps the header
# although the content is already decoded.
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
        metadata = tuple(
            (name.removeprefix(PREFIX), value)
            for name, value in read_http_headers(_metadata(document["metadata"]))
        )
        status = _first(metadata, STATUS)
        if not document["content"]:
            raise Rejected(RejectionReason.NO_BODY, f"no content (status {status})", url)
        content = read_base64_or_text(document["content"])
        return RawPage(
            url=url,
            fetched_at=_fetched_at(metadata, envelope.message.timestamp),
            status=None if status is None else read_status(status),
            headers=_http_headers(metadata),
            body=content if isinstance(content, bytes) else None,
            text=content if isinstance(content, str) else None,
            cut=_cut(metadata),
        )
    except BadField as error:
        raise Failed(FailureReason.UNDECODABLE, f"StormCrawler tuple: {error}") from error


def _metadata(value: Any) -> Any:
    """Return the map itself: some serialisers wrap it in an object with the field `md`."""
    if isinstance(value, dict) and isinstance(value.get("md"), dict):
        return value["md"]
    return value


def _first(metadata: tuple[tuple[str, str], ...], name: str) -> str | None:
    return next((value for key, value in metadata if key == name), None)


def _http_headers(metadata: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in metadata if name in HTTP_HEADERS)


def _cut(metadata: tuple[tuple[str, str], ...]) -> str | None:
    """Return what says that the crawler cut the page, or None."""
    if (_first(metadata, TRIMMED) or "").strip().lower() != "true":
        return None
    reason = _first(metadata, f"{TRIMMED}.reason")
    return f"{TRIMMED}: {reason[:100]}" if reason else TRIMMED


def _fetched_at(metadata: tuple[tuple[str, str], ...], timestamp: int | None) -> datetime | None:
    """Return the request's time: milliseconds since the epoch, RFC 3339 in older versions."""
    text = _first(metadata, REQUEST_TIME)
    if text is None:
        return time_from_millis(timestamp)
    if text.isascii() and text.isdigit() and len(text) < 16:
        return time_from_millis(int(text))
    return read_time(text)


ADAPTER = Adapter(name=NAME, recognises=_recognises, decode=_decode)
