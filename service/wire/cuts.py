"""Cutting spans out of a text of paragraphs."""

import re
from collections.abc import Iterable

_EMPTY = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def cut_out(text: str, cuts: Iterable[tuple[int, int]]) -> str:
    """The text without these spans, and without the empty paragraphs that they leave."""
    spans = sorted(cuts)
    if not spans:
        return text
    kept: list[str] = []
    position = 0
    for start, end in spans:
        kept.append(text[position:start])
        position = max(position, end)
    kept.append(text[position:])
    return _EMPTY.sub("\n\n", "".join(kept)).strip()
