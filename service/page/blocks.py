"""The blocks of text that a page is read as, each with its place in the tree."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

FURNITURE_TAGS = {"nav", "form", "aside", "footer", "dialog", "menu", "figure"}
BLOCK_TAGS = FURNITURE_TAGS | {
    "p", "div", "section", "article", "main", "body", "ul", "ol", "li", "table", "tbody", "tr",
    "td", "th", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "header", "dl", "dt", "dd", "pre",
    "center", "details", "summary", "address", "html", "thead", "tfoot", "caption", "hgroup",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SENTENCE = re.compile(r"[.!?。！？…:;،؟।]|\w, \w")
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
LEAST = 60  # characters of a block that counts as prose ...
LEAST_UNSPACED = 25  # ... and in scripts without spaces


@dataclass(slots=True, eq=False)
class Block:
    """A run of text without a block element inside.

    Attributes:
        tag: of the nearest block element.
        text: on one line.
        linked: characters inside links.
        path: block elements from the body down to the nearest.
        furniture: those among them whose name, role or tag marks them as furniture.
        weight: characters of prose (see `weigh`).
    """

    tag: str
    text: str
    linked: int
    path: tuple[HtmlElement, ...]
    furniture: tuple[HtmlElement, ...]
    weight: int

    @property
    def is_heading(self) -> bool:
        """Whether the block is a heading."""
        return self.tag in HEADINGS


def weigh(tag: str, text: str, linked: int) -> int:
    """Characters of prose: none for headings, link lists, labels and other short lines."""
    length = len(text)
    if tag in HEADINGS or length < LEAST_UNSPACED:
        return 0
    if length >= LEAST and linked < 0.4 * length and ("." in text or SENTENCE.search(text)):
        return length - linked
    if linked < 0.2 * length and not text.isascii() and UNSPACED.search(text):
        return length - linked
    return 0


def names_of(element: HtmlElement) -> str:
    """Class and id, joined."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()
