"""A parsed page as a list of text blocks in reading order, each with its place in the tree."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from service.page.furniture_names import is_furniture_class, is_furniture_name
from service.page.paragraph import squeeze

# Never text of an article, wherever they stand.
SILENT = {
    "script", "style", "noscript", "template", "head", "button", "select", "svg", "iframe",
    "object", "embed", "canvas", "audio", "video", "picture", "input", "textarea", "label", "map",
    "math", "link", "meta", "title", "figcaption", "amp-ad", "amp-iframe", "fieldset", "legend",
    "option", "hr", "source", "img",
}  # fmt: skip
FURNITURE_TAGS = {"nav", "form", "aside", "footer", "dialog", "menu", "figure"}
FURNITURE_ROLES = {
    "navigation", "complementary", "banner", "contentinfo", "search", "dialog", "form", "menu",
}  # fmt: skip
BLOCK_TAGS = FURNITURE_TAGS | {
    "p", "div", "section", "article", "main", "body", "ul", "ol", "li", "table", "tbody", "tr",
    "td", "th", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "header", "dl", "dt", "dd", "pre",
    "center", "details", "summary", "address", "html", "thead", "tfoot", "caption", "hgroup",
}  # fmt: skip
NOT_JUDGED = {"p", "body", "html", "article", "main"}  # by name: the text itself bears odd classes
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
SENTENCE = re.compile(r"[.!?。！？…:;،؟।]|\w, \w")
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
HIDING = frozenset({"hidden", "aria-hidden", "style"})
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


@dataclass(slots=True)
class Reader:
    """Gathers text on the way through the tree."""

    blocks: list[Block] = field(default_factory=list)
    gathered: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, text: str, in_link: bool) -> None:
        """Take a piece of text. White space alone is no line break."""
        if text.isspace():
            self.gathered.append(" ")
            return
        self.gathered.append(text)
        if in_link:
            self.linked += len(text.strip())

    def break_line(self) -> None:
        """Take a line break."""
        self.gathered.append("\n")

    def breaks(self) -> bool:
        """Whether the text ends in a line break: one more makes a paragraph of it."""
        for piece in reversed(self.gathered):
            if piece == "\n":
                return True
            if piece.strip():
                return False
        return False

    def close(self, path: tuple[HtmlElement, ...], furniture: tuple[HtmlElement, ...]) -> None:
        """End the block that the gathered text makes."""
        text = squeeze("".join(self.gathered))
        if text:
            tag = str(path[-1].tag) if path else "body"
            weight = weigh(tag, text, self.linked)
            self.blocks.append(Block(tag, text, self.linked, path, furniture, weight))
        self.gathered.clear()
        self.linked = 0


def weigh(tag: str, text: str, linked: int) -> int:
    """Characters of prose: none for headings, link lists, labels and other short lines."""
    length = len(text)
    if tag in HEADINGS or length < LEAST_UNSPACED:
        return 0
    if length >= LEAST and linked < 0.4 * length and SENTENCE.search(text):
        return length - linked
    if linked < 0.2 * length and not text.isascii() and UNSPACED.search(text):
        return length - linked
    return 0


def read_blocks(tree: HtmlElement) -> list[Block]:
    """All visible text of the page."""
    body = tree.find("body")
    root = tree if body is None else body
    reader = Reader()
    if is_loud(root.tag):
        descend(root, str(root.tag), reader, (), (), False)
    if reader.gathered:
        reader.close((), ())
    return reader.blocks


def descend(
    element: HtmlElement,
    tag: str,
    reader: Reader,
    path: tuple[HtmlElement, ...],
    furniture: tuple[HtmlElement, ...],
    in_link: bool,
) -> None:
    """Read an element that `is_loud` and what is in it; the parser bounds the depth to 256.

    Most pieces of text are white space between elements, of which no block begins, and most
    elements hold none: looking at that here, before a call, takes a third off.
    """
    gathered = reader.gathered
    is_block = tag in BLOCK_TAGS
    if is_block or tag == "span":
        attributes = element.items()
        if attributes and (judged := dict(attributes)) and is_hidden(judged):
            return
        if is_block:
            if gathered:
                reader.close(path, furniture)
            path = (*path, element)
            if tag in FURNITURE_TAGS or (
                attributes and tag not in NOT_JUDGED and marks_furniture(judged)
            ):
                furniture = (*furniture, element)
    elif tag == "br":
        if reader.breaks():
            reader.close(path, furniture)
        reader.break_line()
    elif tag == "a":
        in_link = True
    if (text := element.text) and (gathered or not text.isspace()):
        reader.add(text, in_link)
    for child in element:
        child_tag = child.tag
        if child_tag not in SILENT and isinstance(child_tag, str):  # see `is_loud`
            descend(child, child_tag, reader, path, furniture, in_link)
        if (tail := child.tail) and (gathered or not tail.isspace()):
            reader.add(tail, in_link)
    if is_block and gathered:
        reader.close(path, furniture)


def is_loud(tag: object) -> bool:
    """Whether an element of this tag may hold text of an article; a comment's tag is no string."""
    return tag not in SILENT and isinstance(tag, str)


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether the page hides an element with these attributes from its readers."""
    if HIDING.isdisjoint(attributes):
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and HIDDEN.search(style) is not None


def marks_furniture(attributes: Mapping[str, str]) -> bool:
    """Whether role or name say that an element with these attributes is furniture."""
    if attributes.get("role") in FURNITURE_ROLES:
        return True
    classes, name = attributes.get("class"), attributes.get("id")
    return bool((classes and is_furniture_class(classes)) or (name and is_furniture_name(name)))


def names_of(element: HtmlElement) -> str:
    """Class and id, joined."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()
