"""Read the dates that pages declare for machines."""

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

ISO = re.compile(
    r"(?P<date>(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01]))"
    r"(?:[T\s]+(?P<time>\d{1,2}:\d\d(?::\d\d)?)(?P<fraction>[.,]\d+)?\s*"
    r"(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?(?!\d)",
    re.I,
)
COMPACT = re.compile(
    r"^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?$"
)
EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")


def read_date(text: str) -> str | None:
    """RFC 3339 for a declared date: ISO 8601 and what passes for it, RFC 2822, epoch numbers.

    The offset is kept as given; where none is given none is made up. A bare day reads as its
    midnight, without an offset. None for anything else.
    """
    text = text.strip()
    if match := ISO.match(text):
        return from_iso(match)
    if match := COMPACT.match(text):
        year, month, day, hour, minute, second, zone = match.groups()
        clock = ":".join(f"{part or 0:0>2}" for part in (hour, minute, second))
        return write(int(year), int(month), int(day), clock, zone)
    if EPOCH.match(text):
        seconds = int(text[:10])
        return (datetime(1970, 1, 1) + timedelta(seconds=seconds)).isoformat() + "+00:00"
    try:
        return parsedate_to_datetime(text).isoformat(timespec="seconds")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def from_iso(match: re.Match[str]) -> str | None:
    """RFC 3339 from the parts of an ISO date."""
    year, month, day = (int(part) for part in re.split(r"[-/.]", match["date"]))
    clock = match["time"]
    if clock is None:
        return write(year, month, day, "00:00:00", None)
    parts = [int(part) for part in clock.split(":")]
    clock = ":".join(f"{part:02}" for part in (*parts, 0)[:3])
    return write(year, month, day, clock, match["zone"])


def write(year: int, month: int, day: int, clock: str, zone: str | None) -> str | None:
    """RFC 3339 from parts, if there is such a day and time."""
    try:
        value = datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}T{clock}")
    except ValueError:
        return None
    return value.isoformat(timespec="seconds") + offset(zone)


def offset(zone: str | None) -> str:
    """The offset as RFC 3339 writes it; empty where the page gave none."""
    if zone is None:
        return ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    if int(digits[:2]) > 14 or int(digits[2:]) > 59:
        return ""
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def earliest_moment(value: str) -> datetime:
    """The earliest moment an RFC 3339 value may mean: without an offset, the one furthest east."""
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone(timedelta(hours=14)))
    return moment
