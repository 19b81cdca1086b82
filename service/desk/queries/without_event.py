"""Pages without an event: rejected with a reason, or failed."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

from service.desk.queries.story_filters import first_second, last_second, page_of, query_of

PAGE = 50
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class PageFilters:
    """Which pages a list has; an empty text does not filter. `since`, `until`: days (or times)
    between which a page was fetched, both included."""

    reason: str = ""
    host: str = ""
    since: str = ""
    until: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "PageFilters":
        """Parse a URL's query; values that are not allowed are ignored."""
        reason, host, since, until = (
            query.get(name, "").strip()[:_LONGEST] for name in ("reason", "host", "since", "until")
        )
        return cls(
            reason=reason,
            host=host.lower(),
            since=since if first_second(since) else "",
            until=until if last_second(until) else "",
            page=page_of(query),
        )

    def path(self, of: str, /, **changed: str | int) -> str:
        """URL of a list with these filters, some of them changed; of page 1 unless given.

        Args:
            of: path of the list.
        """
        return of + query_of(replace(self, **{"page": 1, **changed}))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class PagesWithoutEvent:
    """One page of a list, newest first, with the number of pages by reason."""

    rows: list[sqlite3.Row]
    reasons: list[tuple[str, int]]
    more: bool

    @property
    def total(self) -> int:
        """Number of pages, over all reasons."""
        return sum(count for _, count in self.reasons)


def list_rejected(db: sqlite3.Connection, filters: PageFilters) -> PagesWithoutEvent:
    """Stored rejected pages."""
    return _list(db, "rejected", filters)


def list_failed(db: sqlite3.Connection, filters: PageFilters) -> PagesWithoutEvent:
    """Stored failed pages."""
    return _list(db, "failed", filters)


def _list(db: sqlite3.Connection, table: str, filters: PageFilters) -> PagesWithoutEvent:
    texts, values = ["1"], list[str]()
    for text, value in (
        ("host = ?", filters.host),
        ("time >= ?", first_second(filters.since)),
        ("time <= ?", last_second(filters.until)),
    ):
        if value:
            texts.append(text)
            values.append(value)
    where = " AND ".join(texts)
    of_reason = "reason = ?" if filters.reason else "1"
    rows = db.execute(
        f"SELECT * FROM {table} WHERE {where} AND {of_reason}"  # noqa: S608 - fixed texts only
        " ORDER BY number DESC LIMIT ? OFFSET ?",
        (
            *(*values, *([filters.reason] if filters.reason else [])),
            *(PAGE + 1, (filters.page - 1) * PAGE),
        ),
    ).fetchall()
    reasons = db.execute(
        f"SELECT reason, count(*) FROM {table} WHERE {where}"  # noqa: S608
        " GROUP BY reason ORDER BY 2 DESC, 1",
        values,
    ).fetchall()
    return PagesWithoutEvent(
        rows[:PAGE], [(name, count) for name, count in reasons], len(rows) > PAGE
    )
