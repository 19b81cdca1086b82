"""Every form of `agencies.toml` has a text that bears it and one that only looks like it."""

import tomllib
from pathlib import Path

import pytest

from service.wire import attribute
from service.wire.agency import book
from tests.wire.articles import article

FORMS: dict[str, list[list[str]]] = tomllib.loads(
    (Path(__file__).parent / "forms.toml").read_text(encoding="utf-8")
)
FILLER = "The road had been closed for a week. Nobody was hurt."
ROWS = [(position, *row) for position, rows in FORMS.items() for row in rows]
NAMES = [f"{row[1]}-{row[0]}.{row[2]}-{number}" for number, row in enumerate(ROWS)]


def _evidence(position: str, language: str, text: str) -> list[tuple[str, str]]:
    if position == "byline":
        page = article(FILLER, language=language, credits=(("byline", text),))
    elif position == "dateline":
        page = article(f"{text} on Monday, officials said.\n\n{FILLER}", language=language)
    else:
        page = article(f"{FILLER}\n\n{text}", language=language)
    return [(item.agency, item.rule) for item in attribute(page).wire.evidence]


@pytest.mark.parametrize(("position", "agency", "form", "language", "yes", "no"), ROWS, ids=NAMES)
def test_the_form_is_told_from_its_likeness(
    position: str, agency: str, form: str, language: str, yes: str, no: str
) -> None:
    rule = f"{position}.{'shared' if form == 'person_with' else form}"
    assert (agency, rule) in _evidence(position, language, yes)
    assert _evidence(position, language, no) == []


def test_every_form_has_a_row() -> None:
    rows = {(position, row[0], row[1]) for position, rows in FORMS.items() for row in rows}
    tested = {(position, form) for position, _, form in rows}
    defaults = {
        (position, form)
        for position in ("byline", "trailer")
        for form in set.intersection(*(set(getattr(row, position)) for row in book().rows))
    }
    for agency in book().rows:
        for position in ("dateline", "byline", "trailer"):
            for form in getattr(agency, position):
                if (position, form) in defaults:
                    assert (position, form) in tested
                else:
                    assert (position, agency.key, form) in rows


def test_every_shape_is_some_agencys() -> None:
    for position in ("dateline", "byline", "trailer"):
        used = {form for agency in book().rows for form in getattr(agency, position)}
        assert {shape.name for shape in getattr(book(), position)} == used
