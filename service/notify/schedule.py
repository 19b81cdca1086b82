"""What an answer means, and how long to wait before an event is posted again."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from service.notify.subscription import Delivery

MOST_ASKED = 86_400.0
"""Most seconds that a receiver may ask to wait (`Retry-After`): a day."""

_TOO_EARLY, _TIMEOUT, _TOO_MANY, _GONE = 425, 408, 429, 410


class Verdict(StrEnum):
    """What an answer means."""

    DELIVERED = "delivered"
    AGAIN = "again"
    """It may be otherwise later: try again."""
    REFUSED = "refused"
    """It will be the same again."""
    GONE = "gone"
    """Nobody listens there any more."""


def verdict_of(status: int | None) -> Verdict:
    """Return what the status of an answer means; None stands for no answer.

    A redirect is not followed: it is tried again, since it may stand for a site that is out of
    order.
    """
    if status is None or status >= 500 or status in (_TIMEOUT, _TOO_EARLY, _TOO_MANY):
        return Verdict.AGAIN
    if status == _GONE:
        return Verdict.GONE
    if status >= 400:
        return Verdict.REFUSED
    return Verdict.DELIVERED if 200 <= status < 300 else Verdict.AGAIN


def wait_after(attempt: int, delivery: Delivery, spread: float, asked: float | None) -> float:
    """Return the seconds to wait after an attempt that failed.

    They double with each attempt up to the longest, and a random half is taken off, so that
    events that failed together do not come back together.

    Args:
        attempt: its number, from 1.
        spread: random, 0 to 1.
        asked: seconds that the receiver asked for: waited at least, up to `MOST_ASKED`.
    """
    doublings = min(attempt - 1, 40)
    whole = min(delivery.longest_wait_seconds, delivery.first_wait_seconds * 2.0**doublings)
    return max(whole * (0.5 + spread / 2), min(asked or 0.0, MOST_ASKED))


def asked_wait(header: str | None, now: datetime) -> float | None:
    """Return the seconds in a `Retry-After`, which is a number or a date; None if there is none."""
    text = (header or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:12])
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
