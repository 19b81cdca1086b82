"""Real pages with their article taken out: shells around which the generated crawl is printed."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from service.read.page.paragraph import normalise_words
from service.read.page.parse import parse_markup
from tests.eval.eval_pages import load_rows

_BODY = "copydesk-body-goes-here"
_TITLE = "copydesk-title-goes-here"
_SCRIPT = re.compile(r"<script\b[^>]*ld\+json.*?</script>", re.S | re.I)
LEAST_PARAGRAPHS = 4
"""Of a page's labelled text that must be found in its paragraph elements."""


@dataclass(frozen=True, slots=True)
class Shell:
    """A page of a site, with places for a headline and a text."""

    language: str
    document: str

    def print(self, title: str, paragraphs: Sequence[str]) -> bytes:
        """The page on which this site shows a text."""
        body = "</p><p>".join(html.escape(paragraph) for paragraph in paragraphs)
        page = self.document.replace(_TITLE, html.escape(title))
        return page.replace(_BODY, body).encode()


def load_shells(data: Path, name: str = "train") -> list[Shell]:
    """Shells of the labelled pages whose paragraphs can be told, in the order of the set.

    A page's JSON-LD is left out: it would repeat the old headline and text.
    """
    shells = (
        _shell(row["html"], row["title"] or "", row["text"])
        for row in load_rows(data / "pages" / f"{name}.jsonl.gz")
    )
    return [shell for shell in shells if shell is not None]


def _shell(document: str, title: str, text: str) -> Shell | None:
    tree = parse_markup(_SCRIPT.sub("", document))
    known = normalise_words(text)
    own = [
        element
        for element in tree.iter("p")
        if len(line := normalise_words(element.text_content())) > 40 and line in known
    ]
    if len(own) < LEAST_PARAGRAPHS:
        return None
    headline = normalise_words(title) or normalise_words(tree.findtext(".//h1") or "")
    for element in tree.iter("h1", "title"):
        if (
            element.tag == "title"
            or not headline
            or normalise_words(element.text_content()) == headline
        ):
            _fill(element, _TITLE)
    for element in tree.iter("meta"):
        if (element.get("property") or element.get("name")) in ("og:title", "twitter:title"):
            element.set("content", _TITLE)
    first, *others = own
    _fill(first, _BODY)
    for element in others:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return Shell(tree.get("lang") or "en", etree.tostring(tree, encoding="unicode", method="html"))


def _fill(element: etree._Element, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text
