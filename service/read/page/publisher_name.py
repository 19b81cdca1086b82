"""The publisher's name, as the page gives it."""

from collections.abc import Iterator
from typing import NamedTuple

from service.read.page.head import Head
from service.read.page.structured_data import Facts, types_of, values

LONGEST = 200  # characters
METAS = ("dc.publisher", "dcterms.publisher", "citation_publisher", "publisher",
         "article:publisher_name")  # fmt: skip
NOT_NAMES = frozenset(
    ("null", "none", "undefined", "n/a", "publisher", "admin", "blogger", "wordpress")
)
SITES = {"website", "webpage"}


class Publisher(NamedTuple):
    """A publisher's name, and where on the page it stands."""

    name: str
    source: str


def find_publisher(head: Head, facts: Facts) -> Publisher | None:
    """Return the publisher's name: from the article's structured data, the site's, microdata, or a
    meta element; None if the page gives none, or an address in its place."""
    for source, text in _names(head, facts):
        if is_name(text):
            return Publisher(text, source)
    return None


def _names(head: Head, facts: Facts) -> Iterator[tuple[str, str]]:
    for text in facts.texts("publisher"):
        yield "jsonld.publisher", text
    for node in facts.nodes:
        if types_of(node) & SITES:
            for value in values(node.get("publisher")):
                yield "jsonld.publisher", facts.name_of(value)
    for text in head.items.get("publisher", ()):
        yield "microdata.publisher", text
    for name in METAS:
        for text in head.metas.get(name, ()):
            yield f"meta.{name}", text


def is_name(text: str) -> bool:
    """Whether a text can be a publisher's name: not an address, an identifier or a placeholder."""
    if not 0 < len(text) <= LONGEST or text.casefold() in NOT_NAMES:
        return False
    if "://" in text or text.startswith(("/", "@", "#", "www.")) or "<" in text:
        return False
    return any(map(str.isalpha, text))
