"""What is typed into the search box: filters by name, addresses and ids, and the words that remain.

`host:www.a.example relation:spun bridge` is the filters `host` and `relation` and the word
`bridge`. What is in quotes is always words.
"""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from service.agencies import agencies
from service.contract.identity import ARTICLE_URN, STORY_URN
from service.desk.queries.story_filters import StoryFilters

KEYS: Mapping[str, str] = {
    "host": "host",
    "original": "original",
    "agency": "agency",
    "by": "by",
    "relation": "relation",
    "lang": "language",
    "language": "language",
    "flag": "flag",
    "since": "since",
    "until": "until",
    "id": "id",
    "status": "status",
}
"""Names that a colon and a value may follow, with the filters that they set."""

_PART = re.compile(r'([A-Za-z]+):(?:"([^"]*)"|([^\s"]+))(?!\S)|"[^"]*"|\S+')
# An id, or an address with or without its scheme.
_NAMED = re.compile(r"[0-9a-f]{32}|https?://\S+|(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?/\S*", re.I)
_HOST = re.compile(r"(?:[\w-]+\.)+(?:[^\W\d_]{2,}|xn--[\w-]+)", re.I)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a typed text asks for.

    Attributes:
        filters: values by filter; an empty one was not typed.
        words: what is searched in the texts, as typed.
        host: a word that looks like a host: a filter if there is such a host, else a word.
    """

    filters: Mapping[str, str]
    words: str
    host: str | None = None


def parse_typed(text: str) -> Typed:
    """Take a typed text apart. A name that is not one of `KEYS`, or whose value is not allowed, is
    words like any other; of two values for one filter the last holds."""
    filters, words = dict[str, str](), list[str]()
    hosts = list[tuple[int, str]]()
    for found in _PART.finditer(text):
        key, quoted, value = found.group(1, 2, 3)
        word = found[0]
        if key is not None and (allowed := _allowed(key.lower(), quoted or value or "")):
            filters[KEYS[key.lower()]] = allowed
        elif '"' in word:
            words.append(word)
        elif word.startswith((ARTICLE_URN, STORY_URN)) or _NAMED.fullmatch(word):
            filters["id"] = word
        else:
            if _HOST.fullmatch(word):
                hosts.append((len(words), word))
            words.append(word)
    if len(hosts) == 1 and "host" not in filters:
        at, host = hosts[0]
        return Typed(filters, " ".join(words[:at] + words[at + 1 :]), host.lower())
    return Typed(filters, " ".join(words))


def apply_typed(db: sqlite3.Connection, filters: StoryFilters) -> StoryFilters:
    """The filters with what was typed into `q` put into its place."""
    typed = parse_typed(filters.q)
    if typed.host is None:
        return _changed(filters, typed.filters, typed.words)
    if _is_host(db, typed.host):
        return _changed(filters, {**typed.filters, "host": typed.host}, typed.words)
    if not typed.filters:
        return filters
    return _changed(filters, typed.filters, f"{typed.words} {typed.host}".strip())


def _changed(filters: StoryFilters, typed: Mapping[str, str], words: str) -> StoryFilters:
    return replace(filters, **{**typed, "q": words})  # type: ignore[arg-type]


def host_names(host: str) -> tuple[str, str]:
    """A host in lower case, with and without `www.`: the two are one site to who types it."""
    host = host.lower()
    bare = host.removeprefix("www.")
    return (bare, f"www.{bare}")


def _allowed(key: str, value: str) -> str:
    """The value as its filter takes it; empty if it is not allowed or there is no such filter."""
    if key not in KEYS or not value:
        return ""
    if key == "agency":
        value = _agency_keys().get(value.casefold(), value)
    if key in ("relation", "status"):
        value = value.lower()
    return str(getattr(StoryFilters.from_query({KEYS[key]: value}), KEYS[key]))


def _is_host(db: sqlite3.Connection, host: str) -> bool:
    found = db.execute("SELECT 1 FROM places WHERE host IN (?, ?) LIMIT 1", host_names(host))
    return found.fetchone() is not None


@cache
def _agency_keys() -> Mapping[str, str]:
    """Keys of agencies by their names and keys, without regard to case."""
    names = {agency.name.casefold(): agency.key for agency in agencies()}
    return names | {agency.key.casefold(): agency.key for agency in agencies()}
