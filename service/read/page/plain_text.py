"""Paragraphs and title of a text that comes without markup."""

import re

from service.read.page.boilerplate import SEPARATOR
from service.read.page.paragraph import Paragraph, count_words, normalise_words, squeeze

BLANK = re.compile(r"\n\s*\n")
LONGEST_TITLE = 35  # words
SENTENCE_END = (".", "。", "।", "۔", ":", ",", ";")


def split_text(text: str) -> list[Paragraph]:
    """Split a text into paragraphs at blank lines, or at line ends if it has no blank lines."""
    text = text.replace("\r\n", "\n").strip()
    parts = BLANK.split(text) if BLANK.search(text) else text.split("\n")
    return [Paragraph(line) for part in parts if (line := squeeze(part))]


def find_title(paragraphs: list[Paragraph]) -> str:
    """Return the title inside a text, or an empty string.

    It is a repeated line, else a first line that reads like a headline.
    """
    if title := repeated_title(paragraphs):
        return title
    first = paragraphs[0].text if len(paragraphs) > 1 else ""
    headline = 2 <= count_words(first) <= LONGEST_TITLE and not first.endswith(SENTENCE_END)
    return first if headline else ""


def repeated_title(paragraphs: list[Paragraph]) -> str:
    """Return a line that repeats one up to two lines before it, or the end of a breadcrumb there.

    Looks at the first four lines. Empty if there is none.
    """
    for index, paragraph in enumerate(paragraphs[:2]):
        last = SEPARATOR.split(paragraph.text)[-1]
        for line in paragraphs[index + 1 : index + 3]:
            if count_words(line.text) <= LONGEST_TITLE and normalise_words(
                line.text
            ) == normalise_words(last):
                return line.text
    return ""
