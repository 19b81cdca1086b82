"""One site in a period: whose copy it carries, how late, what it rewrites, and who carries it."""

import sqlite3
from dataclasses import dataclass

from service.desk.ingest.places import IS_COPY
from service.desk.queries.figures import Chosen, Figures, add_delays, by_day, count_all, count_by
from service.desk.queries.period import Period
from service.desk.queries.search_box import host_names
from service.desk.queries.story_filters import NO_AGENCY

LISTED = 20
"""Most agencies, and most sites, that a list has."""


@dataclass(frozen=True, slots=True)
class Site:
    """What a site carries. A host with and without `www.` is one site, as in the search.

    Attributes:
        total: of all its articles.
        days: figures of each day.
        agencies: figures of its articles by the agency of their story, `NO_AGENCY` for none.
        sources: figures of its copies by the site of the original.
        carriers: figures of the copies, on other sites, of its originals, by site.
    """

    total: Figures
    days: list[tuple[str, Figures]]
    agencies: list[tuple[str, Figures]]
    sources: list[tuple[str, Figures]]
    carriers: list[tuple[str, Figures]]


def load_site(db: sqlite3.Connection, host: str, period: Period) -> Site:
    """Count what the site of a host carries in the period; all is 0 if it has no articles."""
    names = host_names(host)
    own = Chosen(period, "places_by_host", "host IN (?, ?)", names)
    taken = Chosen(period, "places_by_host", f"host IN (?, ?) AND {IS_COPY}", names)
    given = Chosen(
        period,
        "places_by_source",
        f"source IN (?, ?) AND host NOT IN (?, ?) AND {IS_COPY}",
        (*names, *names),
    )
    return Site(
        total=count_all(db, own),
        days=by_day(db, own),
        agencies=_most(db, own, "agency"),
        sources=_most(db, taken, "source"),
        carriers=_most(db, given, "host"),
    )


def _most(db: sqlite3.Connection, chosen: Chosen, by: str) -> list[tuple[str, Figures]]:
    found = count_by(db, chosen, by)
    add_delays(db, chosen, by, found)
    if by == "agency" and "" in found:
        found[NO_AGENCY] = found.pop("")
    ordered = sorted(found.items(), key=lambda each: (-sum(each[1].places.values()), each[0]))
    return ordered[:LISTED]
