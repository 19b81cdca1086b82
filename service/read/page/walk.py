"""Collect a page's blocks of text, and the elements that may be credits, in one pass."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from lxml.etree import XPath
from lxml.html import HtmlElement

from service.read.page.blocks import BLOCK_TAGS, FURNITURE_TAGS, Block, weigh
from service.read.page.element_roles import (
    AUTHOR_LINK,
    BYLINE,
    CAPTION,
    CREDIT,
    FURNITURE,
    HIDDEN,
    LINES_KEPT,
    OWN_LINE,
    SOURCE,
    UNSPOKEN,
    credit_kind_by_label,
    signals_of,
)
from service.read.page.lines import LINE_END, ends_sentence, part_lines
from service.read.page.references import resolve_references

# Readings beside characters, and text that was struck out.
NOT_READ = {"rt", "rp", "rtc", "del", "s", "strike"}
# Never part of an article's text, wherever they occur.
SILENT_TAGS = {
    "script", "style", "noscript", "template", "head", "button", "select", "svg", "iframe",
    "object", "embed", "canvas", "audio", "video", "picture", "input", "textarea", "label", "map",
    "math", "link", "meta", "title", "figcaption", "amp-ad", "amp-iframe", "fieldset", "legend",
    "option", "hr", "source", "img", *NOT_READ,
}  # fmt: skip
CREDITING_TAGS = (
    "p", "span", "div", "a", "address", "em", "i", "small", "li", "cite", "strong", "b", "td",
    "time", "h4", "h5", "h6", "section", "footer", "ul", "header",
)  # fmt: skip
NOT_JUDGED = {"p", "body", "html", "article", "main"}  # by name: text may have odd class names

SILENT, BLOCK, HIDEABLE, CREDITING, JUDGED, SURE, LINK, BREAK, CUSTOM = (
    1 << bit for bit in range(9)
)
TRAITS = {
    tag: SILENT * (tag in SILENT_TAGS)
    | BLOCK * (tag in BLOCK_TAGS)
    | HIDEABLE * (tag in BLOCK_TAGS or tag == "span")
    | CREDITING * (tag in CREDITING_TAGS)
    | JUDGED * (tag in BLOCK_TAGS - NOT_JUDGED)
    | SURE * (tag in FURNITURE_TAGS)
    | LINK * (tag == "a")
    | BREAK * (tag == "br")
    for tag in (*SILENT_TAGS, *BLOCK_TAGS, *CREDITING_TAGS, "br")
}
"""How to treat elements, by tag, as bits. Of other tags only the text is read; those with a hyphen
are a site's own, and may be a line each (CUSTOM)."""

# What ends with an element: a block, a line, the showing of line ends.
ENDS_BLOCK, ENDS_LINE, ENDS_LINES = 1, 2, 4
HOLDS_TEXT = XPath(
    "boolean(.//table[not(.//img|.//a|.//p)]|.//blockquote[not(contains(@class, '-tweet')"
    " or contains(@class, '-media') or contains(@class, '-embed'))])"
)
"""Whether a figure holds a table of data, or a quotation that is no post of a social network."""

Named = tuple[HtmlElement, str]
"""An element that may be a credit, and its kind: `byline` or `source`."""


@dataclass(slots=True)
class Walk:
    """The results of a pass over a page, and the text gathered for the next block.

    Attributes:
        blocks: all visible text, in reading order.
        named: elements that may be credits, in document order; also those whose text is not read.
        gathered: pieces of text for the next block.
        linked: characters of them inside links.
        unread: hidden elements, and `noscript`, that hold elements.
        lines_kept: whether the page shows line ends of the gathered text (`pre`).
    """

    blocks: list[Block] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    gathered: list[str] = field(default_factory=list)
    linked: int = 0
    unread: list[HtmlElement] = field(default_factory=list)
    lines_kept: bool = False

    def add(self, text: str, in_link: bool) -> None:
        """Add a piece of text that is not only white space."""
        if self.lines_kept:
            text = text.replace("\n", LINE_END)
        self.gathered.append(text)
        if in_link:
            self.linked += len(text.strip())

    def end_line(self) -> None:
        """Note that a line ends here, unless one has just ended."""
        if self.gathered and not self.breaks():
            self.gathered.append(LINE_END)

    def breaks(self) -> bool:
        """Whether the gathered text ends in a line break: a second one ends the paragraph."""
        for piece in reversed(self.gathered):
            if piece == LINE_END:
                return True
            if piece.strip():
                return False
        return False

    def add_space(self, space: str) -> None:
        """Add white space; the gathered text has more than that already."""
        self.gathered.append(space.replace("\n", LINE_END) if self.lines_kept else " ")

    def begins_line(self, element: HtmlElement, signals: int) -> bool:
        """Whether an inline element begins a line of its own: its style says so, or it is glued to
        the sentence before it, or it is a site's own element without text beside it."""
        if signals & OWN_LINE:
            return True
        if not stands_alone(element):
            return False
        return "-" in element.tag or ends_sentence(self.gathered[-1])

    def close(self, path: Sequence[HtmlElement], furniture: tuple[HtmlElement, ...]) -> None:
        """Make a block of the gathered text, if there is any."""
        tag = str(path[-1].tag) if path else "body"
        lines = part_lines("".join(self.gathered))
        length = sum(map(len, lines))
        for line in lines:
            text = resolve_references(line)
            linked = self.linked if len(lines) == 1 else self.linked * len(line) // length
            weight = weigh(tag, text, linked)
            self.blocks.append(Block(tag, text, linked, tuple(path), furniture, weight))
        self.gathered.clear()
        self.linked = 0

    def judge(self, element: HtmlElement, signals: int, text: str | None) -> None:
        """Record an element that may be a credit: by its signals, else by a label at the start of
        its text."""
        kind = None
        if signals & BYLINE:
            kind = "byline"
        elif signals & SOURCE:
            kind = "source"
        elif signals & AUTHOR_LINK and element.tag == "a":
            kind = "byline"
        elif text:
            kind = credit_kind_by_label(text)
        if kind is not None:
            self.named.append((element, kind))


