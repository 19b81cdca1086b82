"""Records on `pages.rejected`: pages that are rightly no event, with the reason."""

from service.events.cloud_event import cloud_headers
from service.events.contract_version import schema_id
from service.events.identity import event_id
from service.events.record import Record
from service.events.rejection import Rejection
from service.events.serde import dump
from service.events.topics import Topic

REJECTED_TYPE = "copydesk.page.rejected"


def rejection_record(
    rejection: Rejection,
    *,
    decided_on: str,
    key: bytes | None = None,
    time: str | None = None,
    traceparent: str | None = None,
) -> Record:
    """The record of a rejection.

    Args:
        decided_on: what of the input, beside the address, the decision rests on (a hash of the
            content, or the time of the fetch): the same page fetched twice is two rejections.
        key: of the input, where it has no address.
    """
    named = rejection.url or ""
    headers = cloud_headers(
        id=event_id(named, rejection.reason.value, decided_on),
        type=REJECTED_TYPE,
        schema=schema_id("rejection"),
        subject=rejection.uri or rejection.url,
        time=time,
        traceparent=traceparent,
    )
    reason: tuple[tuple[str, bytes], ...] = (("copydesk-reason", rejection.reason.value.encode()),)
    return Record(
        topic=Topic.REJECTED,
        key=rejection.url.encode("utf-8", "replace") if rejection.url else key,
        value=dump(rejection),
        headers=headers + reason,
    )
