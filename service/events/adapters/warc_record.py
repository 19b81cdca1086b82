"""A WARC response record as the value, as some archiving crawlers write to Kafka.

Recognised by its first bytes. A revisit record says that the body is known already: no body.
Records of other types are other messages. One record a message.
"""

from datetime import datetime
from io import BytesIO

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
from service.events.adapters.warc_response import BadWarc, WarcRecords
from service.events.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.events.raw_page import RawPage

PREFIX = b"WARC/1."


def _recognises(envelope: Envelope) -> bool:
    return not envelope.names_its_url and envelope.value.startswith(PREFIX)


def _decode(envelope: Envelope, body_refs: BodyRefs) -> RawPage:
    records = WarcRecords(BytesIO(envelope.value))
    try:
        response = records.next_response()
        if records.next_response() is not None:
            raise BadWarc("more than one record in a message")
    except BadWarc as error:
        raise Failed(FailureReason.UNDECODABLE, f"WARC record: {error}") from error
    if response is None or isinstance(response, str):
        raise Rejected(RejectionReason.OTHER_MESSAGE, f"a WARC record of type {response}")
    url = read_url(response.url)
    if not response.body:
        what = "a revisit record" if response.revisit else "an empty body"
        raise Rejected(RejectionReason.NO_BODY, f"{what} (status {response.status})")
    return RawPage(
        url=url,
        fetched_at=_fetched_at(response.date, envelope.message.timestamp),
        status=_status(response.status),
        headers=response.headers,
        body=response.body,
    )


def _fetched_at(date: str | None, timestamp: int | None) -> datetime | None:
    """WARC 1.1 allows dates as short as a year; then the record's time in Kafka says more."""
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
