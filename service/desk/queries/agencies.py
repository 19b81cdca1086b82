"""Whose news it is: the agencies, and one agency, in a period."""

import sqlite3
from collections import Counter
from dataclasses import dataclass

import orjson

from service.desk.queries.figures import (
    DAY,
    Chosen,
    Figures,
    add_delays,
    count_by,
    delays_by,
    places_by,
    stories_by,
)
from service.desk.queries.period import Period

NO_AGENCY = "none"
"""Stands for stories without an agency, in URLs and filters."""

CARRIERS = 30
"""Most sites that an agency's page lists."""


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency. `days`: articles of each day of the period, without the number of sites."""

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
    chosen = Chosen(period, "places_by_agency", _EVERY)
    found = count_by(db, chosen, "agency")
    add_delays(db, chosen, "agency", found)
    days = places_by(db, chosen, f"agency || '{_BETWEEN}' || {DAY}")
    rows = [
        AgencyRow(
            key or NO_AGENCY,
            figures,
            [
                (day, Figures(places=days.get(key + _BETWEEN + day, Counter())))
                for day in period.steps
            ],
        )
        for key, figures in found.items()
    ]
    return sorted(rows, key=lambda row: (row.key == NO_AGENCY, -row.figures.stories, row.key))


_EVERY = "agency IN (SELECT DISTINCT agency FROM places)"
_BETWEEN = "\x1f"
"""Between an agency's key and a day."""


def load_agency(db: sqlite3.Connection, key: str, period: Period) -> AgencyPage | None:
    """One agency by its key, `NO_AGENCY` for the stories without one; None if no article of it is
    stored."""
    stored = "" if key == NO_AGENCY else key
    if not db.execute("SELECT 1 FROM places WHERE agency = ? LIMIT 1", (stored,)).fetchone():
        return None
    chosen = Chosen(period, "places_by_agency", "agency = ?", (stored,))
    sites = {host: Figures(places=places) for host, places in places_by(db, chosen, "host").items()}
    carried = {host: each.originals + each.copies for host, each in sites.items()}
    listed = sorted(sites, key=lambda host: (-carried[host], host))
    shown = {host: sites[host] for host in listed[:CARRIERS]}
    days = {day: Figures(places=places) for day, places in places_by(db, chosen, DAY).items()}
    total = Figures(
        stories=stories_by(db, chosen, "''").get("", 0),
        hosts=sum(count > 0 for count in carried.values()),
        places=sum((each.places for each in sites.values()), Counter()),
    )
    of_shown = Chosen(
        period,
        "places_by_agency",
        "agency = ? AND host IN (SELECT value FROM json_each(?))",
        (stored, orjson.dumps(list(shown)).decode()),
    )
    for figures, counted in (
        (shown, stories_by(db, of_shown, "host")),
        (days, stories_by(db, chosen, DAY)),
    ):
        for name, stories in counted.items():
            figures[name].stories = stories
    by_site, by_date, in_all = delays_by(db, chosen, "host", DAY, "''")
    total.delay = in_all.get("")
    for figures, delays in ((shown, by_site), (days, by_date)):
        for name, each in figures.items():
            each.delay = delays.get(name)
    return AgencyPage(
        AgencyRow(key, total, [(day, days.get(day, Figures())) for day in period.steps]),
        list(shown.items()),
        max(len(listed) - CARRIERS, 0),
    )
