"""Each host's pages by outcome, and what its articles show; hosts that drift come first."""

import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from service.desk.queries.drift import YIELD, Drifting, Span, Spans, load_spans

PAGE = 100


@dataclass(slots=True)
class HostRow:
    """One host.

    Attributes:
        all: counts over all hours that are kept.
        spans: counts of its last hours, and of those before.
        days: (day, its counts), ascending.
    """

    host: str
    all: Span = field(default_factory=Span)
    spans: Spans = field(default_factory=Spans)
    days: list[tuple[str, Span]] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """All pages."""
        return self.all.outcomes.total()


def rate(outcomes: Counter[str]) -> float | None:
    """The share of readable pages that gave an article; None if no page is readable. An unchanged
    page counts as an article."""
    return Span(outcomes).share(YIELD)


def list_hosts(db: sqlite3.Connection, page: int, drifting: Drifting) -> tuple[list[HostRow], int]:
    """One page of hosts, those that drift first, then by number of pages; and the number of all
    hosts that pages are counted of."""
    names = [
        host
        for (host,) in db.execute(
            "SELECT host FROM host_hours GROUP BY host ORDER BY sum(pages) DESC, host"
        )
    ]
    present = set(names)
    order = [host for host in drifting.hosts if host in present]
    order += [host for host in names if host not in drifting.hosts]
    shown = order[(page - 1) * PAGE : page * PAGE]
    return [_row(db, host) for host in shown], len(order)


def load_host(db: sqlite3.Connection, host: str) -> HostRow | None:
    """One host; None if no page of it is counted."""
    row = _row(db, host)
    return row if row.pages else None


def _row(db: sqlite3.Connection, host: str) -> HostRow:
    row = HostRow(host, spans=load_spans(db, host))
    days: defaultdict[str, Span] = defaultdict(Span)
    for day, outcome, pages in db.execute(
        "SELECT substr(hour, 1, 10), outcome, sum(pages) FROM host_hours WHERE host = ?"
        " GROUP BY 1, 2",
        (host,),
    ):
        row.all.outcomes[outcome] += pages
        days[day].outcomes[outcome] = pages
    for day, sign, articles in db.execute(
        "SELECT substr(hour, 1, 10), sign, sum(articles) FROM host_signs WHERE host = ?"
        " GROUP BY 1, 2",
        (host,),
    ):
        row.all.signs[sign] += articles
        days[day].signs[sign] = articles
    row.days = sorted(days.items())
    return row
