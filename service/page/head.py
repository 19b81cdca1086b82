"""What the document's head and marks say: meta elements, links, title, JSON-LD, itemprops."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

from service.page.json_ld import Node, read_blocks
from service.page.paragraph import squeeze
from service.page.tagged import Tagged

ITEMPROP_LENGTH = 300
WITH_ITEMPROP = XPath("//@itemprop/..")  # from the attributes up: a third off


@dataclass(frozen=True, slots=True)
class Head:
    """The machine-readable part of a page.

    Attributes:
        metas: by lower-case name, property, itemprop or http-equiv; values in order.
        canonical, amp, base: addresses as given.
        title: of the `title` element.
        nodes: JSON-LD objects.
        items: microdata properties by lower-case name; values in order.
        lang: declared by the root element.
    """

    metas: dict[str, list[str]] = field(default_factory=dict)
    canonical: str | None = None
    title: str | None = None
    nodes: list[Node] = field(default_factory=list)
    items: dict[str, list[str]] = field(default_factory=dict)
    lang: str | None = None

    def meta(self, *names: str) -> str | None:
        """The first value that any of these names has, in the order of the names."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)


def read_head(tree: HtmlElement, tagged: Tagged, json_limit: int) -> Head:
    """Collect it all from the parsed page."""
    blocks = [
        script.text
        for script in tagged["script"]
        if "ld+json" in (script.get("type") or "").lower() and script.text
    ]
    title = next((squeeze(element.text_content()) for element in tagged["title"]), None)
    return Head(
        metas=read_metas(tagged["meta"]),
        canonical=read_canonical(tagged["link"]),
        title=title or None,
        nodes=read_blocks(blocks, json_limit),
        items=read_items(tree),
        lang=(tree.get("lang") or tree.get("xml:lang") or "").strip() or None,
    )


def read_metas(elements: Iterable[HtmlElement]) -> dict[str, list[str]]:
    """Contents of meta elements by each name that they bear."""
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


def read_canonical(links: Iterable[HtmlElement]) -> str | None:
    """The address of the first canonical link."""
    for element in links:
        if "canonical" in (element.get("rel") or "").lower().split():
            return (element.get("href") or "").strip() or None
    return None


def read_items(tree: HtmlElement) -> dict[str, list[str]]:
    """Microdata: value attribute if there is one, else the text if it is short."""
    items: dict[str, list[str]] = {}
    for element in cast("list[HtmlElement]", WITH_ITEMPROP(tree)):
        if element.tag == "meta":
            continue
        value = element.get("content") or element.get("datetime") or ""
        if not value:
            value = element.text_content()
        value = squeeze(value) if len(value) < 4 * ITEMPROP_LENGTH else ""
        if value and len(value) <= ITEMPROP_LENGTH:
            for name in element.get("itemprop").lower().split():
                items.setdefault(name, []).append(value)
    return items
