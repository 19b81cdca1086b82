"""Whose news it is: the agencies, and one agency, in a period."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from service.desk.queries.figures import Chosen, Figures, add_delays, by_step, count_all, count_by
from service.desk.queries.period import Period

NO_AGENCY = "none"
"""Stands for stories without an agency, in URLs and filters."""

CARRIERS = 30
"""Most sites that an agency's page lists."""


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency. `days`: figures of each day of the period."""

    key: str
    figures: Figures
    days: list[tuple[str, Figures]]


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """One agency with the sites that carry it, those with the most articles first.

    Attributes:
        sites: (host, its figures).
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
    days = _places_by_day(db, chosen)
    rows = [
        AgencyRow(key or NO_AGENCY, figures, [(day, _of(days, key, day)) for day in period.steps])
        for key, figures in found.items()
    ]
    return sorted(rows, key=lambda row: (row.key == NO_AGENCY, -row.figures.stories, row.key))


_EVERY = "agency IN (SELECT DISTINCT agency FROM places)"


def load_agency(db: sqlite3.Connection, key: str, period: Period) -> AgencyPage | None:
    """One agency by its key, `NO_AGENCY` for the stories without one; None if no article of it is
    stored."""
    stored = "" if key == NO_AGENCY else key
    if not db.execute("SELECT 1 FROM places WHERE agency = ? LIMIT 1", (stored,)).fetchone():
        return None
    chosen = Chosen(period, "places_by_agency", "agency = ?", (stored,))
    sites = count_by(db, chosen, "host")
    listed = sorted(sites.items(), key=lambda each: (-_carried(each[1]), each[0]))
    shown = dict(listed[:CARRIERS])
    add_delays(db, chosen, "host", sites)
    return AgencyPage(
        AgencyRow(key, count_all(db, chosen), by_step(db, chosen)),
        list(shown.items()),
        max(len(listed) - CARRIERS, 0),
    )


def _carried(figures: Figures) -> int:
    return figures.originals + figures.copies


def _places_by_day(db: sqlite3.Connection, chosen: Chosen) -> Mapping[tuple[str, str], Figures]:
    """Articles by agency and day, and by what they are."""
    found: dict[tuple[str, str], Figures] = {}
    for agency, day, place, articles in db.execute(
        f"SELECT agency, substr(seen, 1, 10), place, count(*) FROM {chosen.rows}"  # noqa: S608
        " GROUP BY 1, 2, 3",
        chosen.bound,
    ):
        found.setdefault((agency, day), Figures()).places[place] = articles
    return found


def _of(days: Mapping[tuple[str, str], Figures], key: str, day: str) -> Figures:
    return days.get((key, day), Figures())
