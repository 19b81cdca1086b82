"""Find trailers, the credits in the last lines of a text: "(Reporting by ...)", "--- IANS"."""

import re
from dataclasses import dataclass

from service.agencies.shapes import Shape
from service.agencies.table import book
from service.contract.attribution import Evidence
from service.read.attribution.byline import read_credit
from service.read.attribution.names import mask, read_names, too_vague

LAST_PARAGRAPHS = 6
LAST_CREDITS = 3
"""Paragraphs at the very end that may be nothing but an agency's name or a credit line."""
LONGEST = 600
"""Characters: a longer paragraph is prose; only its end is checked."""
CLOSING = 90
"""Characters at the end of the last paragraph that may hold a closing credit."""
_BARE = frozenset({"credit", "copyright", "dash", "dated"})
_ELIDED = re.compile("’\\S")
_STOPS = '.!?"”’»“ \t\n'


@dataclass(frozen=True, slots=True)
class TrailerFound:
    """A trailer at characters `start` to `end` of the text, and evidence for the agencies in it.

    `evidence` is empty for a note of the outlet that names no agency.
    """

    start: int
    end: int
    evidence: tuple[Evidence, ...]


def find_trailers(text: str, language: str) -> list[TrailerFound]:
    """Return the trailers among the last paragraphs, in the order of the text."""
    found: list[TrailerFound] = []
    paragraphs = last_paragraphs(text)
    for number, (start, end) in enumerate(paragraphs):
        left = len(paragraphs) - number
        trailer = None
        if end - start <= LONGEST:
            trailer = _whole(text, start, end, language, bare=left <= LAST_CREDITS)
        if trailer is None and left == 1:
            trailer = _closing(text, max(start, end - CLOSING), end, language)
        if trailer is not None:
            found.append(trailer)
    return found


def last_paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the spans of the last non-empty lines, without surrounding white space."""
    spans: list[tuple[int, int]] = []
    end = len(text.rstrip())
    while end > 0 and len(spans) < LAST_PARAGRAPHS:
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end]
        spans.append((begin + len(line) - len(line.lstrip()), end))
        end = len(text[:begin].rstrip())
    return spans[::-1]


def _whole(text: str, start: int, end: int, language: str, *, bare: bool) -> TrailerFound | None:
    paragraph = text[start:end]
    masked = mask(paragraph)
    for shape in book().trailer:
        if shape.name.startswith("closing") or (shape.name in _BARE and not bare):
            continue
        target = masked if "names" in shape.pattern.groupindex else paragraph
        match = shape.pattern.fullmatch(target) if target is not None else None
        if match is not None:
            found = _read(shape, match, paragraph, start, language)
            if found is not None:
                return found
    if any(note.pattern.fullmatch(paragraph) for note in book().note):
        return TrailerFound(start, end, ())
    return _credit(text, start, end, language) if masked is not None and bare else None


def _closing(text: str, start: int, end: int, language: str) -> TrailerFound | None:
    last = text[start:end]
    masked = mask(last)
    if masked is None:
        return None
    for shape in book().trailer:
        if shape.name.startswith("closing"):
            for match in shape.pattern.finditer(masked):
                # An apostrophe before the name belongs to an article: "a-t-il dit à l’AFP".
                if match.end() == len(last) and not _ELIDED.match(match.group()):
                    found = _read(shape, match, last, start, language)
                    if found is not None:
                        return found
    return None


def _read(
    shape: Shape, match: re.Match[str], paragraph: str, offset: int, language: str
) -> TrailerFound | None:
    """Return the trailer of a match in a paragraph at `offset` of the text; None if no agency
    matches."""
    stops = len(match.group()) - len(match.group().lstrip(_STOPS))
    begin = match.start() + (stops if shape.name.startswith("closing") else 0)
    if "names" not in shape.pattern.groupindex:
        span = match.span()
        owners = [agency for agency in book().rows if shape.name in agency.trailer]
    else:
        span = match.span("names")
        names = paragraph[slice(*span)]
        owners = [
            agency
            for agency in read_names(names)
            if shape.name in agency.trailer and not too_vague(agency, names, language, alone=True)
        ]
    if not owners:
        return None
    return TrailerFound(
        offset + begin,
        offset + match.end(),
        tuple(
            Evidence(
                agency=agency.key,
                rule=f"trailer.{shape.name}",
                where="text",
                text=paragraph[begin : match.end()],
                span=(offset + span[0], offset + span[1]),
            )
            for agency in owners
        ),
    )


def _credit(text: str, start: int, end: int, language: str) -> TrailerFound | None:
    credits = [found for found in read_credit(text[start:end], language) if found.lead]
    if not credits:
        return None
    return TrailerFound(
        start,
        end,
        tuple(
            Evidence(
                agency=found.agency.key,
                rule="trailer.shared" if found.shared else "trailer.lead",
                where="text",
                text=text[start:end],
                span=(start + found.start, start + found.end),
            )
            for found in credits
        ),
    )
