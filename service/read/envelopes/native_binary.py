"""Native form, binary mode: the value is the body as fetched, the metadata is in Kafka headers.

| Kafka header | meaning |
|---|---|
| `url` | URL as requested by the crawler; if absent, the key is used if it is a URL |
| `fetched-at` | RFC 3339 with an offset; if absent, the record's timestamp is used |
| `status` | HTTP status |
| `content-type`, `content-encoding` | as the server sent them; the value may still be encoded |
| `http-NAME` | any other HTTP header, such as `http-x-robots-tag` |
| `crawler` | name of the crawler |
| `truncated` | how the crawler cut the page off: the article gets the flag `truncated` |
| `hint-NAME` | what the crawler knew before: `hint-feed-title` (see `service.contract.hints`) |
| `refers-to`, `refers-to-date` | of an empty value: the body is that of an earlier capture |

A header without a value, or with an empty one, counts as absent. Bytes that are no UTF-8 are read
as Latin-1, as HTTP defines header values, except those of a URL.

A message with a `url` header always has this form, whatever its value looks like: a page whose own
body is JSON or a WARC record is still a page. Without a `url` header this form is the fallback.
"""

from collections.abc import Iterator
from datetime import datetime

from service.contract.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.contract.page import RawPage
from service.contract.record import InputMessage
from service.read.envelopes.body_refs import BodyRefs
from service.read.envelopes.envelope import Adapter, Envelope
from service.read.envelopes.fields import (
    BadField,
    read_status,
    read_time,
    read_url,
    time_from_millis,
)
from service.read.envelopes.hints import hints_of_headers, is_hint
from service.read.envelopes.warc import revisit_of
from service.read.envelopes.warc_records import Revisit

HTTP_PREFIX = "http-"
REFERS_TO, REFERS_TO_DATE = "refers-to", "refers-to-date"
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
        cut=_text(message, "truncated"),
        hints=hints_of_headers(_hint_headers(message)),
    )
    if not envelope.value:
        if message.header(REFERS_TO) is not None:
            uri, date = _text(message, REFERS_TO), _text(message, REFERS_TO_DATE)
            raise revisit_of(page.url, Revisit(uri, date), page.fetched_at)
        empty = f"the value is empty (status {page.status})"
        raise Rejected(RejectionReason.NO_BODY, empty, page.url, page.fetched_at)
    return page


def url_in_key(message: InputMessage) -> str | None:
    """Return the key as text, to be used as the URL; None if it is empty or not UTF-8."""
    if not message.key:
        return None
    try:
        return message.key.decode()
    except UnicodeDecodeError:
        return None


def _url(message: InputMessage) -> str:
    named = message.header("url")
    if named:
        try:
            return read_url(named.decode())
        except UnicodeDecodeError as error:
            raise _bad_header("url", f"not UTF-8 at byte {error.start}") from error
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
            text = _decoded(value)
            if text is not None:
                headers.append((lowered.removeprefix(HTTP_PREFIX), text))
    return tuple(headers)


def _hint_headers(message: InputMessage) -> Iterator[tuple[str, str]]:
    for name, value in message.headers:
        if is_hint(name.lower()) and (text := _decoded(value)) is not None:
            yield name.lower(), text


def _text(message: InputMessage, name: str) -> str | None:
    return _decoded(message.header(name))


def _decoded(value: bytes | None) -> str | None:
    """Return the text of a header; None if it has no value (Kafka allows null) or an empty one."""
    if not value:
        return None
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _bad_header(name: str, why: str) -> Failed:
    return Failed(FailureReason.BAD_HEADER, f"{name[:40]}: {why}")


ADAPTER = Adapter(name="native_binary", recognises=_recognises, decode=_decode)
