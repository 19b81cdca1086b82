"""Which dropped lines are kept for attribution."""

from service.read.page.dropped_lines import LONGEST, dropped_lines
from service.read.page.paragraph import Paragraph


def test_lines_near_the_head_and_the_end_are_kept_in_order() -> None:
    found = [Paragraph(f"line {number}") for number in range(30)]
    dropped = {1, 12, 18, 21, 23, 25}
    cleaned = [line for number, line in enumerate(found[:23]) if number not in dropped]
    assert dropped_lines(found, cleaned) == (
        *("line 1", "line 18", "line 21"),
        *("line 23", "line 24", "line 25"),
    )


def test_long_paragraphs_are_no_lines() -> None:
    found = [Paragraph("text"), Paragraph("x" * (LONGEST + 1)), Paragraph("x" * LONGEST)]
    assert dropped_lines(found, found[:1]) == ("x" * LONGEST,)


def test_without_a_text_there_is_nothing_to_sign() -> None:
    assert dropped_lines([Paragraph("line")], []) == ()
