"""Apache Nutch's Kafka index writer: a document whose every field is an array of strings.

Recognised by `url` (or `id`) being an array. With the indexer's `-addBinaryContent` the page itself
is in `binaryContent`, as base64 or text; otherwise `content` is the text of the whole page, as
Nutch parsed it, and is taken as an article already extracted.
"""

import re
from datetime import UTC, datetime
from typing import Any

from service.events.adapters.adapter import Adapter
from service.events.adapters.body_refs import BodyRefs
from service.events.adapters.envelope import Envelope
from service.events.adapters.fields import (
    BadField,
    read_base64_or_text,
    read_time,
    read_url,
    time_from_millis,
)
from service.events.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.events.raw_page import GivenArticle, RawPage

NAME = "nutch"

# `Date.toString()` of Java, for a JVM that runs in UTC; other zones' names are ambiguous.
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
        raise Rejected(RejectionReason.NO_BODY, "neither binaryContent nor content")
    page = read_base64_or_text(binary) if binary else None
    return RawPage(
        url=url,
        fetched_at=_fetched_at(_first(document, "tstamp"), envelope.message.timestamp),
        body=page if isinstance(page, bytes) else None,
        text=page if isinstance(page, str) else None,
        article=_article(document, content) if page is None and content else None,
        crawler=NAME,
    )


def _article(document: dict[str, Any], content: str) -> GivenArticle:
    return GivenArticle(
        title=_first(document, "title"), text=content, language=_first(document, "lang")
    )


def _first(document: dict[str, Any], name: str) -> str | None:
    values = document.get(name)
    if not isinstance(values, list) or not values:
        return None
    if not isinstance(values[0], str):
        raise Failed(FailureReason.UNDECODABLE, f"Nutch document: {name}: not a list of strings")
    return values[0]


def _fetched_at(tstamp: str | None, timestamp: int | None) -> datetime | None:
    """The fetch's time; the record's where Nutch's cannot be told (its format is the JVM's)."""
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
