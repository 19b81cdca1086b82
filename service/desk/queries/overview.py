"""The last hours at a glance: pages in, what became of them, and what was copied."""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from service.desk.ingest.host_hours import FAILED
from service.desk.ingest.places import IS_COPY
from service.desk.queries.drift import ARTICLE
from service.desk.queries.figures import Chosen, Figures, count_by, most
from service.desk.queries.period import Period, last_hours, newest_page

AGENCIES = 8
STORIES = 6


@dataclass(frozen=True, slots=True)
class Overview:
    """The last 24 hours up to the newest page.

    Attributes:
        newest: when that was fetched.
        outcomes: pages by what they came to: `article`, the reason of a rejection, or `failed`.
        hours: (hour, pages, those of them that gave an article).
        figures: of the articles that were seen first in these hours, without a delay.
        agencies: by agency, those with the most stories first; without those that have none.
        failures: failed pages by reason.
        copied: (story, copies that these hours brought), the most first.
    """

    newest: datetime
    period: Period
    outcomes: Counter[str]
    hours: list[tuple[str, int, int]]
    figures: Figures
    agencies: list[tuple[str, Figures]]
    failures: list[tuple[str, int]]
    copied: list[tuple[sqlite3.Row, int]]

    @property
    def pages(self) -> int:
        """Pages in."""
        return self.outcomes.total()

    @property
    def rejections(self) -> list[tuple[str, int]]:
        """Rejected pages by reason, most frequent first."""
        found = [each for each in self.outcomes.items() if each[0] not in (ARTICLE, FAILED)]
        return sorted(found, key=lambda each: (-each[1], each[0]))


def load_overview(db: sqlite3.Connection, now: datetime) -> Overview:
    """Count the 24 hours up to the newest page that was fetched before `now`."""
    newest = newest_page(db, now)
    period = last_hours(newest)
    outcomes: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for hour, outcome, count in db.execute(
        "SELECT hour, outcome, sum(pages) FROM host_hours INDEXED BY host_hours_by_hour"
        " WHERE hour BETWEEN ? AND ? GROUP BY 1, 2",
        (period.steps[0], period.steps[-1]),
    ):
        outcomes[outcome] += count
        pages[hour] += count
        if outcome == ARTICLE:
            articles[hour] += count
    chosen = Chosen(period)
    by_agency = count_by(db, chosen, "agency")
    by_agency = {key: each for key, each in by_agency.items() if key and each.stories}
    return Overview(
        newest=newest,
        period=period,
        outcomes=outcomes,
        hours=[(hour, pages[hour], articles[hour]) for hour in period.steps],
        figures=count_by(db, chosen, "''").get("", Figures()),
        agencies=list(most(by_agency, AGENCIES)),
        failures=[
            (reason, count)
            for reason, count in db.execute(
                "SELECT reason, count(*) FROM failed WHERE time BETWEEN ? AND ?"
                " GROUP BY reason ORDER BY 2 DESC, 1",
                (period.since, period.until),
            )
        ],
        copied=_copied(db, chosen),
    )


def _copied(db: sqlite3.Connection, chosen: Chosen) -> list[tuple[sqlite3.Row, int]]:
    found = db.execute(
        f"SELECT head, count(*) FROM {chosen.rows} AND {IS_COPY}"  # noqa: S608
        " GROUP BY head ORDER BY 2 DESC, 1 LIMIT ?",
        (*chosen.bound, STORIES),
    ).fetchall()
    return [
        (
            db.execute(
                "SELECT s.* FROM places p JOIN stories s ON s.id = p.story WHERE p.number = ?",
                (head,),
            ).fetchone(),
            count,
        )
        for head, count in found
    ]
