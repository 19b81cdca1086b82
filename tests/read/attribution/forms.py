"""The table of forms, and what a text in a position signs."""

import tomllib
from pathlib import Path

from service.read.attribution import attribute
from tests.read.attribution.articles import article

FILLER = "The road had been closed for a week. Nobody was hurt."


def form_rows() -> list[tuple[str, str, str, str, str, str]]:
    """(position, agency, form, language, text that bears it, text that does not)."""
    text = (Path(__file__).parent / "forms.toml").read_text(encoding="utf-8")
    tables: dict[str, list[list[str]]] = tomllib.loads(text)
    return [
        (position, agency, form, language, yes, no)
        for position, rows in tables.items()
        for agency, form, language, yes, no in rows
    ]


def signed(position: str, language: str, text: str) -> list[tuple[str, str]]:
    """What an article with this text in this position is signed by: (agency, rule)."""
    if position == "byline":
        page = article(FILLER, language=language, credits=(("byline", text),))
    elif position == "dateline":
        page = article(f"{text} on Monday, officials said.\n\n{FILLER}", language=language)
    else:
        page = article(f"{FILLER}\n\n{text}", language=language)
    return [(item.agency, item.rule) for item in attribute(page).wire.evidence]


def rule_of(position: str, form: str) -> str:
    """The rule that evidence of a form bears."""
    return f"{position}.shared" if form == "person_with" else f"{position}.{form}"
