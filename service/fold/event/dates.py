"""The dates of an event: always with an offset, and beside each how precise the page is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone

from service.contract.article import Article
from service.contract.article_event import DatePrecision, DatePrecisions

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class EventDate:
    """A moment in RFC 3339 with an offset, and what of it the page says."""

    value: str
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class EventDates:
    """The dates of one event; None for what the page does not say.

    `version` is the last modification, else the publication. The time of the fetch stands for
    neither: the event has it by its own name.
    """

    published: str | None
    version: str | None
    expires: str | None
    precision: DatePrecisions | None


def dates_of(article: Article) -> EventDates:
    """Return the dates of an article's event."""
    offset = shared_offset(candidate.value for candidate in article.dates)
    published = moment_of(article.published, offset)
    version = moment_of(article.modified, offset) or published
    expires = moment_of(article.rights.expires if article.rights else None, offset)
    precision = DatePrecisions(
        first_created=_precision(published),
        version_created=_precision(version),
        content_created=_precision(published),
        expires=_precision(expires),
    )
    return EventDates(
        published=_value(published),
        version=_value(version),
        expires=_value(expires),
        precision=None if precision == DatePrecisions() else precision,
    )


def moment_of(value: str | None, offset: timedelta = timedelta(0)) -> EventDate | None:
    """Return a date of a page as an event has it; None if there is none.

    READ writes a day alone as its midnight without an offset, so a local time of 00:00:00 is taken
    for a day.

    Args:
        value: RFC 3339, with or without an offset.
        offset: from UTC, for a value without one.
    """
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None  # a record may hold what READ would not write
    if at.tzinfo is not None:
        return EventDate(_written(at, value), DatePrecision.EXACT)
    precision = DatePrecision.DAY if at.time() == time(0) else DatePrecision.LOCAL
    zone = UTC if not offset else timezone(offset)
    return EventDate(at.replace(tzinfo=zone).isoformat(), precision)


def shared_offset(values: Iterable[str]) -> timedelta:
    """Return the offset of all those dates of a page that have one, if it is the same; else zero.

    Where some dates are in UTC and others are not, it is not known which of them a date without an
    offset goes with.
    """
    found = {offset for value in values if (offset := _offset(value)) is not None}
    return found.pop() if len(found) == 1 else timedelta(0)


def _offset(value: str) -> timedelta | None:
    try:
        return datetime.fromisoformat(value).utcoffset()
    except ValueError:
        return None


def _written(at: datetime, value: str) -> str:
    """The value as the page has it, if that is RFC 3339; else the same moment written so. An offset
    with seconds, which RFC 3339 does not know, is turned into UTC."""
    if _RFC_3339.fullmatch(value):
        return value
    whole = (at.utcoffset() or timedelta(0)) % timedelta(minutes=1) == timedelta(0)
    return (at if whole else at.astimezone(UTC)).isoformat()


def _value(date: EventDate | None) -> str | None:
    return None if date is None else date.value


def _precision(date: EventDate | None) -> DatePrecision | None:
    return None if date is None else date.precision
