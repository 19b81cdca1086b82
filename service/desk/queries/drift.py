"""Layout drift: a host's pages give other articles than they did a week before, or none.

Two spans are compared, both back from the host's newest page by time of fetch, so that old crawls
work too: the last `RECENT_HOURS`, and the `BEFORE_HOURS` before those.
"""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import sqrt

from service.desk.ingest.host_hours import FAILED
from service.desk.ingest.host_signs import SIGNS

RECENT_HOURS = 24
BEFORE_HOURS = 7 * 24

YIELD = "yield"
"""The drift of a host of whose pages fewer give an article."""

KINDS = (YIELD, *SIGNS)
"""What can drift: the yield falls, or the share of articles with a sign rises."""

LEAST = 0.3
"""A share has changed if it differs by at least this much ..."""
FEWEST = 20
"""... with at least this many pages in each span ..."""
ERRORS = 4.0
"""... and by this many standard errors of the difference between two samples of one share (a
two-proportion z-test): of 500 hosts and five kinds, chance makes one a drift every twelve looks."""

AMONG = 500
"""Number of hosts, those with the most pages, that are compared."""

ARTICLE = "article"
_READ = (ARTICLE, "unchanged")
_UNREAD = ("no_article", "no_body", "wall", "too_short", "too_large", "too_complex", FAILED)
_HOUR = "%Y-%m-%dT%H"


@dataclass(slots=True)
class Span:
    """Counts of one host in one span: pages by outcome, and articles by sign."""

    outcomes: Counter[str] = field(default_factory=Counter)
    signs: Counter[str] = field(default_factory=Counter)

    def share(self, kind: str) -> float | None:
        """The share of pages that gave an article, for `YIELD`; else of articles with a sign. None
        if there are none."""
        count, of = self.counted(kind)
        return count / of if of else None

    def counted(self, kind: str) -> tuple[int, int]:
        """The two numbers that the share is made of."""
        if kind == YIELD:
            return sum(self.outcomes[name] for name in _READ), readable(self.outcomes)
        return self.signs[kind], self.outcomes[ARTICLE]


@dataclass(slots=True)
class Spans:
    """The two spans of one host, up to its newest page."""

    recent: Span = field(default_factory=Span)
    before: Span = field(default_factory=Span)

    def drifts(self) -> tuple[str, ...]:
        """The kinds that have drifted, in the order of `KINDS`."""
        return tuple(kind for kind in KINDS if self._has_drifted(kind))

    def _has_drifted(self, kind: str) -> bool:
        (now, of_now), (then, of_then) = self.recent.counted(kind), self.before.counted(kind)
        if min(of_now, of_then) < FEWEST:
            return False
        change = now / of_now - then / of_then
        worse = -change if kind == YIELD else change
        share = (now + then) / (of_now + of_then)
        error = sqrt(share * (1 - share) * (1 / of_now + 1 / of_then))
        return worse >= LEAST and worse >= ERRORS * error


def readable(outcomes: Mapping[str, int]) -> int:
    """Number of pages that can give an article: not other files than HTML, errors of the site,
    pages that forbid archiving and other messages, which say nothing about extraction."""
    return sum(outcomes.get(name, 0) for name in (*_READ, *_UNREAD))


def load_spans(db: sqlite3.Connection, host: str) -> Spans:
    """Count both spans of a host."""
    spans = Spans()
    newest = db.execute("SELECT max(hour) FROM host_hours WHERE host = ?", (host,)).fetchone()[0]
    if newest is None:
        return spans
    recent_from = _before(newest, RECENT_HOURS)
    before_from = _before(newest, RECENT_HOURS + BEFORE_HOURS)
    for outcome, is_recent, pages in db.execute(
        "SELECT outcome, hour > ?, sum(pages) FROM host_hours WHERE host = ? AND hour > ?"
        " GROUP BY 1, 2",
        (recent_from, host, before_from),
    ):
        (spans.recent if is_recent else spans.before).outcomes[outcome] = pages
    for sign, is_recent, articles in db.execute(
        "SELECT sign, hour > ?, sum(articles) FROM host_signs WHERE host = ? AND hour > ?"
        " GROUP BY 1, 2",
        (recent_from, host, before_from),
    ):
        (spans.recent if is_recent else spans.before).signs[sign] = articles
    return spans


@dataclass(frozen=True, slots=True)
class Drifting:
    """Hosts that drift, those with the most recent pages first, each with the kinds."""

    hosts: Mapping[str, tuple[str, ...]]

    def count(self, kind: str) -> int:
        """Number of hosts of which this has drifted."""
        return sum(kind in kinds for kinds in self.hosts.values())


def find_drifting(db: sqlite3.Connection) -> Drifting:
    """Compare the `AMONG` hosts with the most pages."""
    names = db.execute(
        "SELECT host FROM host_hours GROUP BY host ORDER BY sum(pages) DESC, host LIMIT ?",
        (AMONG,),
    ).fetchall()
    found = [
        (spans.recent.outcomes.total(), host, kinds)
        for (host,) in names
        if (kinds := (spans := load_spans(db, host)).drifts())
    ]
    found.sort(key=lambda each: (-each[0], each[1]))
    return Drifting({host: kinds for _, host, kinds in found})


def _before(hour: str, hours: int) -> str:
    return (datetime.strptime(hour, _HOUR) - timedelta(hours=hours)).strftime(_HOUR)
