"""The filters of the story list: parsed from a URL's query, and written back to one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from service.contract.story import Relation

NEWEST, COPIED = "newest", "copied"
SORTS = (NEWEST, COPIED)

_FILTERS = ("q", "agency", "relation", "language", "host", "flag", "copies")
_LONGEST_VALUE = 300
_LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class StoryFilters:
    """An empty text does not filter. `copies` is "1" for stories that have copies."""

    q: str = ""
    agency: str = ""
    relation: str = ""
    host: str = ""
    flag: str = ""
    language: str = ""
    copies: str = ""
    sort: str = NEWEST
    page: int = 1

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "StoryFilters":
        """Parse a URL's query; values that are not allowed are ignored."""
        text = {name: query.get(name, "").strip()[:_LONGEST_VALUE] for name in _FILTERS}
        if text["relation"] not in list(Relation):
            text["relation"] = ""
        text["copies"] = "1" if text["copies"] == "1" else ""
        sort = query.get("sort", NEWEST)
        return cls(**text, sort=sort if sort in SORTS else NEWEST, page=page_of(query))

    @property
    def active(self) -> list[tuple[str, str]]:
        """(name, value) of the filters that are set."""
        return [(name, value) for name in _FILTERS if (value := getattr(self, name))]

    def path(self, **changed: str | int) -> str:
        """URL of the list with these filters, some of them changed; of page 1 unless given."""
        values = asdict(replace(self, **{"page": 1, **changed}))  # type: ignore[arg-type]
        usual = asdict(StoryFilters())
        parameters = {name: value for name, value in values.items() if value != usual[name]}
        return f"/?{urlencode(parameters)}" if parameters else "/"


def page_of(query: Mapping[str, str]) -> int:
    """The page number in a query, from 1 to `_LAST_PAGE`; 1 if it is missing or invalid."""
    text = query.get("page", "1")
    return min(max(int(text), 1), _LAST_PAGE) if text.isdecimal() and len(text) < 9 else 1
