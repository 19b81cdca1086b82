"""The texts of a window in which translations are looked for: translated documents, and everything
else in the data as what is in the window beside them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.eval.real_rows import RealRow, load_set
from tests.eval.story_rows import load_rows

BESIDE = ("spun", "reuse_ur", "same_event", "distinct", "rewritten")

_YEAR = re.compile(r"20\d\d")
_NAME = re.compile(r"news[_#]|#")
_BEGINNING = 60


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A text.

    Attributes:
        document: texts with the same are one document in one or several languages. In other sets
            than the translated one it tells which texts come from the same documents.
        beside: True if the text is only in the window, and asked for no translation that it may
        have.
    """

    id: str
    language: str
    text: str
    document: str
    beside: bool
    kind: str


def load_window(part: str, data: Path) -> list[LinkedRow]:
    """Return the texts of one half of the data.

    Args:
        part: "train" or "test".
    """
    real = data / "real"
    translated = load_set("translated", part, real)
    rows = [
        LinkedRow(row.id, row.language, row.text, _document(row.event), False, row.kind)
        for row in translated
    ]
    sources = list(translated)
    for name in BESIDE:
        others = load_set(name, part, real)
        sources += others if name == "spun" else []
        same = _documents_of_events(others, sources) if name == "rewritten" else {}
        for row in others:
            document = same.get(row.event) or (
                _document(row.event) if name == "spun" else row.event
            )
            rows.append(LinkedRow(f"{name}|{row.id}", row.language, row.text, document, True, name))
    # The label of a story holds for its copies; nothing in it has a translation.
    rows += (
        LinkedRow(f"stories|{each.id}", "en", each.text, f"s|{each.story}", True, "stories")
        for each in load_rows(data / "stories" / f"{part}.jsonl.gz")
    )
    return rows


def _document(event: str) -> str:
    """The document that a text of a translation test set is from: its year and name."""
    year = _YEAR.search(event)
    return f"{year[0] if year else ''}|{_NAME.split(event.split('|')[-1])[-1]}"


def _documents_of_events(
    rewritten: Sequence[RealRow], sources: Sequence[RealRow]
) -> dict[str, str]:
    """The documents that sources of rewrites are texts of, by event."""
    found = {}
    for row in rewritten:
        if row.kind == "source":
            begins = row.text[:_BEGINNING]
            for other in sources:
                if begins in other.text:
                    found[row.event] = _document(other.event)
    return found
