"""One pass over a page's elements: its blocks of text, and the elements that may be credits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from lxml.html import HtmlElement

from service.page.blocks import BLOCK_TAGS, FURNITURE_TAGS, Block, weigh
from service.page.credit_places import place_by_label
from service.page.paragraph import squeeze
from service.page.signs import AUTHOR_LINK, BYLINE, CREDIT, FURNITURE, HIDDEN, SOURCE, signs_of

# Never text of an article, wherever they stand.
SILENT_TAGS = {
    "script", "style", "noscript", "template", "head", "button", "select", "svg", "iframe",
    "object", "embed", "canvas", "audio", "video", "picture", "input", "textarea", "label", "map",
    "math", "link", "meta", "title", "figcaption", "amp-ad", "amp-iframe", "fieldset", "legend",
    "option", "hr", "source", "img",
}  # fmt: skip
CREDITING_TAGS = (
    "p", "span", "div", "a", "address", "em", "i", "small", "li", "cite", "strong", "b", "td",
    "time", "h4", "h5", "h6", "section", "footer", "ul", "header",
)  # fmt: skip
NOT_JUDGED = {"p", "body", "html", "article", "main"}  # by name: the text itself bears odd classes

SILENT, BLOCK, HIDEABLE, CREDITING, JUDGED, SURE, LINK, BREAK = (1 << bit for bit in range(8))
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
"""What to do with elements, by tag, as bits; of other tags only the text is read."""

Named = tuple[HtmlElement, str]
"""An element that may be a credit, and whether of a `byline` or a `source`."""


@dataclass(slots=True)
class Walk:
    """What is found, and the text gathered, on the way through a page.

    Attributes:
        blocks: all visible text, in reading order.
        named: elements that may be credits, in the order of the page; also where no text is read.
        gathered: text of which the next block is made.
        linked: characters of it inside links.
    """

    blocks: list[Block] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    gathered: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, text: str, in_link: bool) -> None:
        """Take a piece of text that is more than white space."""
        self.gathered.append(text)
        if in_link:
            self.linked += len(text.strip())

    def breaks(self) -> bool:
        """Whether the text ends in a line break: one more makes a paragraph of it."""
        for piece in reversed(self.gathered):
            if piece == "\n":
                return True
            if piece.strip():
                return False
        return False

    def close(self, path: Sequence[HtmlElement], furniture: tuple[HtmlElement, ...]) -> None:
        """End the block that the gathered text makes."""
        text = squeeze("".join(self.gathered))
        if text:
            tag = str(path[-1].tag) if path else "body"
            weight = weigh(tag, text, self.linked)
            self.blocks.append(Block(tag, text, self.linked, tuple(path), furniture, weight))
        self.gathered.clear()
        self.linked = 0

    def judge(self, element: HtmlElement, signs: int, text: str | None) -> None:
        """Keep an element that may be a credit: by its signs, else by a label that its text begins
        with."""
        place = None
        if signs & BYLINE:
            place = "byline"
        elif signs & SOURCE:
            place = "source"
        elif signs & AUTHOR_LINK and element.tag == "a":
            place = "byline"
        elif text:
            place = place_by_label(text)
        if place is not None:
            self.named.append((element, place))


def walk(tree: HtmlElement) -> Walk:
    """Read a whole page: the text of its body, credits anywhere."""
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
    """Look for credits where no text is read."""
    for element in elements:
        if element.tag in CREDITING_TAGS:
            found.judge(element, signs_of(element.items()), element.text)


def read_part(root: HtmlElement, found: Walk) -> None:
    """Read an element and what is in it.

    In the order of the page, without a call for each element; which elements have ended before one
    is told by the one that it stands in. Most pieces of text are white space between elements, of
    which no block begins.
    """
    gathered = found.gathered
    path: list[HtmlElement] = []
    furniture: tuple[HtmlElement, ...] = ()
    in_link = silent = False
    # Elements not yet at their end: whether they are blocks, and what held around them.
    opened: list[tuple[HtmlElement, bool, tuple[HtmlElement, ...], bool, bool]] = []
    for element in chain(root.iter(), (None,)):
        parent = root if element is None else element.getparent()
        while opened and opened[-1][0] is not parent:
            ended, is_block, around, in_link, silent = opened.pop()
            if is_block:
                if gathered:
                    found.close(path, furniture)
                path.pop()
            furniture = around
            if not silent and (tail := ended.tail):
                if not tail.isspace():
                    found.add(tail, in_link)
                elif gathered:
                    gathered.append(" ")
        if element is None:
            break
        tag = element.tag
        traits = TRAITS.get(tag, 0) if isinstance(tag, str) else SILENT
        signs = signs_of(element.items()) if traits & (HIDEABLE | CREDITING) else 0
        is_silent = silent or traits & SILENT or (signs & HIDDEN and traits & HIDEABLE)
        if is_silent:
            opened.append((element, False, furniture, in_link, silent))
            silent = True
            if traits & CREDITING:
                found.judge(element, signs, element.text)
            continue
        opened.append((element, traits & BLOCK != 0, furniture, in_link, silent))
        if traits & BLOCK:
            if gathered:
                found.close(path, furniture)
            path.append(element)
            if traits & SURE or (signs & FURNITURE and traits & JUDGED):
                furniture = (*furniture, element)
        elif traits & LINK:
            in_link = True
        elif traits & BREAK:
            if found.breaks():
                found.close(path, furniture)
            gathered.append("\n")
        text = element.text
        if text:
            if not text.isspace():
                found.add(text, in_link)
            else:
                if gathered:
                    gathered.append(" ")
                text = None
        if traits & CREDITING and (text or signs & CREDIT):
            found.judge(element, signs, text)
    if gathered:
        found.close(path, furniture)
