"""Tables of commands: fitted to a terminal, and elsewhere one row a line, uncut, for programs."""

from collections.abc import Collection, Sequence
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.cli.say import say
from service.text.printable import one_line

_GAP = "  "


def print_table(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    console: Console | None = None,
    *,
    right: Collection[str] = (),
) -> None:
    """Print rows under the names of their columns.

    On a terminal that is too narrow, the first column keeps its width, and the others are wrapped.

    Args:
        console: by default standard output.
        right: columns of numbers, which are set to the right.
    """
    console = console or Console()
    if not console.is_terminal:
        for line in _lines([names, *rows], [name in right for name in names]):
            say(line)
        return
    table = Table(box=None, pad_edge=False)
    for number, name in enumerate(names):
        justify: Literal["left", "right"] = "right" if name in right else "left"
        table.add_column(name, no_wrap=number == 0, overflow="fold", justify=justify)
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    console.print(table)


def _lines(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    safe = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*safe, strict=True)]
    return [_GAP.join(map(_padded, row, widths, right)).rstrip() for row in safe]


def _padded(cell: str, width: int, right: bool) -> str:
    space = " " * (width - cell_len(cell))
    return space + cell if right else cell + space
