"""Text to a tree, parsed once, and the elements that several steps look for."""

import re
from collections.abc import Mapping, Sequence

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from service.contract.outcome import Rejected, RejectionReason

# Not allowed in the tree, but found in pages that were exported from databases.
CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
NONCHARACTERS = ("\ufffe", "\uffff")
# End tags of the document, removed wherever they occur: browsers read on and add what follows to
# the body; the parser makes a second document of it, which would be lost.
END = re.compile(rb"</(?:[hH][tT][mM][lL]|[bB][oO][dD][yY])[\s\x1c-\x1f]*>")

# One class for all elements: lxml.html's own parser calls a Python function for each element.
ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)


def parse_markup(text: str, encoded: bytes | None = None) -> HtmlElement:
    """Parse a document, without network access or custom entities, and drop comments.

    Args:
        encoded: the same text as UTF-8 bytes, if the page was received in UTF-8.

    Raises:
        Rejected: NOT_HTML, if the text yields no element.
    """
    parser = etree.HTMLParser(
        encoding="utf-8",
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
        no_network=True,
    )
    parser.set_element_class_lookup(ELEMENTS)
    try:
        return document_fromstring(clean_bytes(text, encoded), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Rejected(RejectionReason.NOT_HTML, f"no document: {error}") from error


def clean_bytes(text: str, encoded: bytes | None = None) -> bytes:
    """Return the text as UTF-8 without end tags of the document and without characters that no
    document may hold: controls, noncharacters, lone surrogates. Bytes are faster to search than
    text for all but the two noncharacters."""
    document = END.sub(b"", text.encode("utf-8", "ignore") if encoded is None else encoded)
    for character in NONCHARACTERS:
        if character in text:
            document = document.replace(character.encode(), b"")
    return document.translate(None, CONTROLS)


TAGS = ("script", "title", "meta", "link", "h1", "time")

Tagged = Mapping[str, Sequence[HtmlElement]]
"""Elements by tag, in document order."""


def find_tagged(tree: HtmlElement) -> Tagged:
    """Return the page's elements with one of TAGS."""
    found: dict[str, list[HtmlElement]] = {tag: [] for tag in TAGS}
    for element in tree.iter(*TAGS):
        found[element.tag].append(element)
    return found
