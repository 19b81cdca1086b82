"""Pages that give no article: lists of articles, and pages that ask not to be archived."""

import re
from collections.abc import Iterable
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


AGENT = re.compile(r"^\s*([\w-]+)\s*:\s*(?!\d)")
FORBIDDING = {"noarchive"}  # not `none`, which is short for noindex and nofollow
DIRECTIVES_WITH_VALUE = {
    "max-snippet",
    "max-image-preview",
    "max-video-preview",
    "unavailable_after",
}


def check_robots(headers: Iterable[tuple[str, str]], metas: Iterable[str]) -> None:
    """Respect `noarchive` in `X-Robots-Tag` headers and in robots meta elements.

    A header that names a crawler (`googlebot: noarchive`) applies to that crawler only.

    Raises:
        Rejected: ROBOTS_NOARCHIVE.
    """
    for name, value in headers:
        if name == "x-robots-tag" and not addressed_to_another(value):
            check_directives(value, "X-Robots-Tag header")
    for content in metas:
        check_directives(content, "robots meta element")


def addressed_to_another(value: str) -> bool:
    """Whether the header's value begins with the name of a crawler."""
    agent = AGENT.match(value)
    return agent is not None and agent.group(1).lower() not in DIRECTIVES_WITH_VALUE


def check_directives(value: str, where: str) -> None:
    """Check a comma-separated list of directives.

    Raises:
        Rejected: ROBOTS_NOARCHIVE.
    """
    for directive in value.lower().split(","):
        if directive.strip() in FORBIDDING:
            raise Rejected(RejectionReason.ROBOTS_NOARCHIVE, f"{directive.strip()} in {where}")
