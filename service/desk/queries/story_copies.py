"""The copies of a story: filtered by relation, sorted, paged, with their number by relation."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace

from service.contract.story import Relation
from service.desk.queries.story_filters import page_of, pages_of, query_of

PAGE = 12

TIME, SITE, CLOSENESS = "time", "site", "closeness"

_ORDERS: Mapping[str, str] = {
    TIME: "a.seen, a.number",
    SITE: "a.host, a.seen, a.number",
    CLOSENESS: "a.closeness IS NULL, a.closeness DESC, a.seen, a.number",
}
SORTS = tuple(_ORDERS)
"""First seen first; by host; those with the most wording of the article that they were linked to
first, and those without a link last."""


@dataclass(frozen=True, slots=True)
class CopyFilters:
    """Which copies a story's page shows, and in which order; an empty relation is any."""

    relation: str = ""
    sort: str = TIME
    page: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "CopyFilters":
        """Parse a URL's query; values that are not allowed are ignored."""
        relation, sort = query.get("relation", ""), query.get("sort", TIME)
        return cls(
            relation=relation if relation in list(Relation) else "",
            sort=sort if sort in SORTS else TIME,
            page=page_of(query),
        )

    def path(self, of: str, /, **changed: str | int) -> str:
        """URL of a story's copies with these filters, some of them changed; of page 1 unless given.

        Args:
            of: path of the story.
        """
        changed = {"page": 1, **changed}
        return f"{of}{query_of(replace(self, **changed))}#copies"  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Copies:
    """One page of copies.

    Attributes:
        uris: of the copies, in order.
        relations: number of copies by relation, most frequent first, whatever is filtered.
        total: number of copies that the filter leaves, on all pages.
    """

    uris: list[str]
    relations: list[tuple[str, int]]
    total: int

    @property
    def pages(self) -> int:
        """Number of pages, at least 1."""
        return pages_of(self.total, PAGE)


def list_copies(
    db: sqlite3.Connection, story_id: str, original_uri: str, filters: CopyFilters
) -> Copies:
    """One page of the articles of a story, without its original."""
    relations = [
        (relation, count)
        for relation, count in db.execute(
            f"SELECT a.relation, count(*) FROM {_ARTICLES} GROUP BY 1 ORDER BY 2 DESC, 1",  # noqa: S608
            (story_id, original_uri),
        )
    ]
    chosen = "a.relation = ?" if filters.relation else "1"
    uris = db.execute(
        f"SELECT a.uri FROM {_ARTICLES} AND {chosen} ORDER BY {_ORDERS[filters.sort]}"  # noqa: S608
        " LIMIT ? OFFSET ?",
        (
            *(story_id, original_uri),
            *([filters.relation] if filters.relation else []),
            *(PAGE, (filters.page - 1) * PAGE),
        ),
    ).fetchall()
    total = sum(count for code, count in relations if filters.relation in ("", code))
    return Copies([uri for (uri,) in uris], relations, total)


_ARTICLES = "articles a JOIN stories m ON m.id = a.story_id WHERE m.root = ? AND a.uri <> ?"
