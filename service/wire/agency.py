"""The agencies: one row each of `agencies.toml`, read once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from service.events.wire import AgencyClass
from service.wire.shapes import Shape, compile_shape


@dataclass(frozen=True, slots=True)
class Agency:
    """A house that signs texts which others publish.

    Attributes:
        key: short, stable, what events carry.
        name: as printed in credits.
        kind: news agency, syndicator or press-release wire.
        languages: BCP 47 primary tags of its services.
        names: full names, each telling by itself; matched in any case.
        short: abbreviations; matched in their own case only.
        ambiguous: the abbreviations mean other things too, so that they count only in a dateline,
            beside another agency, or alone in an author's place in the agency's own language.
        hosts: its own web hosts, with their subdomains.
        dateline, byline, trailer: names of the shapes it signs with.
        evidence: how well its forms are known: `style_guide`, `seen`, `known`.
    """

    key: str
    name: str
    kind: AgencyClass
    languages: tuple[str, ...]
    names: tuple[str, ...]
    short: tuple[str, ...]
    ambiguous: bool
    hosts: tuple[str, ...]
    dateline: tuple[str, ...]
    byline: tuple[str, ...]
    trailer: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Book:
    """All of `agencies.toml`: the shapes by position, the rows, the small words between.

    `names` is a pattern of every agency's name.
    """

    dateline: tuple[Shape, ...]
    byline: tuple[Shape, ...]
    trailer: tuple[Shape, ...]
    note: tuple[Shape, ...]
    words: Mapping[str, tuple[str, ...]]
    names: str
    rows: tuple[Agency, ...]

    def row(self, key: str) -> Agency:
        """The agency of this key.

        Raises:
            KeyError: there is none.
        """
        return _by_key()[key]


@cache
def book() -> Book:
    """Read `agencies.toml`, once."""
    text = files("service.wire").joinpath("agencies.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    rows = tuple(_agency(row, data["defaults"]) for row in data["agency"])
    names = _names_pattern(rows)

    def shapes(position: str, flags: re.RegexFlag) -> tuple[Shape, ...]:
        templates: Mapping[str, str] = data["shapes"][position]
        return tuple(compile_shape(key, text, names, flags) for key, text in templates.items())

    return Book(
        dateline=shapes("dateline", re.NOFLAG),
        byline=shapes("byline", re.IGNORECASE),
        trailer=shapes("trailer", re.IGNORECASE),
        note=shapes("note", re.IGNORECASE),
        words={key: tuple(words) for key, words in data["words"].items()},
        names=names,
        rows=rows,
    )


def agencies() -> tuple[Agency, ...]:
    """Every agency known, in the order of the file."""
    return book().rows


@cache
def _by_key() -> dict[str, Agency]:
    return {agency.key: agency for agency in book().rows}


def _names_pattern(rows: tuple[Agency, ...]) -> str:
    """A pattern of every name as a whole: full names in any case, abbreviations in their own."""
    full = sorted((re.escape(name) for row in rows for name in row.names), key=len, reverse=True)
    short = sorted((re.escape(name) for row in rows for name in row.short), key=len, reverse=True)
    return rf"(?<!\w)(?:(?i:(?:the\s)?(?:{'|'.join(full)}))|(?-i:{'|'.join(short)}))(?!\w)"


def _agency(row: Mapping[str, Any], defaults: Mapping[str, list[str]]) -> Agency:
    name: str = row["name"]
    return Agency(
        key=row["key"],
        name=name,
        kind=AgencyClass(row["class"]),
        languages=tuple(row["languages"]),
        names=(name, *row.get("names", ())),
        short=tuple(row.get("short", ())),
        ambiguous=row.get("ambiguous", False),
        hosts=tuple(row.get("hosts", ())),
        dateline=tuple(row.get("dateline", ())),
        byline=tuple(defaults["byline"] + row.get("byline", [])),
        trailer=tuple(defaults["trailer"] + row.get("trailer", [])),
        evidence=row["evidence"],
    )
