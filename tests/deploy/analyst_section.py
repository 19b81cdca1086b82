"""The questions of an analyst in DOWNSTREAM.md: each query with the output under it."""

import re
from itertools import pairwise
from typing import Any

from tests.deploy.documents import ROOT, blocks

DOCUMENT = ROOT / "deploy" / "DOWNSTREAM.md"
EXAMPLES = ROOT / "deploy" / "examples" / "duckdb"


def shown_questions() -> list[tuple[str, str]]:
    """Each block of SQL that an output follows, with that output."""
    found = list(blocks(DOCUMENT))
    return [
        (sql, output)
        for (tag, sql), (next_tag, output) in pairwise(found)
        if (tag, next_tag) == ("sql", "text")
    ]


def shown_program() -> str:
    """The block of Python that opens the day."""
    (program,) = (block for tag, block in blocks(DOCUMENT) if tag == "python" and "duckdb" in block)
    return program


def table(names: list[str], rows: list[tuple[Any, ...]]) -> str:
    """An answer as the document prints it: columns side by side, numbers to the right."""
    cells = [names, *([_cell(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    right = [bool(rows) and all(_is_number(row[n]) for row in rows) for n in range(len(names))]
    lines = (
        "  ".join(
            cell.rjust(width) if is_right else cell.ljust(width)
            for cell, width, is_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in cells
    )
    return "".join(f"{line}\n" for line in lines)


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else re.sub(r"\s+", " ", str(value))
