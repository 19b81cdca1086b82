"""Agency names inside a signature: "AP", "dpa/lsw", "AP, Reuters", "the Associated Press"."""

import re
from dataclasses import dataclass
from functools import cache

from service.wire.agency import Agency, book
from service.wire.shapes import BETWEEN

_SEPARATOR = re.compile(BETWEEN)
_EDGES = " \t\n.:*()[]\"'“”„©®™"


@dataclass(frozen=True, slots=True)
class Named:
    """The agencies that a signature names, in its order, and whether it names anything else."""

    agencies: tuple[Agency, ...]
    others: bool

    def __bool__(self) -> bool:
        return bool(self.agencies)


def read_names(text: str) -> Named:
    """Read a signature as a list of names. Only whole parts of the list count."""
    whole = name_of(text)
    if whole is not None:
        return Named((whole,), others=False)
    found: dict[str, Agency] = {}
    others = False
    for part in _SEPARATOR.split(text):
        agency = name_of(part)
        if agency is not None:
            found.setdefault(agency.key, agency)
        elif part.strip(_EDGES):
            others = True
    return Named(tuple(found.values()), others)


def name_of(text: str) -> Agency | None:
    """The agency whose name this is, letter for letter (full names in any case)."""
    text = " ".join(text.strip(_EDGES).split())
    return _short().get(text) or _full().get(_fold(text))


def ambiguous_here(agency: Agency, names: str, language: str, *, alone: bool) -> bool:
    """Whether a signature outside a dateline is too weak for this agency: an ambiguous
    abbreviation, that neither stands alone in one of the agency's languages nor beside another
    agency."""
    if not agency.ambiguous or any(_fold(part) in _full() for part in _parts(names)):
        return False
    if len(read_names(names).agencies) > 1:
        return False
    return not (alone and language.partition("-")[0] in (*agency.languages, "und"))


def names_within(text: str) -> tuple[Agency, ...]:
    """Agencies whose full names, or unambiguous abbreviations, stand anywhere in a text.

    For texts that are signatures as a whole, such as a copyright notice; never for prose.
    """
    found: dict[str, tuple[int, Agency]] = {}
    for match in _any_name().finditer(text):
        agency = name_of(match.group())
        if agency is not None:
            found.setdefault(agency.key, (match.start(), agency))
    return tuple(agency for _, agency in sorted(found.values(), key=lambda item: item[0]))


def _parts(names: str) -> tuple[str, ...]:
    return (names, *_SEPARATOR.split(names))


def _fold(text: str) -> str:
    folded = " ".join(text.strip(_EDGES).casefold().split())
    return folded.removeprefix("the ")


@cache
def _full() -> dict[str, Agency]:
    return {_fold(name): agency for agency in book().rows for name in agency.names}


@cache
def _short() -> dict[str, Agency]:
    return {name: agency for agency in book().rows for name in agency.short}


@cache
def _any_name() -> re.Pattern[str]:
    return re.compile(book().names)
