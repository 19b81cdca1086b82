"""Whether what READ made of a page fits its topic; if not, the page is a dead letter.

It has to be told before it is sent: a producer whose batch the broker refuses for good is of no use
for that partition any more, and the page would be met again after every restart.
"""

from service.events.failure import failure_record
from service.events.input_message import InputMessage
from service.events.outcome import FailureReason
from service.events.record import Record
from service.events.topics import Topic
from service.settings import Settings

_OVERHEAD = 1024
"""Bytes that a batch of one record adds, at most, beside what `size_of` counts."""


def fitting(record: Record, message: InputMessage, settings: Settings) -> Record:
    """The record, or the dead letter of its input where its topic may not take it.

    A dead letter is let pass: its topic has room for every input that `pages.raw` took.
    """
    if record.topic is Topic.FAILED:
        return record
    size = size_of(record) + _OVERHEAD
    if size <= settings.largest_message:
        return record
    detail = f"{size} bytes for {record.topic}, which takes {settings.largest_message}"
    return failure_record(
        message,
        stage="read",
        reason=FailureReason.OUTPUT_TOO_LARGE,
        error="OutputTooLarge",
        detail=detail,
    )


def size_of(record: Record) -> int:
    """Bytes of key, value and headers, not compressed."""
    headers = sum(len(name) + len(value or b"") for name, value in record.headers)
    return len(record.key or b"") + len(record.value or b"") + headers
