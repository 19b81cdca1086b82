"""Apache Nutch's Kafka index writer: a document in which every field is an array of strings.

Recognised by `url` (or `id`) being an array. With the indexer's `-addBinaryContent` the page is in
`binaryContent`, as base64 or text. Otherwise `content` is the text of the whole page as parsed by
Nutch; it is used as an article already extracted.
"""

import re
from datetime import UTC, datetime
from typing import Any

from service.contract.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.contract.page import GivenArticle, RawPage
from service.read.envelopes.body_refs import BodyRefs
from service.read.envelopes.envelope import Adapter, Envelope
from service.read.envelopes.fields import (
    BadField,
    read_base64_or_text,
    read_time,
    read_url,
    time_from_millis,
)

NAME = "nutch"

# Java's `Date.toString()` on a JVM that runs in UTC; names of other time zones are ambiguous.
_JAVA_DATE = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d):(\d\d):(\d\d) (?:UTC|GMT) (\d{4})", re.ASCII
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _recognises(envelope: Envelope) -> bool:
    document = envelope.document
    return document is not None and isinstance(document.get("url") or document.get("id"), list)


def _decode(envelope: Envelope, body_refs: BodyRefs) -> RawPage:
    document = envelope.require_document()
    url = read_url(_first(document, "url") or _first(document, "id"))
    binary = _first(document, "binaryContent")
    content = _first(document, "content")
    if not binary and not (content and content.strip()):
        raise Rejected(RejectionReason.NO_BODY, "neither binaryContent nor content", url)
    page = read_base64_or_text(binary) if binary else None
    return RawPage(
        url=url,
        fetched_at=_fetched_at(_first(document, "tstamp"), envelope.message.timestamp),
        body=page if isinstance(page, bytes) else None,
        text=page if isinstance(page, str) else None,
        article=_article(document, content) if page is None and content else None,
    )


def _article(document: dict[str, Any], content: str) -> GivenArticle:
    return GivenArticle(title=_first(document, "title"), text=content)


def _first(document: dict[str, Any], name: str) -> str | None:
    values = document.get(name)
    if not isinstance(values, list) or not values:
        return None
    if not isinstance(values[0], str):
        raise Failed(FailureReason.UNDECODABLE, f"Nutch document: {name}: not a list of strings")
    return values[0]


def _fetched_at(tstamp: str | None, timestamp: int | None) -> datetime | None:
    """Return Nutch's fetch time, or the record's time if it cannot be parsed (the JVM's format)."""
    java = _JAVA_DATE.fullmatch(tstamp or "")
    try:
        if java and java[1] in _MONTHS:
            month = _MONTHS.index(java[1]) + 1
            day, hour, minute, second, year = map(int, java.groups()[1:])
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        if tstamp:
            return read_time(tstamp)
    except (BadField, ValueError):
        pass
    return time_from_millis(timestamp)


ADAPTER = Adapter(name=NAME, recognises=_recognises, decode=_decode)
