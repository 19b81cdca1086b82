"""How many pages of each host gave an article, now and before, so that a redesign is seen."""

import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from service.desk.host_hours import FAILED

RECENT_HOURS = 24
BEFORE_HOURS = 7 * 24
PAGE = 100

FELL = 0.3
"""A host's rate has fallen where it is lower than before by this much ..."""
FEWEST = 20
"""... with at least this many readable pages in each span: below, chance moves a rate as far."""

AMONG = 500
"""Hosts with the most pages, among which falls are looked for."""

_READ = ("article", "unchanged")
_UNREAD = ("no_article", "no_body", "too_short", "too_large", "too_complex", FAILED)
_HOUR = "%Y-%m-%dT%H"


@dataclass(slots=True)
class HostRow:
    """One host.

    Attributes:
        outcomes: pages by outcome, all that is kept.
        recent, before: pages by outcome in the `RECENT_HOURS` that end with the host's newest, and
            in the `BEFORE_HOURS` before those: by time of fetch, so that an old crawl counts too.
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
        """Whether far fewer of its pages give an article than before."""
        if min(_readable(self.recent), _readable(self.before)) < FEWEST:
            return False
        now, then = rate(self.recent), rate(self.before)
        return now is not None and then is not None and now <= then - FELL


def rate(outcomes: Counter[str]) -> float | None:
    """Of the pages that might hold an article, the share that gave one; None where none might.

    Pages that are no HTML, answered with an error, forbid archiving or are other messages say
    nothing of extraction; a page seen before with the same text gave its article.
    """
    readable = _readable(outcomes)
    return sum(outcomes[name] for name in _READ) / readable if readable else None


def list_hosts(db: sqlite3.Connection, page: int) -> tuple[list[HostRow], bool]:
    """Hosts: those whose rate has fallen, then those with most pages; and if there are more."""
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
    """One host; None where no page of it was met."""
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
