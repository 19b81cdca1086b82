"""The blocks of text of a page, each with its path in the element tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from service.read.page.paragraph import squeeze

FURNITURE_TAGS = {"nav", "form", "aside", "footer", "dialog", "menu", "figure"}
BLOCK_TAGS = FURNITURE_TAGS | {
    "p", "div", "section", "article", "main", "body", "ul", "ol", "li", "table", "tbody", "tr",
    "td", "th", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "header", "dl", "dt", "dd", "pre",
    "center", "details", "summary", "address", "html", "thead", "tfoot", "caption", "hgroup",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SENTENCE = re.compile(r"[.!?。！？…:;،؟।]|\w, \w")
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
SPACES = 20_000  # characters of white space in an element's text, and pieces of text
LEAST = 60  # minimum length in characters of a block that counts as prose ...
LEAST_UNSPACED = 25  # ... and the same in scripts without spaces


@dataclass(slots=True, eq=False)
class Block:
    """A stretch of text without a block element inside.

    Attributes:
        tag: tag of the nearest block element.
        text: the text on one line.
        linked: number of characters inside links.
        path: block elements from the body down to the nearest one.
        furniture: elements of the path that are page furniture (menus, sidebars, share bars), by
            name, role or tag.
        weight: number of characters of prose (see `weigh`).
    """

    tag: str
    text: str
    linked: int
    path: tuple[HtmlElement, ...]
    furniture: tuple[HtmlElement, ...]
    weight: int

    @property
    def is_heading(self) -> bool:
        """True if the block is a heading."""
        return self.tag in HEADINGS


def weigh(tag: str, text: str, linked: int) -> int:
    """Return the characters of prose outside links; 0 for headings, link lists and short lines."""
    length = len(text)
    if tag in HEADINGS or length < LEAST_UNSPACED:
        return 0
    if length >= LEAST and linked < 0.4 * length and ("." in text or SENTENCE.search(text)):
        return length - linked
    if linked < 0.2 * length and not text.isascii() and UNSPACED.search(text):
        return length - linked
    return 0


def raw_text(element: HtmlElement, most: int) -> str:
    """Return an element's text, or its beginning of at least `most` characters, so that large
    elements around each other are not read once for each."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(str(part))
        length += len(part)
        if length >= most:
            break
    return "".join(parts)


def text_begin(element: HtmlElement, most: int, *, apart: bool = False) -> str:
    """Return an element's text on one line, or the beginning of a text of more than `most`
    characters.

    Args:
        apart: put ` | ` between the texts of block elements that stand beside each other.

    Reads up to SPACES characters of white space beside the text, and as many pieces of text.
    """
    parts: list[str] = []
    length = spaces = 0
    pieces = element.itertext() if not apart else texts_apart(element)
    for part in pieces:
        parts.append(str(part))
        letters = len(squeeze(part).replace(" ", ""))
        length += letters
        spaces += len(part) - letters + 1
        if length > most or spaces > SPACES:
            break
    return squeeze("".join(parts))


def texts_apart(element: HtmlElement) -> Iterator[str]:
    """Yield the texts of an element, and a sign where a block or a time inside it follows a
    text."""
    begun = False
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if begun and (each.tag in BLOCK_TAGS or each.tag == "time") and each is not element:
                yield " | "
            text = each.text if isinstance(each.tag, str) else None
        else:
            text = each.tail if each is not element else None
        if text and text.strip():
            begun = True
        if text:
            yield text


def names_of(element: HtmlElement) -> str:
    """Return class and id, joined by a space."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()
