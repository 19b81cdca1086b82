"""WARC (ISO 28500): a response, resource or conversion record as a message. `warc_records` reads
archives.

The chunked transfer encoding of bodies is removed; their content encoding is kept.

Recognised by its first bytes. A revisit record omits a body captured earlier: of the same address
it is rejected with UNCHANGED, of another one with REVISIT, as a message has no other record to take
the body from. Records of other types are rejected with OTHER_MESSAGE. A header `broken-warc`, which
`copydesk feed` and `fold` write, says why a record of an archive could not be read: the message
fails with UNDECODABLE.
"""

from datetime import datetime
from io import BytesIO

from service.contract.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.contract.page import RawPage
from service.read.envelopes.body_refs import BodyRefs
from service.read.envelopes.envelope import Adapter, Envelope
from service.read.envelopes.fields import (
    BadField,
    read_status,
    read_time,
    read_url,
    time_from_millis,
)
from service.read.envelopes.warc_records import (
    WITHOUT_HTTP,
    BrokenRecord,
    Revisit,
    WarcRecords,
    WarcResponse,
)

PREFIX = b"WARC/1."
BROKEN = "broken-warc"
PASSED_OVER = "warc-record"
"""Kafka header of a message without a value that `copydesk feed` and `fold` write for a record that
holds a document, but no page: its type."""


def _recognises(envelope: Envelope) -> bool:
    if envelope.names_its_url:
        return False
    header = envelope.message.header
    return (
        envelope.value.startswith(PREFIX)
        or header(BROKEN) is not None
        or (header(PASSED_OVER) is not None and not envelope.value)
    )


def _decode(envelope: Envelope, body_refs: BodyRefs) -> RawPage:
    if (why := envelope.message.header(BROKEN)) is not None:
        raise _undecodable(why.decode("utf-8", "replace"))
    if (kind := envelope.message.header(PASSED_OVER)) is not None:
        raise _other(kind.decode("utf-8", "replace"))
    records = WarcRecords(BytesIO(envelope.value), size=len(envelope.value))
    response = records.next()
    if isinstance(response, BrokenRecord):
        raise _undecodable(response.why)
    if records.next() is not None:
        raise _undecodable("more than one record in a message")
    if response is None or isinstance(response, str):
        raise _other(str(response))
    if not is_page(response):
        raise _other(f"{response.kind} for {response.url[:200]}")
    url = read_url(response.url)
    fetched_at = _fetched_at(response.date, envelope.message.timestamp)
    if response.revisit is not None:
        raise revisit_of(url, response.revisit, fetched_at)
    if not response.body:
        empty = f"an empty body (status {response.status})"
        raise Rejected(RejectionReason.NO_BODY, empty, url, fetched_at)
    return RawPage(
        url=url,
        fetched_at=fetched_at,
        status=_status(response.status),
        headers=response.headers,
        body=response.body,
        cut=said_cut(response.truncated),
    )


def is_page(response: WarcResponse) -> bool:
    """Whether a record can be of a page: archives also keep logs and texts in resource records,
    with addresses such as `urn:text:...` or `metadata://...`."""
    return response.kind not in WITHOUT_HTTP or response.url.startswith(("http://", "https://"))


def said_cut(truncated: str | None) -> str | None:
    """Return how a record says that its body was cut (`WARC-Truncated: length`), if it does."""
    return f"WARC-Truncated: {truncated[:100]}" if truncated else None


def revisit_of(url: str, revisit: Revisit, fetched_at: datetime | None) -> Rejected:
    """Return the outcome of a capture whose body is in another record."""
    if revisit.unmodified or (revisit.uri and _same(url, revisit.uri)):
        since = f" since {revisit.date}" if revisit.date else ""
        said = f"captured again, unchanged{since}"
        return Rejected(RejectionReason.UNCHANGED, said, url, fetched_at)
    what = f"the body is that of {revisit.uri[:500]}" if revisit.uri else "the body is elsewhere"
    when = f", captured {revisit.date}" if revisit.date else ""
    return Rejected(RejectionReason.REVISIT, f"{what}{when}", url, fetched_at)


def _same(one: str, other: str) -> bool:
    return one.partition("://")[2].rstrip("/") == other.partition("://")[2].rstrip("/")


def _other(kind: str) -> Rejected:
    return Rejected(RejectionReason.OTHER_MESSAGE, f"a WARC record of type {kind}")


def _undecodable(why: str) -> Failed:
    return Failed(FailureReason.UNDECODABLE, f"WARC record: {why}")


def _fetched_at(date: str | None, timestamp: int | None) -> datetime | None:
    """Return the WARC date, or the Kafka timestamp if it has no time (WARC 1.1 allows a year)."""
    try:
        return read_time(date or "")
    except BadField:
        return time_from_millis(timestamp)


def _status(text: str | None) -> int | None:
    try:
        return read_status(text)
    except BadField:
        return None


ADAPTER = Adapter(name="warc", recognises=_recognises, decode=_decode)
