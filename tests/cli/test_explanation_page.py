"""Printing an explanation to the terminal."""

import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from service.cli.explanation_page import print_explanation
from service.fold.explain import SignedText, explain
from tests.fold.explain.texts import sample, signed

ARABIC = "قال الرئيس محمد السالم إن 12 شخصا قتلوا في زلزال بقوة 6.1 درجات. وأضاف أن 350 منزلا. "
CHINESE = "北京大学星期一表示，未来五年将投资12.5亿元人民币建设新的量子研究中心，校长李明说。"


def page(a: SignedText, b: SignedText, width: int = 80, *, color: bool = False) -> str:
    file = io.StringIO()
    console = Console(
        file=file, width=width, force_terminal=color, color_system="truecolor" if color else None
    )
    print_explanation(console, explain(a, b))
    return file.getvalue()


def test_all_parts_are_there() -> None:
    found = page(sample("ferry-ap", agency="ap"), sample("ferry-ap", "spun", offset=1))
    assert re.findall(r"^(\w[\w ]+) ─{20,}", found, re.M) == [
        "whose text",
        "features",
        "candidate keys in common",
        "numbers",
        "names",
        "sentences",
    ]
    assert "credited to ap" in found
    assert "credited to no agency" in found
    assert re.search(r"^containment +0\.\d\d +[+-]\d\.\d\d  ", found, re.M)


def test_without_colour_words_that_differ_are_between_delimiters() -> None:
    found = page(
        signed("The ferry Amber Wind ran aground near Harbor City with 214 people aboard."),
        signed(
            "The ship Amber Wind ran aground near Harbor City with 214 people aboard.", offset=1
        ),
        width=200,
    )
    assert "The [-ferry-] Amber Wind ran" in found
    assert "The {+ship+} Amber Wind ran" in found


def test_with_colour_they_are_coloured_instead() -> None:
    pair = sample("ferry-ap"), sample("ferry-ap", "spun", offset=1)
    found = page(*pair, color=True)
    assert "\x1b[31m" in found
    assert "\x1b[32m" in found
    assert "[-" not in found
    assert "{+" not in found


def test_a_terminal_without_colour_gets_delimiters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    found = page(sample("ferry-ap"), sample("ferry-ap", "spun", offset=1), color=True)
    assert "[-" in found
    assert "\x1b[31m" not in found


def test_sentences_without_a_partner_are_labelled() -> None:
    found = page(sample("ferry-ap"), sample("furnace", offset=1))
    assert "│ only in A" in found
    assert re.search(r"^only in B +│", found, re.M)
    assert "The verifier was not run" in found


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize(
    ("text", "language"), [("", "en"), (ARABIC * 4, "ar"), (CHINESE * 3, "zh")]
)
def test_no_line_is_too_wide_and_the_columns_are_aligned(
    text: str, language: str, width: int
) -> None:
    one = signed(text, language=language) if text else sample("ferry-ap")
    lines = page(one, replace(one, source="another"), width).splitlines()
    assert max(map(cell_len, lines)) <= width
    bars = {cell_len(line[: line.index(" │")]) for line in lines if " │" in line}
    assert len(bars) == 1


def test_right_to_left_cells_are_kept_in_their_columns() -> None:
    one = signed(ARABIC * 3, language="ar")
    rows = [
        line.split(" │ ") for line in page(one, one).splitlines() if "│" in line and "قال" in line
    ]
    assert rows
    for cells in rows:
        for cell in cells:
            assert cell.startswith("\u200e")
            assert cell.endswith("\u200e")


def test_text_of_a_page_cannot_control_the_terminal() -> None:
    evil = "\x1b[31mred\x1b[0m \u202eterces\u202c [bold]x[/bold] \x9b31m"
    one = signed(f"{evil} The ferry ran aground.", title=f"Title \x1b]0;owned\x07 {evil}")
    found = page(one, one, width=160)
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(found)
    assert "[bold]x[/bold]" in found
