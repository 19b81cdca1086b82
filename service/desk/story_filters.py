"""Which stories a reader asks for, from an address's query and back to it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from service.events.placement import Relation

NEWEST, COPIED = "newest", "copied"
SORTS = (NEWEST, COPIED)

_FILTERS = ("q", "agency", "relation", "language", "host", "flag", "copies")
_LONGEST_VALUE = 300
_LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class StoryFilters:
    """Empty text is no filter. `copies` is "1" for stories that have been copied."""

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
        """Read an address's query; what is not allowed is no filter."""
        text = {name: query.get(name, "").strip()[:_LONGEST_VALUE] for name in _FILTERS}
        if text["relation"] not in list(Relation):
            text["relation"] = ""
        text["copies"] = "1" if text["copies"] == "1" else ""
        sort = query.get("sort", NEWEST)
        return cls(**text, sort=sort if sort in SORTS else NEWEST, page=page_of(query))

    @property
    def active(self) -> list[tuple[str, str]]:
        """The filters in force, by name."""
        return [(name, value) for name in _FILTERS if (value := getattr(self, name))]

    def path(self, **changed: str | int) -> str:
        """The list's address with these filters, some changed; to the first page unless given."""
        values = asdict(replace(self, **{"page": 1, **changed}))  # type: ignore[arg-type]
        usual = asdict(StoryFilters())
        said = {name: value for name, value in values.items() if value != usual[name]}
        return f"/?{urlencode(said)}" if said else "/"


def page_of(query: Mapping[str, str]) -> int:
    """The number of the page asked for, from 1."""
    text = query.get("page", "1")
    return min(max(int(text), 1), _LAST_PAGE) if text.isdecimal() and len(text) < 9 else 1
