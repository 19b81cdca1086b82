"""Pages that list articles and are none: fronts, sections, tags, searches, profiles."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from service.events.outcome import Rejected, RejectionReason
from service.page.extraction import Extraction
from service.page.facts import ARTICLES, Facts
from service.page.head import Head
from service.page.json_ld import types_of

LISTING_PATH = re.compile(
    r"/(?:tags?|topics?|themen?|temas?|categor(?:y|ies|ia|ias)|kategorie|rubriken?|sections?"
    r"|seccion|search|suche|buscar|recherche|authors?|autor(?:en|es)?|archives?|archiv|page)"
    r"(?:/[^/]+){0,2}/?$",
    re.I,
)
SEARCH_QUERY = re.compile(r"(?:^|&)(?:q|s|query|search)=", re.I)
LISTING_TYPES = {"collectionpage", "searchresultspage", "profilepage", "itemlist"}
# No more than two words in each of at most three parts, no digits, no ending: `/science`,
# `/noticias/puerto/`. The address of an article bears its number, date or headline.
SECTION_PATH = re.compile(r"(?:/[^\W\d_]+(?:[-_][^\W\d_]+)?){1,3}/?")
NEXT_PAGE = re.compile(
    r"[?&](?:page|paged|pg|p|pagina|pagine|seite|sida|side)=2\b|/page/2/?$", re.I
)
SIGNALS = 2


def check_article(url: str, tree: HtmlElement, head: Head, facts: Facts, found: Extraction) -> None:
    """Turn away pages without an article.

    JSON-LD that tells of an article is believed. A front page that nothing calls an article is
    none; of other signs (address, structured data, a list of headlines, a pager) it takes two, and
    three against OpenGraph's `article`, as some systems put it on every page.

    Raises:
        Rejected: NO_ARTICLE, with what was found.
    """
    if not found.paragraphs and not found.listed:
        raise Rejected(RejectionReason.NO_ARTICLE, "no main text found")
    if facts.types & (ARTICLES - {"webpage", "videoobject"}) and facts.text("headline"):
        return
    called = (head.meta("og:type") or "").lower() in ("article", "news", "newsarticle")
    parts = urlsplit(url)
    if parts.path in ("", "/") and not parts.query and not called:
        raise Rejected(RejectionReason.NO_ARTICLE, "the front page of a site")
    signals = []
    if LISTING_PATH.search(parts.path) or SEARCH_QUERY.search(parts.query):
        signals.append("address of a list or search")
    elif SECTION_PATH.fullmatch(parts.path) and not parts.query:
        signals.append("address of a section")
    if kinds := LISTING_TYPES & {kind for node in facts.nodes for kind in types_of(node)}:
        signals.append(f"structured data: {', '.join(sorted(kinds))}")
    if found.listed:
        signals.append(found.listed)
    if has_pager(tree):
        signals.append("links to a next page")
    if len(signals) >= SIGNALS + called or not found.paragraphs:
        raise Rejected(RejectionReason.NO_ARTICLE, "; ".join(signals))


def has_pager(tree: HtmlElement) -> bool:
    """Whether a link leads to the second page."""
    return any(NEXT_PAGE.search(link.get("href") or "") for link in tree.iter("a"))
