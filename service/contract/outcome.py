"""Outcomes other than an event: rejected (rightly no event) and failed (not processed because of a
fault), with their records on `pages.rejected` and `pages.failed`.
"""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from service.contract.cloud_event import cloud_headers, schema_id
from service.contract.identity import event_id
from service.contract.record import Headers, InputMessage, Record, Topic
from service.contract.serde import Model, dump


class RejectionReason(StrEnum):
    """Why an input was rejected: it was handled without error. Written to `pages.rejected`."""

    UNCHANGED = "unchanged"
    NOT_HTML = "not_html"
    NO_ARTICLE = "no_article"
    NO_BODY = "no_body"
    WALL = "wall"
    TOO_SHORT = "too_short"
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    HTTP_ERROR = "http_error"
    ROBOTS_NOARCHIVE = "robots_noarchive"
    RIGHTS = "rights"
    OTHER_MESSAGE = "other_message"
    TOO_OLD = "too_old"
    REVISIT = "revisit"


class FailureReason(StrEnum):
    """Why an input could not be processed. The input is written to `pages.failed`, for replay."""

    NULL_VALUE = "null_value"
    UNDECODABLE = "undecodable"
    NO_URL = "no_url"
    BAD_HEADER = "bad_header"
    BAD_ENCODING = "bad_encoding"
    BODY_REF_REFUSED = "body_ref_refused"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_TOO_LARGE = "output_too_large"
    CRASHED = "crashed"
    ERROR = "error"
    NOT_IN_WINDOW = "not_in_window"
    REFUSED = "refused"


REFUSALS = frozenset({FailureReason.NOT_IN_WINDOW, FailureReason.REFUSED})
"""Reasons for which a decision of the operator is not carried out: no fault of the pipeline."""


class Rejected(Exception):
    """The page is rejected: it was handled without error and produces no event.

    `detail` is human-readable: what was found and what was expected. `url` and `fetched_at` are of
    the page, where a message without content names them.
    """

    def __init__(
        self,
        reason: RejectionReason,
        detail: str,
        url: str | None = None,
        fetched_at: datetime | None = None,
    ) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
        self.url = url
        self.fetched_at = fetched_at

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"


class Failed(Exception):
    """The input could not be processed; it is kept unchanged as a dead letter."""

    def __init__(self, reason: FailureReason, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}"


class Rejection(Model):
    """A rejected page: it was handled without error and produces no event."""

    uri: str | None = Field(
        default=None,
        description="Id that the article would have. Absent if the input has no address.",
    )
    url: str | None = Field(
        default=None, description="Address of the page. Absent if the input has none."
    )
    reason: RejectionReason = Field(description="Why, for programs.")
    detail: str = Field(description="Why, for people: what was found, and what was expected.")


REJECTED_TYPE = "copydesk.page.rejected"


def rejection_record(
    rejection: Rejection,
    *,
    decided_on: str,
    key: bytes | None = None,
    time: str | None = None,
    traceparent: str | None = None,
) -> Record:
    """Return the record of a rejection.

    Args:
        decided_on: the part of the input besides the URL that goes into the event id (a content
            hash, or the time of the fetch): the same page fetched twice gives two rejections.
        key: key of the record if the rejection has no URL.
    """
    named, data = rejection.url or "", dump(rejection)
    said = (data.decode(), time or "", traceparent or "")
    headers = cloud_headers(
        id=event_id(named, rejection.reason.value, decided_on, *said),
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
        value=data,
        headers=headers + reason,
    )


ERROR_PREFIX = "__connect.errors."
ATTEMPTS = "copydesk-attempts"
REASON = "copydesk-reason"

_MESSAGE_LIMIT = 1000


def failure_record(
    message: InputMessage, *, stage: str, reason: FailureReason, error: str, detail: str
) -> Record:
    """Return the dead letter of an input; it keeps key, value, headers and timestamp.

    If a replayed input fails again, the error headers of the earlier failure are replaced and
    `copydesk-attempts` is incremented.

    Args:
        stage: where it failed: `decode`, `read` or `fold`.
        error: class name of the exception.
        detail: human-readable message; truncated to 1,000 characters.
    """
    kept = crawlers_headers(message)
    source = message.source
    errors = {
        ERROR_PREFIX + "topic": source.topic,
        ERROR_PREFIX + "partition": str(source.partition),
        ERROR_PREFIX + "offset": str(source.offset),
        ERROR_PREFIX + "stage": stage,
        ERROR_PREFIX + "exception.class.name": error,
        ERROR_PREFIX + "exception.message": detail[:_MESSAGE_LIMIT],
        REASON: reason.value,
        ATTEMPTS: str(_attempts(message) + 1),
    }
    return Record(
        topic=Topic.FAILED,
        key=message.key,
        value=message.value,
        headers=kept
        + tuple((name, text.encode("utf-8", "replace")) for name, text in errors.items()),
        timestamp=message.timestamp,
    )


def crawlers_headers(message: InputMessage) -> Headers:
    """Return the headers without those that dead letters have."""
    return tuple(
        (name, value)
        for name, value in message.headers
        if not name.startswith(ERROR_PREFIX) and name not in (ATTEMPTS, REASON)
    )


def _attempts(message: InputMessage) -> int:
    stated = message.header(ATTEMPTS) or b""
    return int(stated) if stated.isdigit() and len(stated) < 6 else 0
