"""Tables on a terminal and elsewhere."""

import io

import pytest
from rich.console import Console

from service.cli.columns import print_table

NAMES = ("key", "hosts")
ROWS = [("ap", "h.example " * 30), ("新华社", "x.example\x1b[2J")]


def test_without_a_terminal_a_row_is_a_line_and_uncut(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(NAMES, ROWS, Console(file=io.StringIO(), width=80))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "key     hosts"
    assert lines[1] == "ap      " + ("h.example " * 30).strip()
    assert len(lines) == 3
    assert "\x1b" not in lines[2]


def test_on_a_narrow_terminal_the_first_column_is_whole() -> None:
    written = io.StringIO()
    print_table(
        NAMES,
        [("prnewswire", "a.example b.example c.example")],
        Console(file=written, width=24, force_terminal=True, color_system=None),
    )
    assert "prnewswire" in written.getvalue()
    assert "…" not in written.getvalue()
