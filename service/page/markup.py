"""Text to a tree: the one parse of a page."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from service.events.outcome import Rejected, RejectionReason

# Not allowed in the tree, and found in pages cut from databases.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse_markup(text: str) -> HtmlElement:
    """Parse a document: no network, no entities of its own, no comments kept.

    Raises:
        Rejected: NOT_HTML, where no element comes out.
    """
    parser = HTMLParser(
        encoding="utf-8",
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
        no_network=True,
    )
    try:
        return document_fromstring(CONTROLS.sub("", text).encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Rejected(RejectionReason.NOT_HTML, f"no document: {error}") from error
