"""Extractors side by side: each takes a page's HTML and address, and gives the article's text.

Peers are imported when asked for: they come with `make bench`, not with copydesk.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import trafilatura
from lxml import html as lxml_html

from service.contract.extracted import Extracted, SourcePosition
from service.contract.record import InputMessage, Topic
from service.contract.serde import load
from service.read.stage import read

Extractor = Callable[[str, str], str]
SOURCE = SourcePosition(topic="pages.raw", partition=0, offset=0)
CRAWLED_AT = 1_900_000_000_000


def copydesk(document: str, url: str) -> str:
    """The whole READ stage: decode, extract, clean, metadata, wire, signature, serialize."""
    headers = (("url", url.encode()), ("content-type", b"text/html; charset=utf-8"))
    record = read(InputMessage(None, document.encode(), headers, CRAWLED_AT, SOURCE))
    if record.topic is not Topic.EXTRACTED or record.value is None:
        return ""
    return load(Extracted, record.value).article.text


def copydesk_bytes(document: str, url: str) -> str:
    """The same, without reading its output back: what is timed."""
    headers = (("url", url.encode()), ("content-type", b"text/html; charset=utf-8"))
    read(InputMessage(None, document.encode(), headers, CRAWLED_AT, SOURCE))
    return ""


def with_trafilatura(
    document: str, url: str, *, with_metadata: bool = False, fast: bool = False
) -> str:
    """trafilatura, body text alone unless asked for more."""
    found = trafilatura.bare_extraction(document, url=url, with_metadata=with_metadata, fast=fast)
    return getattr(found, "text", None) or ""


def with_readability(document: str, url: str) -> str:
    """readability-lxml's summary as text."""
    from readability import Document

    summary = Document(document).summary(html_partial=True)
    return "\n".join(map(str, lxml_html.fromstring(summary).itertext())) if summary else ""


def with_newspaper(document: str, url: str) -> str:
    """newspaper4k, given the page."""
    import newspaper

    article = newspaper.Article(url, fetch_images=False)
    article.download(input_html=document)
    article.parse()
    return str(article.text)


def with_goose(document: str, url: str) -> str:
    """goose3, given the page."""
    return str(_goose().extract(raw_html=document).cleaned_text)


@cache
def _goose() -> Any:
    from goose3 import Goose

    return Goose({"enable_image_fetching": False})


def with_resiliparse(document: str, url: str) -> str:
    """resiliparse's main content."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return str(extract_plain_text(HTMLTree.parse(document), main_content=True, alt_texts=False))


READERS: dict[str, tuple[Extractor, Extractor]] = {
    "copydesk, the whole READ stage": (copydesk, copydesk_bytes),
    "trafilatura": (with_trafilatura, with_trafilatura),
    "trafilatura with metadata": (partial(with_trafilatura, with_metadata=True),) * 2,
    "trafilatura fast": (partial(with_trafilatura, fast=True),) * 2,
    "readability-lxml": (with_readability, with_readability),
    "newspaper4k": (with_newspaper, with_newspaper),
    "goose3": (with_goose, with_goose),
    "resiliparse": (with_resiliparse, with_resiliparse),
}
"""By name: what gives the text, and what is timed (the same but for copydesk)."""
