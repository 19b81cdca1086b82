"""Correction notes in structured data: the property `correction` of schema.org."""

from service.read.page.paragraph import squeeze
from service.read.page.structured_data import Facts, values

MOST = 5
LONGEST = 600  # characters


def read_corrections(facts: Facts) -> tuple[str, ...]:
    """Return the declared correction notes: texts, or the text of `CorrectionComment` objects."""
    notes: dict[str, None] = {}
    for value in values(facts.node.get("correction")):
        if isinstance(value, str):
            text: object = value
        else:
            node = facts.resolve(value)
            text = node.get("text") or node.get("description") or node.get("name")
        if isinstance(text, str) and (note := squeeze(text)[:LONGEST]):
            notes[note] = None
    return tuple(notes)[:MOST]
