"""Text to a tree: the one parse of a page."""

import re

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from service.events.outcome import Rejected, RejectionReason

# Not allowed in the tree, and found in pages cut from databases.
CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
NONCHARACTERS = ("\ufffe", "\uffff")
# The end of the document, wherever it stands: browsers read on after it, and put what follows into
# the body; the parser makes a document of its own of it, which is lost.
END = re.compile(r"</(?:[hH][tT][mM][lL]|[bB][oO][dD][yY])\s*>")

# One class for all elements: lxml.html's own parser asks a Python function for each.
ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)


def parse_markup(text: str) -> HtmlElement:
    """Parse a document: no network, no entities of its own, no comments kept.

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
        return document_fromstring(clean_bytes(END.sub("", text)), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Rejected(RejectionReason.NOT_HTML, f"no document: {error}") from error


def clean_bytes(text: str) -> bytes:
    """The text in UTF-8 without what no document may hold: controls, halves of surrogate pairs."""
    for mark in NONCHARACTERS:
        if mark in text:  # one character is found faster in text than its three bytes in bytes
            text = text.replace(mark, "")
    return text.encode("utf-8", "ignore").translate(None, CONTROLS)
