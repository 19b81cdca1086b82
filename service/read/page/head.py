"""Read a page's metadata: meta elements, canonical link, title, JSON-LD, microdata."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from service.read.page.blocks import raw_text
from service.read.page.paragraph import squeeze
from service.read.page.parse import Tagged
from service.read.page.structured_data import Node, read_blocks

ITEMPROP_LENGTH = 300
OF_HEAD = ("title", "meta", "link", "base", "script", "style", "noscript", "template")
LONGEST_COMPARED = 2_000  # characters of a title that other titles are looked for in
WITH_ITEMPROP = XPath("//@itemprop/..")  # selecting attributes first takes a third less time


@dataclass(frozen=True, slots=True)
class Head:
    """The machine-readable part of a page.

    Attributes:
        metas: contents by lower-case name, property, itemprop or http-equiv; in page order.
        canonicals: canonical URLs as given, each once.
        title: text of the `title` element.
        nodes: JSON-LD objects.
        items: microdata values by lower-case property; in page order.
        lang: language declared by the root element.
    """

    metas: dict[str, list[str]] = field(default_factory=dict)
    canonicals: tuple[str, ...] = ()
    title: str | None = None
    nodes: list[Node] = field(default_factory=list)
    items: dict[str, list[str]] = field(default_factory=dict)
    lang: str | None = None

    @property
    def titles(self) -> str:
        """The page's title and its OpenGraph title, for comparison with other titles."""
        return " ".join(
            (text or "")[:LONGEST_COMPARED] for text in (self.title, self.meta("og:title"))
        )

    def meta(self, *names: str) -> str | None:
        """Return the first value of the first of these names that has one."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)


def read_head(tree: HtmlElement, tagged: Tagged, json_limit: int) -> Head:
    """Read the metadata of a parsed page; skip JSON-LD blocks over `json_limit` characters."""
    blocks = [
        script.text
        for script in tagged["script"]
        if "ld+json" in (script.get("type") or "").lower() and script.text
    ]
    title = next((squeeze(element.text_content()) for element in tagged["title"]), None)
    return Head(
        metas=read_metas(tagged["meta"]),
        canonicals=read_canonicals(tagged["link"]),
        title=title or None,
        nodes=read_blocks(blocks, json_limit),
        items=read_items(tree),
        lang=(tree.get("lang") or tree.get("xml:lang") or "").strip() or None,
    )


def read_metas(elements: Iterable[HtmlElement]) -> dict[str, list[str]]:
    """Return the contents of meta elements by each of their names."""
    metas: dict[str, list[str]] = {}
    for element in elements:
        content = squeeze(element.get("content") or "")
        if not content:
            continue
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name:
                metas.setdefault(name, []).append(content)
    return metas


def read_canonicals(links: Iterable[HtmlElement]) -> tuple[str, ...]:
    """Return the URLs of the canonical links in the head, each once.

    A link in the body belongs to what is embedded there: a card, a comment.
    """
    found = [
        href
        for element in links
        if "canonical" in (element.get("rel") or "").lower().split()
        and (href := (element.get("href") or "").strip())
        and is_in_head(element)
    ]
    return tuple(dict.fromkeys(found))


def is_in_head(element: HtmlElement) -> bool:
    """True if an element is a child of the head, or was before the parser ended it early.

    The parser, like a browser, ends the head at the first element that may not stand there, such as
    a tracking pixel, and what follows becomes the beginning of the body. So a child of the body
    counts if no text precedes it but that of elements of a head.
    """
    parent = element.getparent()
    if parent is None or parent.tag != "body":
        return parent is not None and parent.tag == "head"
    if (parent.text or "").strip():
        return False
    return all(
        not (before.tail or "").strip()
        and (before.tag in OF_HEAD or not before.text_content().strip())
        for before in element.itersiblings(preceding=True)
    )


def read_items(tree: HtmlElement) -> dict[str, list[str]]:
    """Return microdata: `content` or `datetime` if given, else the text if it is short."""
    items: dict[str, list[str]] = {}
    for element in cast("list[HtmlElement]", WITH_ITEMPROP(tree)):
        if element.tag == "meta":
            continue
        value = element.get("content") or element.get("datetime") or ""
        if not value:
            value = raw_text(element, 4 * ITEMPROP_LENGTH)
        value = squeeze(value) if len(value) < 4 * ITEMPROP_LENGTH else ""
        if value and len(value) <= ITEMPROP_LENGTH:
            for name in element.get("itemprop").lower().split():
                items.setdefault(name, []).append(value)
    return items
