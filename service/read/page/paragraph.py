"""Paragraphs, of which a body consists while it is cleaned, and helpers for their words."""

import re
from dataclasses import dataclass
from enum import StrEnum

from service.text.invisible import visible

WORD = re.compile(r"\w+")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

BEGINNING = 16  # characters per word: a beginning this long usually exceeds the limit


class Role(StrEnum):
    """The role that the markup gives a paragraph."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text on one line, its role, and the share of it inside links (0 to 1)."""

    text: str
    role: Role = Role.TEXT
    linked: float = 0.0


def squeeze(text: str) -> str:
    """Text on one line: white space collapsed to single spaces, invisible characters dropped (see
    `service.text.invisible`)."""
    return " ".join(visible(text).split())


def normalise_words(text: str) -> str:
    """Only the words, in lower case: equal for texts that differ only in case, punctuation and
    spacing."""
    return " ".join(WORD.findall(text.casefold()))


def count_words(text: str) -> int:
    """Number of words; in scripts written without spaces, 1.5 characters count as one word."""
    if text.isascii() or not UNSPACED.search(text):
        return len(WORD.findall(text))
    unspaced = len(UNSPACED.findall(text))
    return len(WORD.findall(UNSPACED.sub(" ", text))) + round(unspaced / 1.5)


def has_more_words(text: str, most: int) -> bool:
    """Whether a text has more than `most` words. Of a long text the beginning is counted first,
    as it usually exceeds the limit already."""
    begin = text[: most * BEGINNING]
    return count_words(begin) > most or (len(begin) < len(text) and count_words(text) > most)


def normalises_to(text: str, normalised: str) -> bool:
    """Whether `normalise_words(text)` equals `normalised`. The first word is compared first: it
    usually differs."""
    text = text.casefold()
    first = WORD.search(text)
    if first is None or not normalised.startswith(first.group()):
        return first is None and not normalised
    return " ".join(WORD.findall(text)) == normalised
