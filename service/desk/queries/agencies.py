"""Whose news it is: the agencies, and one agency, in a period."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from statistics import median

import orjson

from service.desk.queries.figures import (
    Chosen,
    Figures,
    add_delays,
    delays_by,
    hosts_by,
    places_by,
    stories_by,
)
from service.desk.queries.period import Period
from service.desk.queries.story_filters import NO_AGENCY

CARRIERS = 20
"""Most sites that an agency's page lists."""


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency. `days`: articles of each day of the period, counted by place; of an agency's own
    page also by story."""

    key: str
    figures: Figures
    days: list[tuple[str, Figures]]


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """One agency with the sites that carry it, those with the most articles first.

    Attributes:
        sites: (host, its figures, without the number of sites).
        more_sites: number of sites that are not listed.
    """

    row: AgencyRow
    sites: list[tuple[str, Figures]]
    more_sites: int


def list_agencies(db: sqlite3.Connection, period: Period) -> list[AgencyRow]:
    """All agencies with articles in the period, those with the most stories first."""
    # One by one: the index has the rows of an agency in the order in which they are counted.
    rows = []
    for stored in _stored(db):
        hosts = hosts_by(db, _of(stored, period), "''").get("", 0)
        rows.append(_row(db, stored, period, hosts))
    rows = [row for row in rows if row.figures.places]
    return sorted(rows, key=lambda row: (row.key == NO_AGENCY, -row.figures.stories, row.key))


def _row(db: sqlite3.Connection, stored: str, period: Period, hosts: int) -> AgencyRow:
    chosen = _of(stored, period)
    days = {day: Figures(places=places) for day, places in places_by(db, chosen, "day").items()}
    delays = delays_by(db, chosen, "day")
    for day, of_day in delays.items():
        days[day].delay = median(of_day)
    total = Figures(
        stories_by(db, chosen, "''").get("", 0),
        hosts,
        sum((each.places for each in days.values()), Counter()),
        median(chain.from_iterable(delays.values())) if delays else None,
    )
    return AgencyRow(
        stored or NO_AGENCY, total, [(day, days.get(day, Figures())) for day in period.steps]
    )


def _of(stored: str, period: Period) -> Chosen:
    return Chosen(period, "places_by_agency", "agency = ?", (stored,))


def _stored(db: sqlite3.Connection) -> Iterator[str]:
    """Yield the agencies that there are: one look into the index for each."""
    next_one = "SELECT min(agency) FROM places INDEXED BY places_by_agency WHERE agency > ?"
    if db.execute("SELECT 1 FROM places WHERE agency = '' LIMIT 1").fetchone():
        yield ""
    agency = db.execute(next_one, ("",)).fetchone()[0]
    while agency is not None:
        yield agency
        agency = db.execute(next_one, (agency,)).fetchone()[0]


def load_agency(db: sqlite3.Connection, key: str, period: Period) -> AgencyPage | None:
    """One agency by its key, `NO_AGENCY` for the stories without one; None if no article of it is
    stored."""
    stored = "" if key == NO_AGENCY else key
    if not db.execute("SELECT 1 FROM places WHERE agency = ? LIMIT 1", (stored,)).fetchone():
        return None
    chosen = _of(stored, period)
    sites = {host: Figures(places=places) for host, places in places_by(db, chosen, "host").items()}
    carriers = sum(each.originals + each.copies > 0 for each in sites.values())
    row = _row(db, stored, period, carriers)
    listed = sorted(sites, key=lambda host: (-sites[host].originals - sites[host].copies, host))
    shown = {host: sites[host] for host in listed[:CARRIERS]}
    of_shown = Chosen(
        period,
        "places_by_agency",
        "agency = ? AND host IN (SELECT value FROM json_each(?))",
        (stored, orjson.dumps(list(shown)).decode()),
    )
    for counted, by, figures in ((of_shown, "host", shown), (chosen, "day", dict(row.days))):
        for name, stories in stories_by(db, counted, by).items():
            figures[name].stories = stories
    add_delays(db, of_shown, "host", shown)
    return AgencyPage(row, list(shown.items()), more_sites=max(len(listed) - CARRIERS, 0))
