"""When to doubt what was found to be the article, and trafilatura's word in these cases."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from lxml.etree import _Element
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from service.page.blocks import LEAST, LEAST_UNSPACED, UNSPACED, Block
from service.page.paragraph import Paragraph, Role, fold_words, squeeze

LITTLE = 0.5  # share of the page's prose: an article holds more of it as a rule
SHORT = 500  # characters of prose
MARGIN = 0.15  # by which the other must agree more with another of our readings
ALIKE = 0.6  # overlap of words from which on two readings are of the same article
FAR_LONGER = 2.0  # times the prose: the other found an article where we found a scrap

ROLES = {
    "p": Role.TEXT, "head": Role.HEADING, "item": Role.ITEM, "quote": Role.QUOTE, "row": Role.ROW,
}  # fmt: skip
BLOCKS = {*ROLES, "list", "table", "div", "code", "body", "main", "ab"}
ENDS = (".", "!", "?", "…", '"', "”", "»", "。", "！", "？", "」", ":", "।", "۔")

# Its warnings repeat what outcomes say, once a page.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def is_doubtful(page: Sequence[Block], body: Sequence[Block]) -> bool:
    """Whether the reading is too short, or leaves too much of the page's prose.

    True for 6 % of the training pages. A reading that hangs on how far it reaches was doubted too
    (14 %): on the five pages of all sets, those without names and 366 news pages of trafilatura's
    public comparison among them, whose text that changed, it was worse on three and the same by the
    labels on two.
    """
    found = prose(body)
    return found < SHORT or found < LITTLE * prose(page)


def prose(blocks: Sequence[Block]) -> int:
    """Characters of prose."""
    return sum(block.weight for block in blocks)


def settle(readings: Sequence[list[Paragraph]], other: list[Paragraph]) -> list[Paragraph]:
    """The first of our readings, unless the other extractor agrees clearly more with another; the
    other's own where none is like it and it found far more.

    On the training pages any margin from .15 on leaves the first reading, which is best there
    (body F1 .9826 / .9732, without a margin .9792 / .9723); all this guards against gross errors.
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
    """Whether the other found far more prose, in several paragraphs.

    Short lines of teasers and menus are no prose, and a single paragraph is trafilatura's last
    resort: all of the page in one. That is better than nothing only.
    """
    lengths, known = (
        [len(paragraph.text) for paragraph in paragraphs if is_prose(paragraph.text)]
        for paragraphs in (other, own)
    )
    if not own:
        return True
    return len(lengths) > 1 and sum(lengths) >= FAR_LONGER * sum(known)


def is_prose(text: str) -> bool:
    """Whether a paragraph is long enough for one of an article."""
    return len(text) >= (LEAST_UNSPACED if UNSPACED.search(text) else LEAST)


def count(paragraphs: Sequence[Paragraph]) -> Counter[str]:
    """The words and how often each stands there."""
    return Counter(word for paragraph in paragraphs for word in fold_words(paragraph.text).split())


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Words in common over all, twice (the F1 of one against the other)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


@cache
def options() -> Extractor:
    """Extraction without comments, and without its memory of paragraphs seen on other pages."""
    return Extractor(
        output_format="python", comments=False, dedup=False, with_metadata=False, fast=True
    )


def ask_trafilatura(tree: HtmlElement) -> list[Paragraph]:
    """The paragraphs that trafilatura takes for the main text. Leaves the tree as it is."""
    document = bare_extraction(tree, options=options())
    body = getattr(document, "body", None)
    return [] if body is None else [paragraph for paragraph in flatten(body) if paragraph.text]


def flatten(body: _Element) -> Iterator[Paragraph]:
    """The body's blocks as paragraphs, in reading order."""
    gathered: list[str] = []
    for text, role in pieces(body, Role.TEXT):
        if text is not None:
            gathered.append(text)
            continue
        for line in split_lines("".join(gathered)):
            yield Paragraph(line, role)
        gathered.clear()


def pieces(element: _Element, role: Role) -> Iterator[tuple[str | None, Role]]:
    """Texts in order; None where a block begins or ends."""
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
    """A block's lines. A line break parts paragraphs where a sentence ended before it."""
    lines: list[str] = []
    for line in (squeeze(part) for part in text.split("\n")):
        if not line:
            lines.append("")
        elif lines and lines[-1] and not lines[-1].endswith(ENDS):
            lines[-1] += " " + line
        else:
            lines.append(line)
    return [line for line in lines if line]
