"""Text to a tree: the one parse of a page."""

import re

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from service.events.outcome import Rejected, RejectionReason

# Not allowed in the tree, and found in pages cut from databases.
CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
# The end of the document, wherever it stands: browsers read on after it, and put what follows into
# the body; the parser makes a document of its own of it, which is lost.
END = re.compile(rb"</(?:[hH][tT][mM][lL]|[bB][oO][dD][yY])[\s\x1c-\x1f]*>")

# One class for all elements: lxml.html's own parser asks a Python function for each.
ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)


def parse_markup(document: str | bytes) -> HtmlElement:
    """Parse a document: no network, no entities of its own, no comments kept.

    Args:
        document: if in bytes, in UTF-8: much is found faster there than in text.

    Raises:
        Rejected: NOT_HTML, where no element comes out.
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
        return document_fromstring(clean_bytes(document), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Rejected(RejectionReason.NOT_HTML, f"no document: {error}") from error


def clean_bytes(document: str | bytes) -> bytes:
    """The document in UTF-8 without its end and without what none may hold: controls, halves of
    surrogate pairs."""
    if isinstance(document, str):
        document = document.encode("utf-8", "ignore")
    document = END.sub(b"", document)
    for mark in NONCHARACTERS:
        document = document.replace(mark, b"")
    return document.translate(None, CONTROLS)
