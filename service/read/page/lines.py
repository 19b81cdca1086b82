"""Part a stretch of text into paragraphs where the page shows one on each line.

Many pages part their paragraphs by a single `br`, by line ends in a `pre`, or by elements that are
a line each. Others break lines inside sentences: verse, addresses, wrapped plain text. A stretch is
parted only if its longer lines end as sentences do.
"""

import re

from service.read.page.paragraph import UNSPACED, squeeze

LINE_END = "\x1e"
"""Stands for the end of a line in gathered text; the parser leaves no such character in a page."""
LONG, LONG_UNSPACED = 60, 25  # characters of a line that should end as a sentence does
LEAST_ENDED = 0.75  # share of the longer lines that must
LEAST_LINES = 2
EMPTY_LINE = re.compile(rf"{LINE_END}[^\S{LINE_END}]*+{LINE_END}")
ENDS = (".", "!", "?", "…", "。", "！", "？", "」", "』", "।", "۔", "؟", ":", "：")
CLOSING = "\"'”’»«“‘)]）"


def part_lines(gathered: str) -> list[str]:
    """Return the paragraphs of gathered text, each on one line; none for white space."""
    if LINE_END not in gathered:
        return [text] if (text := squeeze(gathered)) else []
    parts: list[str] = []
    for stretch in EMPTY_LINE.split(gathered):
        lines = [line for part in stretch.split(LINE_END) if (line := squeeze(part))]
        parts.extend(lines if are_paragraphs(lines) else [" ".join(lines)] if lines else [])
    return parts


def are_paragraphs(lines: list[str]) -> bool:
    """Whether several lines are a paragraph each: the longer ones end as sentences do."""
    if len(lines) < LEAST_LINES:
        return False
    long = [line for line in lines if is_long(line)]
    ended = sum(map(ends_sentence, long))
    return ended >= LEAST_LINES and ended >= LEAST_ENDED * len(long)


def is_long(line: str) -> bool:
    """Whether a line is long enough to be a sentence."""
    return len(line) >= LONG or (len(line) >= LONG_UNSPACED and UNSPACED.search(line) is not None)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does; quotation marks and brackets may follow."""
    return text.rstrip(CLOSING).endswith(ENDS) or text.endswith(("”", "」"))
