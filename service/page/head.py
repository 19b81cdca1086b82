"""What the document's head and marks say: meta elements, links, title, JSON-LD, itemprops."""

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from service.page.json_ld import Node, read_blocks
from service.page.paragraph import squeeze

ITEMPROP_LENGTH = 300


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


def read_head(tree: HtmlElement, json_limit: int) -> Head:
    """Collect it all from the parsed page."""
    blocks = [
        script.text
        for script in tree.iter("script")
        if script.text and "ld+json" in (script.get("type") or "").lower()
    ]
    title = next((squeeze(element.text_content()) for element in tree.iter("title")), None)
    return Head(
        metas=read_metas(tree),
        canonical=read_canonical(tree),
        title=title or None,
        nodes=read_blocks(blocks, json_limit),
        items=read_items(tree),
        lang=(tree.get("lang") or tree.get("xml:lang") or "").strip() or None,
    )


def read_metas(tree: HtmlElement) -> dict[str, list[str]]:
    """Contents of meta elements by each name that they bear."""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = squeeze(element.get("content") or "")
        if not content:
            continue
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name:
                metas.setdefault(name, []).append(content)
    return metas


def read_canonical(tree: HtmlElement) -> str | None:
    """The address of the first canonical link."""
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            return (element.get("href") or "").strip() or None
    return None


def read_items(tree: HtmlElement) -> dict[str, list[str]]:
    """Microdata: value attribute if there is one, else the text if it is short."""
    items: dict[str, list[str]] = {}
    for element in tree.xpath("//*[@itemprop][not(self::meta)]"):
        value = element.get("content") or element.get("datetime") or ""
        if not value:
            value = element.text_content()
        value = squeeze(value) if len(value) < 4 * ITEMPROP_LENGTH else ""
        if value and len(value) <= ITEMPROP_LENGTH:
            for name in element.get("itemprop").lower().split():
                items.setdefault(name, []).append(value)
    return items
