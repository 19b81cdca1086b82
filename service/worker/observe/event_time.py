"""How far shards have got in event time, for `/status` and the log.

A shard's thread writes, the event loop's thread reads: each report is one object, replaced as a
whole.
"""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from service.fold.shard import Shard
from service.fold.state.watermark import Late

logger = logging.getLogger(__name__)

_EVERY = 60.0
"""Seconds between two warnings of late articles."""


class EventTimes:
    """Event time of the shards that are assigned here."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._reports: dict[int, dict[str, Any]] = {}
        self._count = self._rejected = 0
        self._furthest: Late | None = None
        self._warned: float | None = None

    def note(self, number: int, shard: Shard) -> None:
        """Note how far a shard has got."""
        if not shard.clock:
            return
        partitions = {
            f"{topic}/{partition}": _iso(at) for (topic, partition), at in shard.event_times
        }
        self._reports[number] = {
            "folded_up_to": _iso(shard.clock),
            "text": f"folded up to {in_words(shard.clock)}",
            "partitions": partitions,
        }

    def forget(self, number: int) -> None:
        """Forget a shard that is no longer assigned here."""
        self._reports.pop(number, None)

    def report(self) -> dict[str, Any]:
        """Return the shards' event times for JSON, by number."""
        return {str(number): report for number, report in sorted(self._reports.items())}

    def late(self, late: Late, watermark: float) -> None:
        """Warn of late articles, at most once a minute, with the one that is furthest behind."""
        self._count += 1
        self._rejected += late.rejected
        if self._furthest is None or late.seconds > self._furthest.seconds:
            self._furthest = late
        now = self._clock()
        if self._warned is not None and now - self._warned < _EVERY:
            return
        furthest = self._furthest
        logger.warning(
            "%d articles are late by more than the window (%d rejected): the furthest, from %s/%d,"
            " was fetched %.1f hours before %s, up to which all partitions are folded",
            self._count,
            self._rejected,
            furthest.topic,
            furthest.partition,
            furthest.seconds / 3600,
            in_words(watermark),
        )
        self._count, self._rejected, self._furthest, self._warned = 0, 0, None, now


def in_words(seconds: float) -> str:
    """Return a time as "12 October 2026, 14:00 UTC"."""
    at = datetime.fromtimestamp(seconds, UTC)
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
