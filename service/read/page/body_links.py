"""The links out of an article's text: address and words, as printed."""

import re
from collections.abc import Sequence
from itertools import islice
from urllib.parse import urldefrag, urlsplit

from lxml.html import HtmlElement

from service.contract.declared import LINKS_KEPT, BodyLink
from service.read.page.blocks import BLOCK_TAGS, text_begin
from service.read.page.canonical_url import canonicalize
from service.read.page.paragraph import squeeze
from service.read.page.site import absolute

LONGEST_TEXT = 300
VARIANT = re.compile(r"[?#%A-Z]|amp|//(?:m|mobile|wap|touch)\.")
"""Parts of an address that may not be in its canonical form."""
MOST_READ = 5_000  # links of a page
DEEPEST = 20  # inline elements around a link


def find_links(
    elements: Sequence[HtmlElement],
    text: str,
    base: str,
    own: Sequence[str],
) -> tuple[BodyLink, ...]:
    """Return the links whose words are in the text, in order, each address once; at most
    `LINKS_KEPT`.

    Args:
        elements: that hold the text's paragraphs.
        text: the cleaned text: words that clean-up took out are no link out of it.
        base: address that others are relative to.
        own: addresses of the page itself.
    """
    found: dict[str, BodyLink] = {}
    pages = {urldefrag(address).url for address in own}
    body = frozenset(elements)
    host = urlsplit(base).hostname or ""
    inside = (link for element in elements for link in element.iter("a"))
    for link in islice(inside, MOST_READ):
        if not _is_within(link, body):
            continue
        words = (
            squeeze(link.text) if link.text and not len(link) else text_begin(link, LONGEST_TEXT)
        )
        if not words or len(words) > LONGEST_TEXT or words not in text:
            continue
        url = absolute(base, link.get("href") or "")
        if url is None or urldefrag(url).url in pages:
            continue
        found.setdefault(url, BodyLink(url=url, text=words, canonical=_canonical(url, host)))
        if len(found) == LINKS_KEPT:
            break
    return tuple(found.values())


def _canonical(url: str, host: str) -> str | None:
    """Return the canonical form of an address on another site, if it is another."""
    is_plain = url.startswith("https://") and not VARIANT.search(url)
    if is_plain or urlsplit(url).hostname == host:
        return None
    try:
        canonical, _ = canonicalize(url)
    except ValueError:
        return None
    return None if canonical == url else canonical


def _is_within(link: HtmlElement, body: frozenset[HtmlElement]) -> bool:
    """Return True if the nearest block element around a link is one of the text's."""
    for element in islice(link.iterancestors(), DEEPEST):
        if element.tag in BLOCK_TAGS:
            return element in body
    return False
