"""Pages that give no article: lists of articles."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from service.contract.outcome import Rejected, RejectionReason
from service.read.page.extraction import Extraction
from service.read.page.head import Head
from service.read.page.structured_data import ARTICLES, Facts, types_of

LISTING_PATH = re.compile(
    r"/(?:tags?|topics?|themen?|temas?|categor(?:y|ies|ia|ias)|kategorie|rubriken?|sections?"
    r"|seccion|search|suche|buscar|recherche|authors?|autor(?:en|es)?|archives?|archiv|page)"
    r"(?:/[^/]+){0,2}/?$",
    re.I,
)
SEARCH_QUERY = re.compile(r"(?:^|&)(?:q|s|query|search)=", re.I)
LISTING_TYPES = {"collectionpage", "searchresultspage", "profilepage", "itemlist"}
# At most three path segments of at most two words each, without digits or file extension:
# `/science`, `/noticias/puerto/`. An article's URL has its number, date or headline.
SECTION_PATH = re.compile(r"(?:/[^\W\d_]+(?:[-_][^\W\d_]+)?){1,3}/?")
NEXT_PAGE = re.compile(
    r"[?&](?:page|paged|pg|p|pagina|pagine|seite|sida|side)=2\b|/page/2/?$", re.I
)
SIGNALS = 2


def check_article(url: str, tree: HtmlElement, head: Head, facts: Facts, found: Extraction) -> None:
    """Reject pages without an article.

    A page whose JSON-LD describes an article is accepted. A front page is rejected unless
    OpenGraph calls it an article. Of the other signals (URL, structured data, a list of headlines,
    a pager), two are needed, and three if OpenGraph says `article`, as some systems put that on
    every page.

    Raises:
        Rejected: NO_ARTICLE, with the signals found.
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
