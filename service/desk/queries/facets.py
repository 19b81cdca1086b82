"""Facets: the values to filter by with their counts, cached until the read model changes."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Generic, TypeVar

from service.desk.change_feed import ChangeFeed
from service.desk.ingest.places import FORMER
from service.desk.queries.agencies import AgencyRow, list_agencies
from service.desk.queries.drift import Drifting, find_drifting
from service.desk.queries.period import DAYS, Asked, Period, newest_page
from service.desk.read_model import ReadModel

log = logging.getLogger(__name__)

_HOSTS = 500
_AUTHORS = 300
_VALUES = 100


@dataclass(frozen=True, slots=True)
class Facets:
    """Values that occur, with their number of stories or articles, most frequent first."""

    agencies: list[tuple[str, int]]
    languages: list[tuple[str, int]]
    relations: list[tuple[str, int]]
    flags: list[tuple[str, int]]
    hosts: list[tuple[str, int]]
    authors: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Row totals of the read model."""

    stories: int
    articles: int
    rejected: int
    failed: int


def load_facets(db: sqlite3.Connection) -> Facets:
    """The values of each filter."""
    return Facets(
        agencies=_group(
            db,
            "SELECT agency, count(*) FROM stories WHERE agency IS NOT NULL AND status <> 'merged'"
            " GROUP BY agency",
        ),
        languages=_group(db, "SELECT language, count(*) FROM places GROUP BY language"),
        relations=_group(
            db,
            f"SELECT place, count(*) FROM places WHERE place <> '{FORMER}' GROUP BY place",  # noqa: S608
        ),
        flags=_group(db, "SELECT flag, count(*) FROM article_flags GROUP BY flag"),
        hosts=_group(db, "SELECT host, count(*) FROM places GROUP BY host", _HOSTS),
        authors=_group(
            db,
            "SELECT author, count(*) FROM articles WHERE author IS NOT NULL GROUP BY author",
            _AUTHORS,
        ),
    )


def load_counts(db: sqlite3.Connection) -> Counts:
    """Count stories that are not merged, articles, rejected and failed pages."""
    return Counts(
        stories=_count(db, "SELECT count(*) FROM stories WHERE status <> 'merged'"),
        articles=_count(db, "SELECT count(*) FROM articles"),
        rejected=_count(db, "SELECT count(*) FROM rejected"),
        failed=_count(db, "SELECT count(*) FROM failed"),
    )


def _group(db: sqlite3.Connection, query: str, limit: int = _VALUES) -> list[tuple[str, int]]:
    rows = db.execute(f"{query} ORDER BY 2 DESC, 1 LIMIT {limit}")
    return [(value, count) for value, count in rows]


def _count(db: sqlite3.Connection, query: str) -> int:
    return int(db.execute(query).fetchone()[0])


T = TypeVar("T")

_REST = 20.0
"""A result is kept for this many times as long as its query took: counting takes at most about a
twentieth of the time. With few rows a query takes a millisecond: pages show the newest state."""

_SLOW = 0.1
"""Seconds: for a query that took longer nobody waits again. The result before is shown, and the
next page has the new one."""


class FacetCache:
    """Totals, filter values, drifting hosts and agencies, whose queries read whole tables."""

    def __init__(self, model: ReadModel, change_feed: ChangeFeed) -> None:
        self._counts = _Counted(model, change_feed, load_counts)
        self._facets = _Counted(model, change_feed, load_facets)
        self._drifting = _Counted(model, change_feed, find_drifting)
        self._agencies = {
            days: _Counted(model, change_feed, partial(_agencies, days)) for days in DAYS
        }

    async def warm(self) -> None:
        """Count all, so that the first page of a desk with many articles need not wait."""
        for count in (self.counts, self.facets, self.drifting):
            await count()
        for days in DAYS:
            await self.agencies(days)

    async def counts(self) -> Counts:
        """Row totals of the read model."""
        return await self._counts.value()

    async def facets(self) -> Facets:
        """Values to filter by."""
        return await self._facets.value()

    async def drifting(self) -> Drifting:
        """The hosts whose pages give other articles than before."""
        return await self._drifting.value()

    async def agencies(self, days: int) -> tuple[Period, list[AgencyRow]]:
        """The agencies in so many days, one of `DAYS`, up to the newest page; and that period."""
        return await self._agencies[days].value()


def _agencies(days: int, db: sqlite3.Connection) -> tuple[Period, list[AgencyRow]]:
    period = Asked(days).period(newest_page(db, datetime.now(UTC)))
    return period, list_agencies(db, period)


class _Counted(Generic[T]):
    """The cached result of one query, with the number of the state it belongs to."""

    def __init__(
        self, model: ReadModel, change_feed: ChangeFeed, query: Callable[[sqlite3.Connection], T]
    ) -> None:
        self._model = model
        self._change_feed = change_feed
        self._query = query
        self._cached: tuple[int, T] | None = None
        self._keep_until = 0.0
        self._took = 0.0
        self._renewing: asyncio.Task[None] | None = None

    async def value(self) -> T:
        """The cached result, or a new one if the state has changed and the result has expired; if
        the query is slow, the new one is for the next to ask."""
        if self._cached is None:
            return await self._renew()
        number, result = self._cached
        if number == self._change_feed.number or time.monotonic() < self._keep_until:
            return result
        if self._took < _SLOW:
            return await self._renew()
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._renew_later())
        return result

    async def _renew(self) -> T:
        number, begun = self._change_feed.number, time.monotonic()
        answer = await self._model.read(self._query)
        ended = time.monotonic()
        self._cached, self._took = (number, answer), ended - begun
        self._keep_until = ended + _REST * self._took
        return answer

    async def _renew_later(self) -> None:
        try:
            await self._renew()
        except (sqlite3.Error, RuntimeError) as error:  # the second: the desk has stopped
            log.warning("counting failed: %s", error)
