"""The paragraphs and the title of a text that the feeder extracted already."""

import re

from service.page.boilerplate import SEPARATOR
from service.page.paragraph import Paragraph, count_words, fold_words, squeeze

BLANK = re.compile(r"\n\s*\n")
LONGEST_TITLE = 35  # words
SENTENCE_END = (".", "。", "।", "۔", ":", ",", ";")


def split_text(text: str) -> list[Paragraph]:
    """Paragraphs, parted by blank lines, or by line ends where there are none."""
    text = text.replace("\r\n", "\n").strip()
    parts = BLANK.split(text) if BLANK.search(text) else text.split("\n")
    return [Paragraph(line) for part in parts if (line := squeeze(part))]


def find_title(paragraphs: list[Paragraph]) -> str:
    """The title inside a text: a repeated one, else a first line that reads like a headline.
    Empty where there is none."""
    if title := repeated_title(paragraphs):
        return title
    first = paragraphs[0].text if len(paragraphs) > 1 else ""
    headline = 2 <= count_words(first) <= LONGEST_TITLE and not first.endswith(SENTENCE_END)
    return first if headline else ""


def repeated_title(paragraphs: list[Paragraph]) -> str:
    """A line among the first that repeats the line before it, or the end of the breadcrumb
    there. Empty where there is none."""
    for index, paragraph in enumerate(paragraphs[:2]):
        last = SEPARATOR.split(paragraph.text)[-1]
        for line in paragraphs[index + 1 : index + 3]:
            if count_words(line.text) <= LONGEST_TITLE and fold_words(line.text) == fold_words(
                last
            ):
                return line.text
    return ""
