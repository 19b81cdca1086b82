"""The periods that pages count: whole hours or days of UTC, up to the newest page.

A crawl that is read from an archive is as old as it is, so a period ends with the newest page by
time of fetch, not with the clock. What a crawler dates into the future does not count as newest.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from service.desk.queries.story_filters import StoryFilters

DAYS = (1, 7, 30)
"""Lengths of a period to choose from."""
USUAL_DAYS = 7

HOURS = 24
"""Length of the overview's period."""

_SECOND = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last second, both included, as the desk stores times.

    Attributes:
        steps: the days (`2026-03-10`) or hours (`2026-03-10T14`) in it, ascending.
    """

    since: str
    until: str
    steps: tuple[str, ...]

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day."""
        return self.since[:10], self.until[:10]

    def stories(self, of: str = "/", /, **filters: str) -> str:
        """URL of the list of what these filters leave of the period.

        Args:
            of: path of the list.
        """
        return StoryFilters(since=self.since, until=self.until, **filters).path(of)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Asked:
    """The period that a page was asked for: so many days, the last of them `until` (empty: that of
    the newest page)."""

    days: int = USUAL_DAYS
    until: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Asked":
        """Parse a URL's query; values that are not allowed are ignored."""
        days, until = query.get("days", ""), query.get("until", "")
        try:
            day = date.fromisoformat(until).isoformat()
        except ValueError:
            day = ""
        allowed = {str(each): each for each in DAYS}
        return cls(allowed.get(days, USUAL_DAYS), day if "1990" < day < "9999" else "")

    def period(self, newest: datetime) -> Period:
        """The days asked for, of which the last is that of the newest page unless another was."""
        last = date.fromisoformat(self.until) if self.until else newest.date()
        days = [last - timedelta(days=back) for back in reversed(range(self.days))]
        return Period(
            f"{days[0]}T00:00:00Z", f"{last}T23:59:59Z", tuple(day.isoformat() for day in days)
        )


def last_hours(newest: datetime) -> Period:
    """The `HOURS` whole hours of which the last is that of the newest page."""
    last = newest.replace(minute=0, second=0, microsecond=0)
    first = last - timedelta(hours=HOURS - 1)
    steps = tuple(f"{first + timedelta(hours=each):%Y-%m-%dT%H}" for each in range(HOURS))
    return Period(f"{first:{_SECOND}}", f"{last + timedelta(seconds=3599):{_SECOND}}", steps)


def newest_page(db: sqlite3.Connection, now: datetime) -> datetime:
    """When the newest page was fetched, of those that were fetched before `now`; `now` if there is
    none."""
    text = f"{now.astimezone(UTC):{_SECOND}}"
    found = db.execute(
        "SELECT max(seen) FROM articles WHERE seen <= :now UNION ALL"
        " SELECT max(time) FROM rejected WHERE time <= :now UNION ALL"
        " SELECT max(time) FROM failed WHERE time <= :now",
        {"now": text},
    )
    return datetime.fromisoformat(max((time for (time,) in found if time), default=text))
