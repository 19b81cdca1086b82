"""Parse credit lines: "By Jane Doe, Associated Press", "Quelle: sid/dpa", "det/dpa"."""

import re
from dataclasses import dataclass
from functools import cache

from service.agencies.table import Agency, any_of, book
from service.read.attribution.names import mask, read_names, too_vague

LONGEST = 200
"""Characters: a longer line is prose."""
UNPARTED = frozenset({"person_of", "person_names", "person_names_role"})
"""Shapes in which no punctuation separates the agency's name from other words."""
_WORD = re.compile(r"[^\W\d_]+|&")
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
    """An agency that a credit line names, at characters `start` to `end` of the line.

    Attributes:
        shape: name of the line's shape.
        lead: kind of the words that open the line: `by`, `source`, or None.
        shared: the line says that the agency contributed part of the text ("With files from").
        person: the person whom the line names beside the agency, if any.
    """

    shape: str
    agency: Agency
    start: int
    end: int
    lead: str | None
    shared: bool
    person: str | None


def read_credit(line: str, language: str) -> list[CreditFound]:
    """Return the agencies that a credit line names, in order; none if it credits a picture."""
    masked = mask(line) if len(line) <= LONGEST else None
    if masked is None or is_picture_credit(line):
        return []
    stripped = _cut().split(masked, maxsplit=1)[0].rstrip(" \t\n.)]|•·:-")
    start = len(line) - len(line.lstrip(" \t\n([|•·*-–—―"))
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
        credited = [
            agency
            for agency in read_names(names)
            if shape.name in agency.byline
            and not too_vague(agency, names, language, alone=person is None, apart=apart)
        ]
        if credited:
            within = shared or shape.name == "person_with"
            return [
                CreditFound(shape.name, agency, *match.span("names"), lead, within, person)
                for agency in credited
            ]
    return []


def are_people(text: str) -> bool:
    """Whether words may be people's names: each is capitalised, except particles such as "von"."""
    words = _WORD.findall(text)
    return 0 < len(words) <= 14 and all(
        not word[0].islower() or word.casefold() in _SMALL for word in words
    )


def is_picture_credit(line: str) -> bool:
    """Whether a line has a word for a picture in it."""
    return _picture().search(line) is not None


def is_led(line: str) -> bool:
    """Whether a line opens with "By", "Source:" or the like."""
    return _lead_in().match(line.lstrip()) is not None


@cache
def _lead_in() -> re.Pattern[str]:
    words = book().words
    return re.compile(
        rf"\s{{0,3}}(?:(?P<shared>{_any_of(words['shared'])})|(?P<by>{_any_of(words['by'])})"
        rf"|{_any_of(words['source'])})"
        r"(?:\s{0,2}[:：•|]\s{0,3}|\s{1,3}|(?<=['’]))",
        re.IGNORECASE,
    )


def _any_of(words: tuple[str, ...]) -> str:
    """Return a pattern of any of these words, with either apostrophe."""
    return any_of(words).replace("'", "['’]")


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
