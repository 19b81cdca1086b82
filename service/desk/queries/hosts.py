"""The share of each host's pages that gave an article, recently and before: shows redesigns."""

import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from service.desk.ingest.host_hours import FAILED

RECENT_HOURS = 24
BEFORE_HOURS = 7 * 24
PAGE = 100

FELL = 0.3
"""A host's rate has fallen if it is lower than before by at least this much ..."""
FEWEST = 20
"""... with at least this many readable pages in each span: with fewer, it may be chance."""

AMONG = 500
"""Number of hosts, those with the most pages, that are checked for a fall."""

_READ = ("article", "unchanged")
_UNREAD = ("no_article", "no_body", "wall", "too_short", "too_large", "too_complex", FAILED)
_HOUR = "%Y-%m-%dT%H"


@dataclass(slots=True)
class HostRow:
    """One host.

    Attributes:
        outcomes: pages by outcome, over all hours that are kept.
        recent, before: pages by outcome in the `RECENT_HOURS` up to the host's newest page, and in
            the `BEFORE_HOURS` before those. Time of fetch counts, so that old crawls work too.
        days: (day, pages by outcome), ascending.
    """

    host: str
    outcomes: Counter[str] = field(default_factory=Counter)
    recent: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    days: list[tuple[str, Counter[str]]] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """All pages."""
        return self.outcomes.total()

    @property
    def has_fallen(self) -> bool:
        """Whether a far smaller share of its pages gives an article than before."""
        if min(_readable(self.recent), _readable(self.before)) < FEWEST:
            return False
        now, then = rate(self.recent), rate(self.before)
        return now is not None and then is not None and now <= then - FELL


def rate(outcomes: Counter[str]) -> float | None:
    """The share of readable pages that gave an article; None if no page is readable.

    Pages without HTML, HTTP errors, pages that forbid archiving and other messages are left out:
    they say nothing about extraction. An unchanged page counts as an article.
    """
    readable = _readable(outcomes)
    return sum(outcomes[name] for name in _READ) / readable if readable else None


def list_hosts(db: sqlite3.Connection, page: int) -> tuple[list[HostRow], bool]:
    """One page of hosts, those whose rate has fallen first, then by number of pages; and whether
    there are more."""
    names = [
        host
        for (host,) in db.execute(
            "SELECT host FROM host_hours GROUP BY host ORDER BY sum(pages) DESC, host"
        )
    ]
    fallen = [row for host in names[:AMONG] if (row := _row(db, host)).has_fallen]
    fallen.sort(key=lambda row: (-row.recent.total(), row.host))
    first = [row.host for row in fallen]
    order = first + [host for host in names if host not in set(first)]
    shown = order[(page - 1) * PAGE : page * PAGE]
    return [_row(db, host) for host in shown], len(order) > page * PAGE


def load_host(db: sqlite3.Connection, host: str) -> HostRow | None:
    """One host; None if no page of it is counted."""
    row = _row(db, host)
    return row if row.pages else None


def _row(db: sqlite3.Connection, host: str) -> HostRow:
    row = HostRow(host)
    found = db.execute(
        "SELECT hour, outcome, pages FROM host_hours WHERE host = ? ORDER BY hour", (host,)
    ).fetchall()
    if not found:
        return row
    newest = found[-1]["hour"]
    recent_from = _before(newest, RECENT_HOURS)
    before_from = _before(newest, RECENT_HOURS + BEFORE_HOURS)
    days: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for hour, outcome, pages in found:
        row.outcomes[outcome] += pages
        days[hour[:10]][outcome] += pages
        if hour > recent_from:
            row.recent[outcome] += pages
        elif hour > before_from:
            row.before[outcome] += pages
    row.days = sorted(days.items())
    return row


def _readable(outcomes: Counter[str]) -> int:
    return sum(outcomes[name] for name in (*_READ, *_UNREAD))


def _before(hour: str, hours: int) -> str:
    return (datetime.strptime(hour, _HOUR) - timedelta(hours=hours)).strftime(_HOUR)
