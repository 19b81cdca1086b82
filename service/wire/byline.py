"""Credits: "By Jane Doe, Associated Press", "Quelle: sid/dpa", an author property, a canonical."""

import re
from collections.abc import Iterator
from functools import cache

from service.events.article import Article, Credit
from service.events.wire import Evidence
from service.wire.agency import Agency, book
from service.wire.host import agency_of_address
from service.wire.names import ambiguous_here, read_names

ADDRESSES = frozenset({"canonical", "jsonld.is_based_on"})
LONGEST = 200
"""Characters: a longer line is prose."""
_HEAD_LINES = 3


def credit_evidence(article: Article, text: str) -> Iterator[Evidence]:
    """What the credits that the page gives, and credit lines at the head of the text, sign."""
    for credit in article.credits:
        yield from (
            _of_address(article, credit)
            if credit.where in ADDRESSES
            else _of_lines(article, credit)
        )
    if article.declared_canonical is not None:
        yield from _of_address(article, Credit(where="canonical", text=article.declared_canonical))
    yield from _of_head(text, article.language)


def _of_address(article: Article, credit: Credit) -> Iterator[Evidence]:
    agency = agency_of_address(credit.text)
    if agency is not None and agency_of_address(article.canonical_url) is not agency:
        yield Evidence(
            agency=agency.key,
            rule=credit.where.removeprefix("jsonld."),
            where=credit.where,
            text=credit.text,
            span=(0, len(credit.text)),
        )


def _of_lines(article: Article, credit: Credit) -> Iterator[Evidence]:
    position = 0
    for line in credit.text.splitlines(keepends=True)[:8]:
        for shape, agency, start, end in read_credit(line, article.language):
            span = (position + start, position + end)
            yield Evidence(
                agency=agency.key,
                rule=f"{credit.where}.{shape}",
                where=credit.where,
                text=credit.text[slice(*span)],
                span=span,
            )
        position += len(line)


def _of_head(text: str, language: str) -> Iterator[Evidence]:
    position = seen = 0
    for line in text[: 6 * LONGEST].splitlines(keepends=True):
        if line.strip():
            seen += 1
            led = _lead_in().match(line.strip())
            if seen > _HEAD_LINES:
                return
            if led is not None or len(line.split()) <= 6:
                for shape, agency, start, end in read_credit(line, language):
                    span = (position + start, position + end)
                    yield Evidence(
                        agency=agency.key,
                        rule=f"headline.{shape}" if led is None else f"text_byline.{shape}",
                        where="text",
                        text=text[slice(*span)],
                        span=span,
                    )
        position += len(line)


def read_credit(line: str, language: str) -> list[tuple[str, Agency, int, int]]:
    """The agencies that a credit line signs for: (shape, agency, start, end of the names)."""
    if len(line) > LONGEST or _picture().search(line):
        return []
    stripped = line.rstrip(" \t\n.)]|")
    start = len(line) - len(line.lstrip(" \t\n(["))
    while (match := _lead_in().match(stripped, start)) is not None:
        start = match.end()
    end = len(stripped)
    role = _role().search(stripped, start)
    if role is not None:
        end = role.start()
    for shape in book().byline:
        match = shape.pattern.fullmatch(stripped, start, end)
        if match is None:
            continue
        names = match["names"]
        named = read_names(names)
        alone = not named.others and match.span("names") == (start, end)
        signers = [
            agency
            for agency in named.agencies
            if shape.name in agency.byline
            and not ambiguous_here(agency, names, language, alone=alone)
        ]
        if signers:
            return [(shape.name, agency, *match.span("names")) for agency in signers]
    return []


def head_credit_end(text: str) -> int:
    """Where the credit lines at the head of a text end; 0 where there are none."""
    end = position = seen = 0
    for line in text[: 6 * LONGEST].splitlines(keepends=True):
        position += len(line)
        if not line.strip():
            continue
        seen += 1
        if seen > _HEAD_LINES or not is_credit_line(line):
            break
        end = position
    return end


def is_credit_line(line: str) -> bool:
    """Whether a line is nothing but a credit that names an agency."""
    short = len(line.split()) <= 6
    return (short or _lead_in().match(line.strip()) is not None) and bool(read_credit(line, "und"))


@cache
def _lead_in() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(book().words["lead_in"], key=len, reverse=True)))
    return re.compile(rf"\s{{0,3}}(?:{words})(?:\s{{0,2}}[:：]\s{{0,3}}|\s{{1,3}})", re.IGNORECASE)


@cache
def _role() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(book().words["role"], key=len, reverse=True)))
    return re.compile(rf"(?:[\s,]{{1,3}}(?:{words})){{1,3}}$", re.IGNORECASE)


@cache
def _picture() -> re.Pattern[str]:
    words = "|".join(map(re.escape, book().words["picture"]))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
