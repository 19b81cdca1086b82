"""Trailers: the last lines of a text, where an agency signs: "(Reporting by ...)", "--- IANS"."""

from dataclasses import dataclass

from service.events.wire import Evidence
from service.wire.agency import Agency, book
from service.wire.names import ambiguous_here, read_names
from service.wire.shapes import Shape

LAST_PARAGRAPHS = 6
LONGEST = 600
"""Characters: a longer paragraph is prose; only its end is looked at."""
CLOSING = 90
"""Characters at the end of the last paragraph that may hold a closing signature."""


@dataclass(frozen=True, slots=True)
class TrailerFound:
    """A trailer at characters `start` to `end` of the text, and the agencies it signs for.

    `evidence` is empty for a note of the outlet that names no agency.
    """

    start: int
    end: int
    evidence: tuple[Evidence, ...]


def find_trailers(text: str, language: str) -> list[TrailerFound]:
    """The trailers among the last paragraphs, in the order of the text."""
    found: list[TrailerFound] = []
    paragraphs = last_paragraphs(text)
    for number, (start, end) in enumerate(paragraphs):
        trailer = None
        if end - start <= LONGEST:
            trailer = _match(text, start, end, language, whole=True)
        if trailer is None and number == len(paragraphs) - 1:
            trailer = _match(text, max(start, end - CLOSING), end, language, whole=False)
        if trailer is None and any(
            note.pattern.fullmatch(text, start, end) for note in book().note
        ):
            trailer = TrailerFound(start, end, ())
        if trailer is not None:
            found.append(trailer)
    return found


def last_paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the last lines that hold anything, without their outer blanks."""
    spans: list[tuple[int, int]] = []
    end = len(text)
    while end > 0 and len(spans) < LAST_PARAGRAPHS:
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end]
        if line.strip():
            start = begin + len(line) - len(line.lstrip())
            spans.append((start, begin + len(line.rstrip())))
        end = begin - 1
    return spans[::-1]


def _match(text: str, start: int, end: int, language: str, *, whole: bool) -> TrailerFound | None:
    for shape in book().trailer:
        if whole is shape.name.startswith("closing"):
            continue
        if whole:
            match = shape.pattern.fullmatch(text, start, end)
        else:
            match = shape.pattern.search(text, start, end)
            if match is not None and match.end() != end:
                continue
        if match is None:
            continue
        if "names" not in shape.pattern.groupindex:
            owners = [agency for agency in book().rows if shape.name in agency.trailer]
            return _found(text, shape, match.start(), match.end(), owners, match.span())
        names = match["names"]
        owners = [
            agency
            for agency in read_names(names).agencies
            if shape.name in agency.trailer
            and not ambiguous_here(agency, names, language, alone=True)
        ]
        if owners:
            return _found(text, shape, match.start(), match.end(), owners, match.span("names"))
    return None


def _found(
    text: str, shape: Shape, start: int, end: int, agencies: list[Agency], span: tuple[int, int]
) -> TrailerFound:
    return TrailerFound(
        start,
        end,
        tuple(
            Evidence(
                agency=agency.key,
                rule=f"trailer.{shape.name}",
                where="text",
                text=text[start:end],
                span=span,
            )
            for agency in agencies
        ),
    )
