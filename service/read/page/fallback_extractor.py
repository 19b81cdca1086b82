"""Decide when our extraction is doubtful, and compare it with trafilatura's in these cases.

A reading is one extraction of the article: its paragraphs.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import cast

from lxml.etree import XPath, _Element
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from service.read.page.blocks import LEAST, LEAST_UNSPACED, UNSPACED, Block
from service.read.page.paragraph import Paragraph, Role, normalise_words, squeeze

LITTLE = 0.5  # share of the page's prose; an article usually holds more
SHORT = 500  # characters of prose
MARGIN = 0.15  # by which trafilatura must agree more with another of our readings than the first
ALIKE = 0.6  # word overlap (F1) from which two readings are of the same article
FAR_LONGER = 2.0  # times the prose: trafilatura found the article where we found a fragment

COUNT_ELEMENTS = XPath("count(//*)")
MOST_ELEMENTS = 10_000
"""Elements of a page that trafilatura is asked about. Its time is quadratic in their number: 16,000
headings take 2 s. The labelled pages have at most 5,105."""

ROLES = {
    "p": Role.TEXT, "head": Role.HEADING, "item": Role.ITEM, "quote": Role.QUOTE, "row": Role.ROW,
}  # fmt: skip
BLOCKS = {*ROLES, "list", "table", "div", "code", "body", "main", "ab"}
ENDS = (".", "!", "?", "…", '"', "”", "»", "。", "！", "？", "」", ":", "।", "۔")

# Its warnings, one per page, repeat what the outcome records say.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def is_doubtful(page: Sequence[Block], body: Sequence[Block]) -> bool:
    """Whether a reading is too short, or misses too much of the page's prose.

    True for 6 % of the training pages. Doubting readings that depend on the reach as well (14 %)
    did not pay: it changed the text of five pages of all sets (including the pages without class
    names and 366 news pages of trafilatura's public comparison); by the labels three were worse
    and two the same.
    """
    found = prose(body)
    return found < SHORT or found < LITTLE * prose(page)


def prose(blocks: Sequence[Block]) -> int:
    """Characters of prose."""
    return sum(block.weight for block in blocks)


def settle(readings: Sequence[list[Paragraph]], other: list[Paragraph]) -> list[Paragraph]:
    """Return the first of our readings, or another one if trafilatura's (`other`) agrees clearly
    more with it; trafilatura's own if none of ours is similar and it found far more.

    On the training pages any margin from .15 up keeps the first reading, which is best there (body
    F1 .9826 / .9732, without a margin .9792 / .9723); the choice only guards against gross errors.
    """
    words = count(other)
    overlaps = [overlap(count(reading), words) for reading in readings]
    best = max(range(len(readings)), key=overlaps.__getitem__)
    if overlaps[best] < overlaps[0] + MARGIN:
        best = 0
    if overlaps[best] < ALIKE and holds_more(other, readings[best]):
        return other
    return readings[best]


def holds_more(other: Sequence[Paragraph], own: Sequence[Paragraph]) -> bool:
    """Whether trafilatura found far more prose, in several paragraphs.

    Short lines of teasers and menus are not prose. A single paragraph is trafilatura's last resort,
    the whole page in one; it is used only if our own reading is empty.
    """
    lengths, own_lengths = (
        [len(paragraph.text) for paragraph in paragraphs if is_prose(paragraph.text)]
        for paragraphs in (other, own)
    )
    if not own:
        return True
    return len(lengths) > 1 and sum(lengths) >= FAR_LONGER * sum(own_lengths)


def is_prose(text: str) -> bool:
    """Whether a paragraph is long enough to count as prose."""
    return len(text) >= (LEAST_UNSPACED if UNSPACED.search(text) else LEAST)


def count(paragraphs: Sequence[Paragraph]) -> Counter[str]:
    """Return the words with their counts."""
    return Counter(
        word for paragraph in paragraphs for word in normalise_words(paragraph.text).split()
    )


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Twice the words in common over the words of both (the F1 of one against the other)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


@cache
def options() -> Extractor:
    """trafilatura's options: no comments, no deduplication against paragraphs of other pages."""
    return Extractor(
        output_format="python", comments=False, dedup=False, with_metadata=False, fast=True
    )


def ask_trafilatura(tree: HtmlElement) -> list[Paragraph]:
    """Return the paragraphs that trafilatura extracts; none of a page of more than MOST_ELEMENTS.
    Does not change the tree."""
    if cast("float", COUNT_ELEMENTS(tree)) > MOST_ELEMENTS:
        return []
    document = bare_extraction(tree, options=options())
    body = getattr(document, "body", None)
    return [] if body is None else [paragraph for paragraph in flatten(body) if paragraph.text]


def flatten(body: _Element) -> Iterator[Paragraph]:
    """Yield the body's blocks as paragraphs, in reading order."""
    gathered: list[str] = []
    for text, role in pieces(body, Role.TEXT):
        if text is not None:
            gathered.append(text)
            continue
        for line in split_lines("".join(gathered)):
            yield Paragraph(line, role)
        gathered.clear()


def pieces(element: _Element, role: Role) -> Iterator[tuple[str | None, Role]]:
    """Yield the texts in order, and None where a block begins or ends."""
    block = element.tag in BLOCKS
    inner = ROLES.get(str(element.tag), role)
    if block:
        yield None, role
    if element.tag == "lb":
        yield "\n", role
    if element.text:
        yield element.text.replace("\n", " "), inner
    for child in element:
        yield from pieces(child, inner)
    if element.tag == "cell":
        yield " ", inner
    if block:
        yield None, inner
    if element.tail:
        yield element.tail.replace("\n", " "), role


def split_lines(text: str) -> list[str]:
    """Split a block into paragraphs at line breaks after a sentence and at empty lines."""
    lines: list[str] = []
    for line in (squeeze(part) for part in text.split("\n")):
        if not line:
            lines.append("")
        elif lines and lines[-1] and not lines[-1].endswith(ENDS):
            lines[-1] += " " + line
        else:
            lines.append(line)
    return [line for line in lines if line]
