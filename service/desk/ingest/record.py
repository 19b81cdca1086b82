"""A record as the desk reads it from an output topic."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from service.contract.record import Topic

_FIRST = 1990
_LATEST_MS = 253_402_300_799_000


@dataclass(frozen=True, slots=True)
class Arrived:
    """One record and its position. `timestamp`: the broker's, milliseconds since the epoch."""

    topic: Topic
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...] = field(default=())
    timestamp: int = 0

    def header(self, name: str) -> str | None:
        """The last header of this name, as text."""
        found = [raw for key, raw in self.headers if key == name]
        return found[-1].decode("utf-8", "replace") if found else None

    @property
    def id(self) -> str:
        """The event's id (`ce_id`); without one, topic, partition and offset."""
        return self.header("ce_id") or f"{self.topic.value}/{self.partition}/{self.offset}"

    @property
    def time(self) -> str:
        """When the page was fetched (`ce_time`); without that, the record's timestamp."""
        return utc(self.header("ce_time")) or _from_ms(self.timestamp)


def utc(text: str | None) -> str | None:
    """A time as RFC 3339 in UTC to the second, so that times sort as text; None if it cannot be
    parsed or is earlier than the year `_FIRST`."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
        return _text(at if at.tzinfo else at.replace(tzinfo=UTC)) if at.year >= _FIRST else None
    except (ValueError, OverflowError):
        return None


def _from_ms(milliseconds: int) -> str:
    return _text(datetime.fromtimestamp(min(max(milliseconds, 0), _LATEST_MS) / 1000, UTC))


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
