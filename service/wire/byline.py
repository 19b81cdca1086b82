"""Credit lines: "By Jane Doe, Associated Press", "Quelle: sid/dpa", "det/dpa"."""

import re
from dataclasses import dataclass
from functools import cache

from service.wire.agency import Agency, any_of, book
from service.wire.names import mask, read_names, too_vague

LONGEST = 200
"""Characters: a longer line is prose."""
UNPARTED = frozenset({"person_of", "person_names", "person_names_role"})
"""Shapes in which nothing parts the agency's name from other words."""
_TIME = re.compile(
    r"(?:[\s,|·•–—-]{1,4}(?:on\s|am\s)?(?:[^\W\d_]{3,10}[,.]?\s{1,2}){0,2})?\d.*$"
    r"|[\s,|·•–—-]{1,4}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?$",
    re.IGNORECASE,
)
_SMALL_WORDS = (
    "and und y e et en og och de von van der den da di del la al bin ben el with mit & by"
)
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class CreditFound:
    """An agency that a credit line signs for, its name at characters `start` to `end`.

    Attributes:
        shape: of the line.
        lead: the kind of words that stand before it: `by`, `source`, or None.
        shared: the line says that the agency gave part of the text ("With files from").
        person: whom the line names beside the agency.
    """

    shape: str
    agency: Agency
    start: int
    end: int
    lead: str | None
    shared: bool
    person: str | None


def read_credit(line: str, language: str) -> list[CreditFound]:
    """The agencies that a credit line signs for, in its order; none where it credits a picture."""
    masked = mask(line) if len(line) <= LONGEST else None
    if masked is None or is_picture_credit(line):
        return []
    stripped = _cut().split(masked, maxsplit=1)[0].rstrip(" \t\n.)]|•·:-")
    start = len(line) - len(line.lstrip(" \t\n([|•·"))
    lead: str | None = None
    shared = False
    while (match := _lead_in().match(stripped, start)) is not None:
        start = match.end()
        lead = "by" if match["by"] else "source"
        shared = shared or match["shared"] is not None
    end = len(stripped)
    found = _match(line, masked, (start, end), language, lead=lead, shared=shared)
    if not found and (time := _TIME.search(stripped, start)) is not None:
        span = (start, time.start())
        found = _match(line, masked, span, language, lead=lead, shared=shared)
    return found


def _match(
    line: str, masked: str, span: tuple[int, int], language: str, *, lead: str | None, shared: bool
) -> list[CreditFound]:
    for shape in book().byline:
        match = shape.pattern.fullmatch(masked, *span)
        if match is None:
            continue
        parts = {name: line[slice(*match.span(name))] for name in match.groupdict()}
        person = parts.get("person")
        if person is not None and not are_people(person):
            continue
        names = parts["names"]
        apart = shape.name not in UNPARTED
        signers = [
            agency
            for agency in read_names(names)
            if shape.name in agency.byline
            and not too_vague(agency, names, language, alone=person is None, apart=apart)
        ]
        if signers:
            within = shared or shape.name == "person_with"
            return [
                CreditFound(shape.name, agency, *match.span("names"), lead, within, person)
                for agency in signers
            ]
    return []


def are_people(text: str) -> bool:
    """Whether a run of words may be people's names: each capitalised, but for small ones."""
    words = re.findall(r"[^\W\d_]+|&", text)
    return 0 < len(words) <= 14 and all(
        not word[0].islower() or word.casefold() in _SMALL for word in words
    )


def is_picture_credit(line: str) -> bool:
    """Whether a line speaks of a picture."""
    return _picture().search(line) is not None


def is_led(line: str) -> bool:
    """Whether a line opens as bylines do."""
    return _lead_in().match(line.lstrip()) is not None


@cache
def _lead_in() -> re.Pattern[str]:
    words = book().words
    return re.compile(
        rf"\s{{0,3}}(?:(?P<shared>{any_of(words['shared'])})|(?P<by>{any_of(words['by'])})"
        rf"|{any_of(words['source'])})"
        r"(?:\s{0,2}[:：•|]\s{0,3}|\s{1,3})",
        re.IGNORECASE,
    )


@cache
def _cut() -> re.Pattern[str]:
    return re.compile(
        rf"[\s,|·•–—-]{{1,4}}(?:{any_of(book().words['cut'])})"
        r"(?=\s{0,2}(?:[:•|]|\d|on\s|am\s|at\s|$)|\s(?:[^\W\d_]{3,10}\.?\s)?\d)",
        re.IGNORECASE,
    )


@cache
def _picture() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(book().words['picture'])})(?!\w)", re.IGNORECASE)
