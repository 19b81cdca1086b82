"""Records on `pages.failed`: the input as it came, with the error in Kafka Connect's headers."""

from service.events.input_message import InputMessage
from service.events.outcome import FailureReason
from service.events.record import Record
from service.events.topics import Topic

ERROR_PREFIX = "__connect.errors."
ATTEMPTS = "copydesk-attempts"
REASON = "copydesk-reason"

_MESSAGE_LIMIT = 1000


def failure_record(
    message: InputMessage, *, stage: str, reason: FailureReason, error: str, detail: str
) -> Record:
    """The dead letter of an input: key, value, headers and timestamp kept.

    Args:
        stage: where it failed: `decode`, `read` or `fold`.
        error: class of the exception.
        detail: for people; cut at 1,000 characters.

    Headers of an earlier failure (a replay that failed again) are replaced, and
    `copydesk-attempts` counts them.
    """
    kept = tuple(
        (name, value)
        for name, value in message.headers
        if not name.startswith(ERROR_PREFIX) and name not in (ATTEMPTS, REASON)
    )
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


def _attempts(message: InputMessage) -> int:
    stated = message.header(ATTEMPTS) or b""
    return int(stated) if stated.isdigit() and len(stated) < 6 else 0
