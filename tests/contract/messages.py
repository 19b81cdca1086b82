"""Input messages as tests need them."""

import json
from typing import Any

from service.contract.extracted import SourcePosition
from service.contract.outcome import Failed, FailureReason, Rejected, RejectionReason
from service.contract.record import InputMessage
from service.read.envelopes import BodyRefs, decode

SOURCE = SourcePosition(topic="pages.raw", partition=3, offset=41)
TIMESTAMP = 1_715_679_000_250  # 2024-05-14T09:30:00.250Z


def message(
    value: bytes | None,
    headers: tuple[tuple[str, bytes], ...] = (),
    key: bytes | None = None,
    timestamp: int | None = TIMESTAMP,
) -> InputMessage:
    """A record as it stands in Kafka."""
    return InputMessage(key, value, headers, timestamp, SOURCE)


def json_message(document: Any, **more: Any) -> InputMessage:
    """A record whose value is JSON."""
    return message(json.dumps(document).encode(), **more)


def outcome(
    given: InputMessage, only: tuple[str, ...] | None = None, body_refs: BodyRefs | None = None
) -> tuple[FailureReason | RejectionReason, str]:
    """Why a message is no page, and what is said of it."""
    try:
        page = decode(given, only, body_refs)
    except (Failed, Rejected) as reason:
        return reason.reason, reason.detail
    raise AssertionError(f"a page came out: {page}")
