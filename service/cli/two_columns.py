"""Two texts side by side in a terminal, of any script."""

import re
import unicodedata

from rich.console import Console
from rich.text import Text

_BAR = " │ "
_NARROWEST = 12
_LEFT_TO_RIGHT = "\u200e"
"""Around a cell with right-to-left words it keeps the cell where it is: without it, terminals that
reorder a line would swap the columns."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_KEPT = frozenset("\n\u200c\u200d")


def printable(text: str) -> str:
    """Text from a page as it may go to a terminal: no control characters, no overrides of
    direction."""
    return "".join(
        c if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") else " "
        for c in text
    )


def isolated(line: Text) -> Text:
    """A line that does not turn what stands beside it around."""
    if _RIGHT_TO_LEFT.search(line.plain) is None:
        return line
    return Text.assemble(_LEFT_TO_RIGHT, line, _LEFT_TO_RIGHT)


def print_beside(console: Console, left: Text, right: Text) -> None:
    """Print two texts as two columns over the whole width, wrapped."""
    width = max((console.width - len(_BAR)) // 2, _NARROWEST)
    lines = [cell.wrap(console, width) for cell in (left, right)]
    for number in range(max(map(len, lines))):
        first, second = (
            column[number].copy() if number < len(column) else Text() for column in lines
        )
        first.rstrip()
        second.rstrip()
        first.pad_right(max(width - first.cell_len, 0))
        line = Text.assemble(isolated(first), (_BAR, "dim"), isolated(second))
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
