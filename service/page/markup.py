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
END = re.compile(rb"</(?:[hH][tT][mM][lL]|[bB][oO][dD][yY])[\s\x1c-\x1f]*>")

# One class for all elements: lxml.html's own parser asks a Python function for each.
ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)


def parse_markup(text: str, encoded: bytes | None = None) -> HtmlElement:
    """Parse a document: no network, no entities of its own, no comments kept.

    Args:
        encoded: the text in UTF-8, where it came so.

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
        return document_fromstring(clean_bytes(text, encoded), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Rejected(RejectionReason.NOT_HTML, f"no document: {error}") from error


def clean_bytes(text: str, encoded: bytes | None = None) -> bytes:
    """The text in UTF-8 without its end and without what no document may hold: controls, halves of
    surrogate pairs. All but single characters is found faster in bytes than in text."""
    document = END.sub(b"", text.encode("utf-8", "ignore") if encoded is None else encoded)
    for mark in NONCHARACTERS:
        if mark in text:
            document = document.replace(mark.encode(), b"")
    return document.translate(None, CONTROLS)
