"""Pages that list articles and are none: fronts, sections, tags, searches, profiles."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from service.events.outcome import Rejected, RejectionReason
from service.page.facts import ARTICLES, Facts
from service.page.head import Head
from service.page.json_ld import types_of
from service.page.paragraph import Paragraph, Role, count_words

LISTING_PATH = re.compile(
    r"/(?:tags?|topics?|themen?|temas?|categor(?:y|ies|ia|ias)|kategorie|rubriken?|sections?"
    r"|seccion|search|suche|buscar|recherche|authors?|autor(?:en|es)?|archives?|archiv|page)"
    r"(?:/[^/]+){0,2}/?$",
    re.I,
)
SEARCH_QUERY = re.compile(r"(?:^|&)(?:q|s|query|search)=", re.I)
LISTING_TYPES = {"collectionpage", "searchresultspage", "profilepage", "itemlist"}
TEASERS = 10  # linked headings that make a list
LONG = 40  # words of a paragraph that teasers hardly reach
SIGNALS = 2


def check_article(
    url: str, tree: HtmlElement, head: Head, facts: Facts, paragraphs: Sequence[Paragraph]
) -> None:
    """Turn away pages without an article.

    A front page that structured data does not call an article is none; of other signs (address,
    structured data, a list of linked headings around text without a long paragraph) it takes two.

    Raises:
        Rejected: NO_ARTICLE, with what was found.
    """
    if not paragraphs:
        raise Rejected(RejectionReason.NO_ARTICLE, "no main text found")
    if is_article(head, facts):
        return
    parts = urlsplit(url)
    if parts.path in ("", "/") and not parts.query:
        raise Rejected(RejectionReason.NO_ARTICLE, "the front page of a site")
    signals = []
    if LISTING_PATH.search(parts.path) or SEARCH_QUERY.search(parts.query):
        signals.append("address of a list or search")
    if kinds := LISTING_TYPES & {kind for node in facts.nodes for kind in types_of(node)}:
        signals.append(f"structured data: {', '.join(sorted(kinds))}")
    teasers = count_teasers(tree)
    if teasers >= TEASERS and not any(is_long(paragraph) for paragraph in paragraphs):
        signals.append(f"{teasers} linked headings, no long paragraph")
    if len(signals) >= SIGNALS:
        raise Rejected(RejectionReason.NO_ARTICLE, "; ".join(signals))


def is_article(head: Head, facts: Facts) -> bool:
    """Whether structured data calls the page an article."""
    named = facts.types & (ARTICLES - {"webpage", "videoobject"}) and facts.text("headline")
    return bool(named) or (head.meta("og:type") or "").lower() in ("article", "news", "newsarticle")


def is_long(paragraph: Paragraph) -> bool:
    """Whether a paragraph is longer than a teaser."""
    return paragraph.role is Role.TEXT and count_words(paragraph.text) > LONG


def count_teasers(tree: HtmlElement) -> int:
    """Headings that are links."""
    return int(tree.xpath("count(//*[self::h2 or self::h3 or self::h4][.//a or parent::a])"))
