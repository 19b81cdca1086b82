"""Native form, binary mode: the value is the body's bytes as fetched, Kafka headers say the rest.

| Kafka header | meaning |
|---|---|
| `url` | as the crawler asked for it; without it the key is taken, if that is a URL |
| `fetched-at` | RFC 3339 with an offset; without it the record's timestamp is taken |
| `status` | HTTP status |
| `content-type`, `content-encoding` | as the server sent them; the value may still be encoded |
| `http-NAME` | any other HTTP header, as `http-x-robots-tag` |
| `crawler` | who fetched it |

A `url` header always means this form, whatever the value looks like: a page whose own body is JSON
or a WARC record is still a page. Without one, this form is the last resort.
"""

from datetime import datetime

from service.events.adapters.adapter import Adapter
from service.events.adapters.body_refs import BodyRefs
from service.events.adapters.envelope import Envelope
from service.events.adapters.fields import (
    BadField,
    read_status,
    read_time,
    read_url,
    time_from_millis,
)
from service.events.input_message import InputMessage
from service.events.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.events.raw_page import RawPage

HTTP_PREFIX = "http-"
BODY_HEADERS = ("content-type", "content-encoding")


def _recognises(envelope: Envelope) -> bool:
    return True


def _decode(envelope: Envelope, body_refs: BodyRefs) -> RawPage:
    message = envelope.message
    page = RawPage(
        url=_url(message),
        fetched_at=_fetched_at(message),
        status=_status(message),
        headers=_http_headers(message),
        body=envelope.value,
        crawler=_text(message, "crawler"),
    )
    if not envelope.value:
        raise Rejected(RejectionReason.NO_BODY, f"the value is empty (status {page.status})")
    return page


def url_in_key(message: InputMessage) -> str | None:
    """The key as text, where it may be the page's URL."""
    if not message.key:
        return None
    try:
        return message.key.decode()
    except UnicodeDecodeError:
        return None


def _url(message: InputMessage) -> str:
    named = _text(message, "url")
    if named is not None:
        return read_url(named)
    key = url_in_key(message)
    if key is None:
        raise Failed(FailureReason.NO_URL, "no url header, and the key is no URL")
    return read_url(key)


def _fetched_at(message: InputMessage) -> datetime | None:
    text = _text(message, "fetched-at")
    if text is None:
        return time_from_millis(message.timestamp)
    try:
        return read_time(text)
    except BadField as error:
        raise _bad_header("fetched-at", str(error)) from error


def _status(message: InputMessage) -> int | None:
    text = _text(message, "status")
    if text is None:
        return None
    try:
        return read_status(text)
    except BadField as error:
        raise _bad_header("status", str(error)) from error


def _http_headers(message: InputMessage) -> tuple[tuple[str, str], ...]:
    headers = []
    for name, value in message.headers:
        lowered = name.lower()
        if lowered in BODY_HEADERS or lowered.startswith(HTTP_PREFIX):
            headers.append((lowered.removeprefix(HTTP_PREFIX), _decoded(name, value)))
    return tuple(headers)


def _text(message: InputMessage, name: str) -> str | None:
    value = message.header(name)
    return None if value is None else _decoded(name, value)


def _decoded(name: str, value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError as error:
        raise _bad_header(name, f"not UTF-8 at byte {error.start}") from error


def _bad_header(name: str, why: str) -> Failed:
    return Failed(FailureReason.BAD_HEADER, f"{name[:40]}: {why}")


ADAPTER = Adapter(name="native_binary", recognises=_recognises, decode=_decode)
