"""The dateline: "BEIRUT, Dec 6 (Reuters) -" at the head of a text, and what it says."""

import re
from dataclasses import dataclass

from service.events.wire import Dateline, Evidence
from service.wire.agency import book
from service.wire.names import read_names
from service.wire.shapes import DASH, DATE

HEAD_PARAGRAPHS = 4
HEAD_CHARACTERS = 1500
LONGEST = 160
"""Characters: no dateline is longer, so no more of a paragraph is looked at."""

_SMALL_WORDS = """
    de del della di da do dos das du des la le les el los las al an am der den im in of on the
    upon and y e et sur sous lès nad na pod pri v d i и на
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_BARE = re.compile(
    rf"(?P<place>[^\W\d_][^\d()\n:;!?\"“”„«»]{{0,50}}?)(?:,\s{{0,2}}(?P<date>{DATE}))?"
    rf"(?:\s{{1,2}}{DASH}\s{{1,2}}|\s?[—–]\s?|--\s?)(?=[\"“„«'‘’]?[^\W\d_])"
)


@dataclass(frozen=True, slots=True)
class DatelineFound:
    """A dateline at characters `start` to `end` of the text, and the agencies it signs for."""

    dateline: Dateline
    start: int
    end: int
    evidence: tuple[Evidence, ...]


def find_dateline(text: str) -> DatelineFound | None:
    """The dateline at the start of one of the first paragraphs.

    One that names an agency wins over one that names only a place. The latter must stand in the
    very first paragraph or be set in capitals.
    """
    bare: DatelineFound | None = None
    for start in _paragraph_starts(text):
        head = text[start : start + LONGEST]
        signed = _signed(head, start)
        if signed is not None:
            return signed
        bare = bare or _bare(head, start)
    return bare


def _signed(head: str, start: int) -> DatelineFound | None:
    for shape in book().dateline:
        match = shape.pattern.match(head)
        if match is None:
            continue
        groups = match.groupdict()
        place = groups.get("place")
        if place is not None and not is_place(place):
            continue
        signers = [
            agency
            for agency in read_names(groups["names"]).agencies
            if shape.name in agency.dateline
        ]
        if not signers:
            continue
        span = (start + match.start("names"), start + match.end("names"))
        return DatelineFound(
            dateline=Dateline(
                text=match.group().strip(),
                place=place.strip(" ,.") if place else None,
                date=groups.get("date"),
                agency=signers[0].key,
            ),
            start=start,
            end=start + match.end(),
            evidence=tuple(
                Evidence(
                    agency=agency.key,
                    rule=f"dateline.{shape.name}",
                    where="text",
                    text=match.group().strip(),
                    span=span,
                )
                for agency in signers
            ),
        )
    return None


def _bare(head: str, start: int) -> DatelineFound | None:
    match = _BARE.match(head)
    if match is None:
        return None
    place, date = match["place"], match["date"]
    rest = head[match.end() :].lstrip("\"“„«'‘’")
    capitals = place.upper() == place and place.lower() != place and len(place) > 2
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


def is_place(text: str) -> bool:
    """Whether a run of words has the looks of a place: few words, each capitalised but for small
    ones, in scripts that have capitals."""
    words = re.findall(r"[^\W\d_]+", text)
    return 0 < len(words) <= 9 and all(not word[0].islower() or word in _SMALL for word in words)


def _paragraph_starts(text: str) -> list[int]:
    starts: list[int] = []
    position = 0
    for line in text[:HEAD_CHARACTERS].splitlines(keepends=True):
        if line.strip():
            starts.append(position + len(line) - len(line.lstrip()))
        if len(starts) == HEAD_PARAGRAPHS:
            break
        position += len(line)
    return starts
