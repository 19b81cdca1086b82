"""The body's paragraphs, by trafilatura."""

import logging
from collections.abc import Iterator
from functools import cache

from lxml.etree import _Element
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from service.page.paragraph import Paragraph, Role, squeeze

ROLES = {
    "p": Role.TEXT,
    "head": Role.HEADING,
    "item": Role.ITEM,
    "quote": Role.QUOTE,
    "row": Role.ROW,
}
BLOCKS = {"p", "head", "item", "quote", "row", "list", "table", "div", "code", "body", "main", "ab"}
ENDS = (".", "!", "?", "…", '"', "”", "»", "。", "！", "？", "」", ":", "।", "۔")

# Its warnings repeat what outcomes say, once a page.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


@cache
def options() -> Extractor:
    """Extraction without comments, and without its memory of paragraphs seen on other pages."""
    return Extractor(output_format="python", comments=False, dedup=False, with_metadata=False)


def extract_paragraphs(tree: HtmlElement) -> list[Paragraph]:
    """The paragraphs of the main text, in order; empty where there is none. Leaves the tree as
    it is."""
    document = bare_extraction(tree, options=options())
    body = getattr(document, "body", None)
    if body is None:
        return []
    return [paragraph for paragraph in flatten(body) if paragraph.text]


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
    for line in split_lines("".join(gathered)):
        yield Paragraph(line)


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
