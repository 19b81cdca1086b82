"""scrapy-cluster's `crawled_firehose` and `crawled_APPID`: one item, as JSON.

Recognised by `appid` and `crawlid`. The body is base64 or text, depending on a setting of the
crawler. The timestamp is UTC, written without an offset. The URL is the one after redirects.
Messages without a response (requests, answers to actions) are rejected with OTHER_MESSAGE.
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

NAME = "scrapy_cluster"
NOT_JSON = b"json failed to parse"


def _recognises(envelope: Envelope) -> bool:
    if not envelope.names_its_url and envelope.value == NOT_JSON:
        return True
    document = envelope.document
    return document is not None and "appid" in document and "crawlid" in document


def _decode(envelope: Envelope, body_refs: BodyRefs) -> RawPage:
    if envelope.value == NOT_JSON:
        raise Failed(FailureReason.UNDECODABLE, "the crawler could not write the item as JSON")
    document = envelope.require_document()
    if "status_code" not in document and "body" not in document:
        raise Rejected(RejectionReason.OTHER_MESSAGE, "a scrapy-cluster message without a response")
    url = read_url(document.get("response_url") or document.get("url"))
    if not document.get("body"):
        empty = f"no body (status {document.get('status_code')})"
        raise Rejected(RejectionReason.NO_BODY, empty, url)
    try:
        body = read_base64_or_text(document["body"])
        status = document.get("status_code")
        return RawPage(
            url=url,
            fetched_at=_fetched_at(document, envelope.message.timestamp),
            status=None if status is None else read_status(status),
            headers=read_http_headers(document.get("response_headers")),
            body=body if isinstance(body, bytes) else None,
            text=body if isinstance(body, str) else None,
        )
    except BadField as error:
        raise Failed(FailureReason.UNDECODABLE, f"scrapy-cluster item: {error}") from error


def _fetched_at(document: dict[str, Any], timestamp: int | None) -> datetime | None:
    text = document.get("timestamp")
    if not isinstance(text, str):
        return time_from_millis(timestamp)
    has_offset = text.endswith(("Z", "z")) or text[-6:-5] in ("+", "-")
    return read_time(text if has_offset else f"{text}Z")


ADAPTER = Adapter(name=NAME, recognises=_recognises, decode=_decode)
