"""Every form of `agencies.toml` has a text that bears it and one that only looks like it."""

import pytest

from service.agencies.table import book
from tests.read.attribution.forms import form_rows, rule_of, signed

ROWS = form_rows()
NAMES = [f"{row[1]}-{row[0]}.{row[2]}-{number}" for number, row in enumerate(ROWS)]


@pytest.mark.parametrize(("position", "agency", "form", "language", "yes", "no"), ROWS, ids=NAMES)
def test_the_form_is_told_from_its_likeness(
    position: str, agency: str, form: str, language: str, yes: str, no: str
) -> None:
    assert (agency, rule_of(position, form)) in signed(position, language, yes)
    assert signed(position, language, no) == []


def test_every_form_has_a_row() -> None:
    rows = {row[:3] for row in ROWS}
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
