"""The elements of the tags that several steps ask for, found in one pass over the page."""

from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement

TAGS = ("script", "title", "meta", "link", "h1", "time")

Tagged = Mapping[str, Sequence[HtmlElement]]
"""Elements by tag, in the order of the page."""


def find_tagged(tree: HtmlElement) -> Tagged:
    """The page's elements of these tags."""
    found: dict[str, list[HtmlElement]] = {tag: [] for tag in TAGS}
    for element in tree.iter(*TAGS):
        found[element.tag].append(element)
    return found
