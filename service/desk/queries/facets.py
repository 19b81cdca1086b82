"""What there is to filter by, and how much of everything there is."""

import sqlite3
from dataclasses import dataclass

_HOSTS = 500
_VALUES = 100


@dataclass(frozen=True, slots=True)
class Facets:
    """Values that occur, most frequent first, with the number of stories or articles."""

    agencies: list[tuple[str, int]]
    languages: list[tuple[str, int]]
    relations: list[tuple[str, int]]
    flags: list[tuple[str, int]]
    hosts: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the read model holds."""

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
        languages=_group(db, "SELECT language, count(*) FROM articles GROUP BY language"),
        relations=_group(db, "SELECT relation, count(*) FROM articles GROUP BY relation"),
        flags=_group(db, "SELECT flag, count(*) FROM article_flags GROUP BY flag"),
        hosts=_group(db, "SELECT host, count(*) FROM articles GROUP BY host", _HOSTS),
    )


def load_counts(db: sqlite3.Connection) -> Counts:
    """Stories that stand, articles, and pages that are no event."""
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
