"""The filters of the story list: parsed from a URL's query, and written back to one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from service.contract.story import Relation, StoryStatus

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

NEWEST, COPIED = "newest", "copied"
SORTS = (NEWEST, COPIED)

COPY = "copy"
"""In place of a relation: neither the original of its story nor withdrawn, whatever else."""

STATUSES = (StoryStatus.ACTIVE.value, StoryStatus.WITHDRAWN.value)
"""Statuses of stories that are listed: merged ones are part of another."""

MOST_LIMIT = 500
"""Maximum number of rows on a page of an export."""

_FILTERS = (
    *("q", "id", "agency", "relation", "language", "host", "original", "by", "flag", "since"),
    *("until", "copies", "translated", "status"),
)
_LONGEST_VALUE = 300
_LAST_PAGE = 10_000

NO_AGENCY = "none"
"""Stands for stories without an agency, in URLs and filters."""


@dataclass(frozen=True, slots=True)
class StoryFilters:
    """An empty text does not filter.

    Attributes:
        q: words.
        id: id or urn of a story, an article or an event, or the address of an article.
        host: an article on this host, with or without `www.`; `original`: the story's original is.
        by: words of the names of an article's authors.
        since, until: days (or times) between which an article was fetched, both included.
        relation: of an article, or `COPY` for any article that is a copy now.
        copies: "1" for stories that have copies.
        translated: "1" for stories that are told in other languages.
        status: of the story, one of `STATUSES`.
        limit: rows of a page; 0 for the usual number.
    """

    q: str = ""
    id: str = ""
    agency: str = ""
    relation: str = ""
    host: str = ""
    original: str = ""
    by: str = ""
    flag: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    copies: str = ""
    translated: str = ""
    status: str = ""
    sort: str = NEWEST
    page: int = 1
    limit: int = 0

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "StoryFilters":
        """Parse a URL's query; values that are not allowed are ignored."""
        text = {name: query.get(name, "").strip()[:_LONGEST_VALUE] for name in _FILTERS}
        if text["relation"] not in (*Relation, COPY):
            text["relation"] = ""
        if text["status"] not in STATUSES:
            text["status"] = ""
        for name in ("since", "until"):
            text[name] = text[name] if first_second(text[name]) else ""
        for name in ("copies", "translated"):
            text[name] = "1" if text[name] == "1" else ""
        sort = query.get("sort", NEWEST)
        return cls(
            **text,
            sort=sort if sort in SORTS else NEWEST,
            page=page_of(query),
            limit=limit_of(query),
        )

    @property
    def active(self) -> list[tuple[str, str]]:
        """(name, value) of the filters that are set."""
        return [(name, value) for name in _FILTERS if (value := getattr(self, name))]

    def path(self, of: str = "/", /, **changed: str | int) -> str:
        """URL of the list with these filters, some of them changed; of page 1 unless given.

        Args:
            of: path of the list.
        """
        return of + query_of(replace(self, **{"page": 1, **changed}))  # type: ignore[arg-type]


def query_of(filters: "DataclassInstance") -> str:
    """A URL's query with the filters that are not as usual, and the `?` before it; empty if all
    are."""
    usual = asdict(type(filters)())
    values = {name: value for name, value in asdict(filters).items() if value != usual[name]}
    return f"?{urlencode(values)}" if values else ""


def page_of(query: Mapping[str, str]) -> int:
    """The page number in a query, from 1 to `_LAST_PAGE`; 1 if it is missing or invalid."""
    return _number(query.get("page", "1"), 1, _LAST_PAGE)


def pages_of(total: int, size: int) -> int:
    """The number of pages, at least 1, of a list of `total` rows, `size` on a page."""
    return max(-(-total // size), 1)


def limit_of(query: Mapping[str, str]) -> int:
    """The number of rows of a page in a query, at most `MOST_LIMIT`; 0 if missing or invalid."""
    return _number(query.get("limit", "0"), 0, MOST_LIMIT)


def first_second(text: str) -> str | None:
    """The first second of a day or the second of a time, as the desk stores times; None if the
    text is neither (RFC 3339; UTC without an offset)."""
    at = _moment(text)
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else None


def last_second(text: str) -> str | None:
    """The last second of a day or the second of a time; None if the text is neither."""
    at = _moment(text)
    if at is None:
        return None
    end = at + timedelta(days=1, seconds=-1) if _is_day(text) else at
    return f"{end:%Y-%m-%dT%H:%M:%SZ}"


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if 1990 <= at.year < 9999 else None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _number(text: str, least: int, most: int) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < 9
    return min(max(int(text), least), most) if is_number else least
