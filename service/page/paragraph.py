"""The parts that a body is made of while it is cleaned."""

import re
from dataclasses import dataclass
from enum import StrEnum

INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
WORD = re.compile(r"\w+")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

BEGINNING = 16  # characters a word, of a beginning that has more words than asked for as a rule


class Role(StrEnum):
    """What the markup says that a paragraph is."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text on one line, its role, and which share of it is in links."""

    text: str
    role: Role = Role.TEXT
    linked: float = 0.0


def squeeze(text: str) -> str:
    """Text on one line: runs of white space made one space, invisible marks dropped."""
    if not text.isascii():
        for mark in INVISIBLE:  # few texts hold any, which is found out fast
            if mark in text:
                text = text.replace(mark, "")
    return " ".join(text.split())


def fold_words(text: str) -> str:
    """Only the words, in lower case: equal for texts that differ in punctuation and spacing."""
    return " ".join(WORD.findall(text.casefold()))


def count_words(text: str) -> int:
    """Words; in scripts written without spaces, 1.5 characters count as one."""
    if text.isascii() or not UNSPACED.search(text):
        return len(WORD.findall(text))
    unspaced = len(UNSPACED.findall(text))
    return len(WORD.findall(UNSPACED.sub(" ", text))) + round(unspaced / 1.5)


def has_more_words(text: str, most: int) -> bool:
    """Whether a text has more than so many words. The beginning of a long text tells, which has no
    more words than all of it."""
    begin = text[: most * BEGINNING]
    return count_words(begin) > most or (len(begin) < len(text) and count_words(text) > most)


def folds_to(text: str, folded: str) -> bool:
    """Whether `fold_words` makes this of a text. Most often the first word tells that not."""
    text = text.casefold()
    first = WORD.search(text)
    if first is None or not folded.startswith(first.group()):
        return first is None and not folded
    return " ".join(WORD.findall(text)) == folded