def walk(tree: HtmlElement) -> Walk:
    """Read a whole page: text from its body, credits from everywhere."""
    found = Walk()
    root = tree.find("body")
    if root is None:
        read_part(tree, found)
        return found
    judge_all((tree,), found)
    for part in tree:
        if part is root:
            read_part(root, found)
        else:
            judge_all(part.iter(*CREDITING_TAGS), found)
    return found


def judge_all(elements: Iterable[HtmlElement], found: Walk) -> None:
    """Look for credits in elements whose text is not read."""
    for element in elements:
        if element.tag in CREDITING_TAGS:
            found.judge(element, signals_of(element.items()), element.text)


def read_part(root: HtmlElement, found: Walk) -> None:
    """Read an element and its descendants.

    In document order, without a function call per element. An element's parent shows which earlier
    elements have ended. Most pieces of text are white space between elements; no block begins with
    them.
    """
    gathered = found.gathered
    path: list[HtmlElement] = []
    furniture: tuple[HtmlElement, ...] = ()
    in_link = silent = False
    # Open elements: what ends with each; furniture, in_link and silent around it.
    opened: list[tuple[HtmlElement, int, tuple[HtmlElement, ...], bool, bool]] = []
    for element in chain(root.iter(), (None,)):
        parent = root if element is None else element.getparent()
        while opened and opened[-1][0] is not parent:
            ended, ending, around, in_link, silent = opened.pop()
            if ending:
                if ending & ENDS_BLOCK:
                    if gathered:
                        found.close(path, furniture)
                    path.pop()
                elif ending & ENDS_LINE:
                    found.end_line()
                if ending & ENDS_LINES:
                    found.lines_kept = False
            furniture = around
            if not silent and (tail := ended.tail):
                if not tail.isspace():
                    found.add(tail, in_link)
                elif gathered:
                    found.add_space(tail)
        if element is None:
            break
        tag = element.tag
        traits = TRAITS.get(tag) if isinstance(tag, str) else SILENT
        if traits is None:
            traits = CUSTOM if "-" in tag else 0
        signals = signals_of(element.items()) if traits & (HIDEABLE | CREDITING) else 0
        is_silent = (
            silent
            or traits & SILENT
            or (signals & HIDDEN and traits & HIDEABLE)
            or (signals & UNSPOKEN and traits & HIDEABLE and tag != "p")
        )
        if is_silent:
            hidden = signals & (HIDDEN | UNSPOKEN)
            if not silent and len(element) and (hidden or tag == "noscript"):
                found.unread.append(element)
            opened.append((element, 0, furniture, in_link, silent))
            silent = True
            if traits & CREDITING:
                found.judge(element, signals, element.text)
            continue
        ending = ENDS_BLOCK if traits & BLOCK else 0
        if signals & LINES_KEPT or tag == "pre":
            found.lines_kept = True
            ending |= ENDS_LINES
        opened.append((element, ending, furniture, in_link, silent))
        if traits & BLOCK:
            if gathered:
                found.close(path, furniture)
            path.append(element)
            if (
                (signals & FURNITURE and traits & JUDGED)
                or (signals & CAPTION and tag == "p")
                or (traits & SURE and not (tag == "figure" and HOLDS_TEXT(element)))
            ):
                furniture = (*furniture, element)
        elif traits & LINK:
            in_link = True
        elif traits & BREAK:
            if found.breaks():
                found.close(path, furniture)
            gathered.append(LINE_END)
        elif gathered and traits & (HIDEABLE | CUSTOM) and found.begins_line(element, signals):
            found.end_line()
            opened[-1] = (element, ending | ENDS_LINE, furniture, in_link, silent)
        text = element.text
        if text:
            if not text.isspace():
                found.add(text, in_link)
            else:
                if gathered:
                    found.add_space(text)
                text = None
        if traits & CREDITING and (text or signals & CREDIT):
            found.judge(element, signals, text)
    if gathered:
        found.close(path, furniture)


def stands_alone(element: HtmlElement) -> bool:
    """Whether no text stands directly before or after an inline element."""
    before = element.getprevious()
    if before is None:
        parent = element.getparent()
        text = None if parent is None else parent.text
    else:
        text = before.tail
    return not ((text and text.strip()) or (element.tail and element.tail.strip()))
