"""Find and parse the dateline at the head of a text: "BEIRUT, Dec 6 (Reuters) -"."""

import re
from dataclasses import dataclass

from service.agencies.shapes import DASH, DATE
from service.agencies.table import book
from service.contract.attribution import Dateline, Evidence
from service.read.attribution.names import mask, read_names

HEAD_PARAGRAPHS = 4
"""A dateline that names an agency is looked for in this many paragraphs of prose, one that does not
in this many paragraphs of any kind."""
HEAD_LINES = 30
"""Paragraphs checked at most, including short lines that are not prose."""
HEAD_CHARACTERS = 2500
PROSE = 80
"""Characters above which a paragraph is prose."""
LONGEST = 160
"""Characters: no dateline is longer, so no more of a paragraph is checked."""

_SMALL_WORDS = """
    de del della di da do dos das du des la le les el los las al an am der den im in of on the
    upon and y e et sur sous lès nad na pod pri v d i a ob vor bei и на
"""
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALS = re.compile(r"(?:\s[A-Z][A-Z.,/-]+)+$")
_NEVER_FIRST = frozenset(
    {"Der", "Die", "Das", "Ein", "Eine", "A", "An", "This", "That", "It", "He"}
)
_SMALL = frozenset(_SMALL_WORDS.split())
_BARE = re.compile(
    rf"(?P<place>[^\W\d_][^\d()\n:;!?\"“”„«»]{{0,50}}?)(?:,\s{{0,2}}(?P<date>{DATE}))?"
    rf"(?:\s{{1,2}}{DASH}\s{{1,2}}|\s?[—–]\s?|--\s?)(?=[\"“„«'‘’]?[^\W\d_])"
)


@dataclass(frozen=True, slots=True)
class DatelineFound:
    """A dateline at characters `start` to `end` of the text, and evidence for its agencies."""

    dateline: Dateline
    start: int
    end: int
    evidence: tuple[Evidence, ...]


def find_dateline(text: str) -> DatelineFound | None:
    """Return the dateline at the start of one of the first paragraphs.

    A dateline that names an agency takes precedence over one that only names a place. The latter
    must open the text or be in capitals.
    """
    bare: DatelineFound | None = None
    for number, start in enumerate(_paragraph_starts(text)):
        head = text[start : start + LONGEST]
        found = _with_agency(head, start)
        if found is not None:
            return found
        if number < HEAD_PARAGRAPHS:
            bare = bare or _bare(head, start)
    return bare


def _with_agency(head: str, start: int) -> DatelineFound | None:
    masked = mask(head)
    if masked is None:
        return None
    for shape in book().dateline:
        match = shape.pattern.match(masked)
        if match is None:
            continue
        groups = {name: head[slice(*match.span(name))] for name in match.groupdict()}
        place = groups.get("place")
        if place is not None and not is_place(place):
            continue
        if place is not None and not opens_sentence(head[_after(head, match.end()) :], place):
            continue
        credited = [
            agency for agency in read_names(groups["names"]) if shape.name in agency.dateline
        ]
        if not credited:
            continue
        span = (start + match.start("names"), start + match.end("names"))
        return DatelineFound(
            dateline=Dateline(
                text=head[: match.end()].strip(),
                place=_without_byline(place) if place else None,
                date=groups.get("date"),
                agency=credited[0].key,
            ),
            start=start,
            end=start + _after(head, match.end()),
            evidence=tuple(
                Evidence(
                    agency=agency.key,
                    rule=f"dateline.{shape.name}",
                    where="text",
                    text=head[: match.end()].strip(),
                    span=span,
                )
                for agency in credited
            ),
        )
    return None


def _bare(head: str, start: int) -> DatelineFound | None:
    match = _BARE.match(head)
    if match is None:
        return None
    place, date = match["place"], match["date"]
    rest = head[match.end() :].lstrip("\"“„«'‘’")
    town = place.partition(",")[0]
    capitals = town.isupper() and len(town) > 2
    titled = (
        start == 0 and len(place.split()) <= 3 and rest[:1].isupper() and place != place.lower()
    )
    if not is_place(place) or not (capitals or titled):
        return None
    return DatelineFound(
        dateline=Dateline(text=match.group().strip(), place=place.strip(" ,."), date=date),
        start=start,
        end=start + match.end(),
        evidence=(),
    )


def _without_byline(place: str) -> str | None:
    """Return the place alone: of "By Ann Example NEW YORK", the capitals at the end."""
    if place.startswith("By "):
        capitals = _CAPITALS.search(place)
        return capitals.group().strip() if capitals else None
    return place.strip(" ,.")


def opens_sentence(rest: str, place: str) -> bool:
    """Whether `rest`, the text after a dateline, can be the start of a sentence: it does not begin
    with a small letter, unless the place is in capitals."""
    first = rest.lstrip("\"“”„«»'‘’([")[:1]
    return not first.islower() or (len(place) > 2 and place.isupper())


def _after(head: str, end: int) -> int:
    """Return where the text begins after the punctuation that ends a dateline at `end`."""
    rest = head[end:]
    return end + len(rest) - len(rest.lstrip(" \t.,:=-–—"))


def is_place(text: str) -> bool:
    """Whether a text looks like a place name: at most nine words, each capitalised (in scripts with
    capitals) except small ones such as "de"."""
    words = _WORD.findall(text)
    if words and words[0] in _NEVER_FIRST:
        return False
    return 0 < len(words) <= 9 and all(not word[0].islower() or word in _SMALL for word in words)


def _paragraph_starts(text: str) -> list[int]:
    starts: list[int] = []
    position = prose = 0
    for line in text[:HEAD_CHARACTERS].splitlines(keepends=True):
        if line.strip():
            starts.append(position + len(line) - len(line.lstrip()))
            prose += len(line) > PROSE
        if prose == HEAD_PARAGRAPHS or len(starts) == HEAD_LINES:
            break
        position += len(line)
    return starts
