"""The agencies and their credit forms, loaded once from `agencies.toml`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from service.agencies.shapes import Shape, compile_shape
from service.contract.attribution import AgencyClass


class Ambiguity(StrEnum):
    """When an agency's abbreviation counts as its name; in a dateline it always does.

    `none`: in any credit. `some`: if punctuation separates it from a person's name. `high`: if it
    is alone, in a text in one of the agency's languages, or beside another agency.
    """

    NONE = "none"
    SOME = "some"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Agency:
    """An organisation whose texts others publish and credit to it.

    Attributes:
        key: short, stable identifier, used in events.
        name: as printed in credits.
        kind: news agency, syndicator or press-release wire.
        languages: BCP 47 primary tags of its services.
        names: full names, each sufficient by itself; matched in any case.
        short: abbreviations; matched in their own case only.
        ambiguity: whether the abbreviations have other meanings too (see `Ambiguity`).
        hosts: its own web hosts; their subdomains count too.
        dateline, byline, trailer: names of the shapes that its credits have.
        evidence: how well its credit forms are documented: `style_guide`, `seen`, `known`.
    """

    key: str
    name: str
    kind: AgencyClass
    languages: tuple[str, ...]
    names: tuple[str, ...]
    short: tuple[str, ...]
    ambiguity: Ambiguity
    hosts: tuple[str, ...]
    dateline: tuple[str, ...]
    byline: tuple[str, ...]
    trailer: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Book:
    """The contents of `agencies.toml`: the shapes by position, the word lists, the agencies."""

    dateline: tuple[Shape, ...]
    byline: tuple[Shape, ...]
    trailer: tuple[Shape, ...]
    note: tuple[Shape, ...]
    words: Mapping[str, tuple[str, ...]]
    rows: tuple[Agency, ...]

    def row(self, key: str) -> Agency:
        """Return the agency with this key.

        Raises:
            KeyError: no agency has this key.
        """
        return _by_key()[key]


@cache
def book() -> Book:
    """Load `agencies.toml`, once."""
    text = files(__package__).joinpath("agencies.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    rows = tuple(_agency(row, data["defaults"]) for row in data["agency"])
    words = {key: tuple(words) for key, words in data["words"].items()}
    role = rf"(?:[^\W\d_][\w'’-]{{0,20}}\s{{1,2}}){{0,3}}?(?:{any_of(words['role'])})"

    def shapes(position: str, flags: re.RegexFlag) -> tuple[Shape, ...]:
        templates: Mapping[str, str] = data["shapes"][position]
        return tuple(
            compile_shape(key, text, {"role": role}, flags) for key, text in templates.items()
        )

    return Book(
        dateline=shapes("dateline", re.NOFLAG),
        byline=shapes("byline", re.IGNORECASE),
        trailer=shapes("trailer", re.IGNORECASE),
        note=shapes("note", re.IGNORECASE),
        words=words,
        rows=rows,
    )


def agencies() -> tuple[Agency, ...]:
    """Return every agency, in the order of the file."""
    return book().rows


@cache
def _by_key() -> dict[str, Agency]:
    return {agency.key: agency for agency in book().rows}


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _agency(row: Mapping[str, Any], defaults: Mapping[str, list[str]]) -> Agency:
    name: str = row["name"]
    short = tuple(row.get("short", ()))
    return Agency(
        key=row["key"],
        name=name,
        kind=AgencyClass(row["class"]),
        languages=tuple(row["languages"]),
        names=tuple(full for full in (name, *row.get("names", ())) if full not in short),
        short=short,
        ambiguity=Ambiguity(row.get("ambiguity", "none")),
        hosts=tuple(row.get("hosts", ())),
        dateline=tuple(row.get("dateline", ())),
        byline=tuple(defaults["byline"] + row.get("byline", [])),
        trailer=tuple(defaults["trailer"] + row.get("trailer", [])),
        evidence=row["evidence"],
    )
