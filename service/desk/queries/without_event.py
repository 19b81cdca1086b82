"""Pages without an event: rejected with a reason, or failed."""

import sqlite3
from dataclasses import dataclass

PAGE = 50


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


def list_rejected(db: sqlite3.Connection, reason: str, host: str, page: int) -> PagesWithoutEvent:
    """Stored rejected pages; an empty `reason` or `host` does not filter."""
    return _list(db, "rejected", reason, host, page)


def list_failed(db: sqlite3.Connection, reason: str, host: str, page: int) -> PagesWithoutEvent:
    """Stored failed pages; an empty `reason` or `host` does not filter."""
    return _list(db, "failed", reason, host, page)


def _list(
    db: sqlite3.Connection, table: str, reason: str, host: str, page: int
) -> PagesWithoutEvent:
    of_host = "host = ?" if host else "1"
    of_reason = "reason = ?" if reason else "1"
    rows = db.execute(
        f"SELECT * FROM {table} WHERE {of_host} AND {of_reason}"  # noqa: S608 - fixed texts only
        " ORDER BY number DESC LIMIT ? OFFSET ?",
        (*[value for value in (host, reason) if value], PAGE + 1, (page - 1) * PAGE),
    ).fetchall()
    reasons = db.execute(
        f"SELECT reason, count(*) FROM {table} WHERE {of_host}"  # noqa: S608
        " GROUP BY reason ORDER BY 2 DESC, 1",
        [host] if host else [],
    ).fetchall()
    return PagesWithoutEvent(
        rows[:PAGE], [(name, count) for name, count in reasons], len(rows) > PAGE
    )
