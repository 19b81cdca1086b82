"""Counts stories, originals and copies: of an agency, a site, a day, or all.

Every count is of `places`, and is that of the list that the page links to it.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

import orjson

from service.contract.story import Relation
from service.desk.ingest.places import NO_COPIES
from service.desk.queries.period import Period

REWRITES = (Relation.SPUN.value, Relation.REWRITTEN.value)
"""Copies in other words, made to be taken for another text."""


BY_TIME = "places_by_time"
"""The index that has times to the second."""


@dataclass(slots=True)
class Figures:
    """Counts of some articles.

    Attributes:
        stories: stories that they are in, without those that were withdrawn.
        hosts: sites that have an original or a copy among them.
        places: articles by what they are: `original`, `withdrawal`, the relation of a copy, or
            `former`.
        delay: median of the seconds from the fetch of the original to that of the copy; None if
            no copy was fetched after its original.
    """

    stories: int = 0
    hosts: int = 0
    places: Counter[str] = field(default_factory=Counter)
    delay: float | None = None

    @property
    def originals(self) -> int:
        """Articles that are the original of their story."""
        return self.places[Relation.ORIGINAL.value]

    @property
    def withdrawn(self) -> int:
        """Articles that were taken down, and notices that took others down."""
        return self.places[Relation.WITHDRAWAL.value]

    @property
    def copies(self) -> int:
        """Articles that are neither."""
        return sum(count for _, count in self.relations)

    @property
    def relations(self) -> list[tuple[str, int]]:
        """Copies by relation, most frequent first."""
        found = [each for each in self.places.items() if each[0] not in NO_COPIES and each[1]]
        return sorted(found, key=lambda each: (-each[1], each[0]))

    @property
    def rewritten(self) -> float | None:
        """Share of the copies that are `REWRITES`; None if there are no copies."""
        return sum(self.places[name] for name in REWRITES) / self.copies if self.copies else None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows of `places` are counted: those of a period that meet a condition, with the values
    of its placeholders. `index` is the index that serves it; but for the overview's it has days,
    and the period must be whole days."""

    period: Period
    index: str = BY_TIME
    where: str = "1"
    values: Sequence[str] = ()

    @property
    def rows(self) -> str:
        """What follows FROM."""
        within = "seen" if self.index == BY_TIME else "day"
        return f"places INDEXED BY {self.index} WHERE {self.where} AND {within} BETWEEN ? AND ?"

    @property
    def bound(self) -> tuple[str, ...]:
        """Values of the placeholders in `rows`."""
        if self.index == BY_TIME:
            return (*self.values, self.period.since, self.period.until)
        return (*self.values, *self.period.days)


def count_by(db: sqlite3.Connection, chosen: Chosen, by: str) -> dict[str, Figures]:
    """Figures by the value of an expression `by` on `places`, without median delays."""
    found = {key: Figures(places=places) for key, places in places_by(db, chosen, by).items()}
    for key, stories in stories_by(db, chosen, by).items():
        found[key].stories = stories
    for key, hosts in hosts_by(db, chosen, by).items():
        found[key].hosts = hosts
    return found


def places_by(db: sqlite3.Connection, chosen: Chosen, by: str) -> dict[str, Counter[str]]:
    """Number of articles by the value of an expression, and by their place."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, place, articles in db.execute(
        f"SELECT {by}, place, count(*) FROM {chosen.rows} GROUP BY 1, 2",  # noqa: S608 - fixed texts
        chosen.bound,
    ):
        found[key][place] = articles
    return dict(found)


def stories_by(db: sqlite3.Connection, chosen: Chosen, by: str) -> dict[str, int]:
    """Number of stories that were not withdrawn, by the value of an expression."""
    return _distinct(db, chosen, by, "head", "up")


def hosts_by(db: sqlite3.Connection, chosen: Chosen, by: str) -> dict[str, int]:
    """Number of sites that have an original or a copy, by the value of an expression."""
    return _distinct(db, chosen, by, "host", "place <> 'withdrawal'")


def delays_by(db: sqlite3.Connection, chosen: Chosen, by: str) -> dict[str, list[int]]:
    """Delays of copies, by the value of an expression."""
    rows = db.execute(
        f"SELECT {by}, json_group_array(delay) FROM {chosen.rows}"  # noqa: S608
        " AND delay IS NOT NULL GROUP BY 1",
        chosen.bound,
    )
    return {key: orjson.loads(delays) for key, delays in rows}


def add_delays(
    db: sqlite3.Connection, chosen: Chosen, by: str, figures: Mapping[str, Figures]
) -> None:
    """Fill in the median delays of figures that were counted by the same expression."""
    for key, delays in delays_by(db, chosen, by).items():
        if key in figures:
            figures[key].delay = median(delays)


def count_all(db: sqlite3.Connection, chosen: Chosen) -> Figures:
    """Figures of all that is chosen."""
    found = count_by(db, chosen, "''")
    add_delays(db, chosen, "''", found)
    return found.get("", Figures())


def by_day(db: sqlite3.Connection, chosen: Chosen) -> list[tuple[str, Figures]]:
    """Figures of each day of the period, those without articles too."""
    found = count_by(db, chosen, "day")
    add_delays(db, chosen, "day", found)
    return [(day, found.get(day, Figures())) for day in chosen.period.steps]


def _distinct(
    db: sqlite3.Connection, chosen: Chosen, by: str, column: str, counted: str
) -> dict[str, int]:
    rows = db.execute(
        f"SELECT key, count(*) FROM (SELECT DISTINCT {by} AS key, {column} FROM {chosen.rows}"  # noqa: S608
        f" AND {counted}) GROUP BY 1",
        chosen.bound,
    )
    return {key: count for key, count in rows}  # noqa: C416 - rows are no pairs to dict()


def most(figures: Mapping[str, Figures], limit: int) -> Iterator[tuple[str, Figures]]:
    """Yield those with the most stories first, at most `limit`."""
    ordered = sorted(figures.items(), key=lambda each: (-each[1].stories, each[0]))
    yield from ordered[:limit]
