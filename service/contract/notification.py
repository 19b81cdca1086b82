"""Dead letters of `copydesk notify`: events that a receiver did not take, on
`notifications.failed`.

A letter is the event as it was on its topic, with headers that say to whom it was not delivered.
"""

from enum import StrEnum

from service.contract.extracted import SourcePosition
from service.contract.outcome import ATTEMPTS, ERROR_PREFIX, REASON
from service.contract.record import Headers, Record, Topic

SUBSCRIPTION = "copydesk-subscription"
"""Header with the name of the subscription."""

_MESSAGE_LIMIT = 1000


class NotifyFailure(StrEnum):
    """Why an event was not delivered."""

    REFUSED = "refused"
    """The receiver answered that it will not take it."""
    GONE = "gone"
    """The receiver answered that nobody listens there any more."""
    EXHAUSTED = "exhausted"
    """It was posted as often as the table allows."""


def undelivered(
    event: Record,
    source: SourcePosition,
    *,
    subscription: str,
    reason: NotifyFailure,
    detail: str,
    attempts: int,
) -> Record:
    """Return the dead letter of an event.

    Args:
        source: where the event stands, also if it was posted again from a letter.
        detail: the last answer, for people; cut to 1,000 characters.
        attempts: how often it was posted.
    """
    errors = {
        ERROR_PREFIX + "topic": source.topic,
        ERROR_PREFIX + "partition": str(source.partition),
        ERROR_PREFIX + "offset": str(source.offset),
        ERROR_PREFIX + "exception.message": detail[:_MESSAGE_LIMIT],
        REASON: reason.value,
        ATTEMPTS: str(attempts),
        SUBSCRIPTION: subscription,
    }
    return Record(
        topic=Topic.NOTIFICATIONS_FAILED,
        key=event.key,
        value=event.value,
        headers=events_headers(event.headers)
        + tuple((name, text.encode("utf-8", "replace")) for name, text in errors.items()),
        timestamp=event.timestamp,
    )


def events_headers(headers: Headers) -> Headers:
    """Return the headers of the event in a dead letter, without the letter's own."""
    return tuple(
        (name, value)
        for name, value in headers
        if not name.startswith(ERROR_PREFIX) and name not in (ATTEMPTS, REASON, SUBSCRIPTION)
    )
