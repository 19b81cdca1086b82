"""Which address identifies a page: the fetched one, or another that the page declares.

A page can declare any address (`link rel=canonical`), and templates declare wrong ones: a section,
`undefined`, the first page of several, one address for all pages. Identity decides which article
replaces which, so a declared address is used only if nothing speaks against it; else it is kept as
a claim. What speaks against it in other pages is FOLD's part: `service.fold.assign.identity`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from service.contract.domain import same_site
from service.contract.outcome import Failed, FailureReason
from service.read.page.canonical_url import canonicalize
from service.read.page.url_parameters import (
    ENDING,
    NAMES_NUMBER,
    identifies_article,
    identifying_parameters,
)

# What a template prints where it has no value.
EMPTY_VALUES = {"undefined", "null", "none", "nan", "nil", "(null)", "[object object]"}
# But `{A1B2C3D4-...}` is a number that some systems give to articles.
PLACEHOLDER = re.compile(r"\{(?![0-9a-f-]{32,36}\})|[<>]|\[\[|%[A-Z_]+%|\$[a-z_]+$", re.I)
# Two addresses in one: `/a, https://host/b`.
JOINED = re.compile(r"(?<![,;|\s])[,;|\s]++(?:https?:|/)", re.I)
ERROR_PAGE = re.compile(
    r"(?:error|page|http)?[-_ ]?(?:40[0-9]|410|50[0-9])(?:[-_ ]?(?:error|page|not[-_ ]?found))?"
    r"|(?:page[-_ ]?)?not[-_ ]?found|errors?(?:[-_ ]?page)?",
    re.I,
)
DATE_ARCHIVE = re.compile(r"(?:^|/)(?:19|20)\d\d(?:[-_/][01]?\d(?:[-_/][0-3]?\d)?)?/?$")
TRAILING_NUMBER = re.compile(r"[-_]\d+$")
SHORT_NUMBER = re.compile(r"\d{2,}")  # `/news/417`: an article's number, not a section
PAGE_PARAMETER = re.compile(r"page|paged|pg|pagina|pageno|page_?num(?:ber)?|seite", re.I)
MAYBE_PAGE_PARAMETER = re.compile(r"p|pn|s|start|part|showpage", re.I)
PAGE_NUMBER = re.compile(r"[2-9]|[1-9]\d")
PAGE_SEGMENT = re.compile(r"(?:/(?:page|seite|pagina|p|str)[-_/]?|/)([2-9]|[1-9]\d)(?=/?$)", re.I)
PAGE_SUFFIX = re.compile(
    r"[-_,.](?:page|seite|p)?[-_]?([2-9]|[1-9]\d)(?=(?:\.[a-z]{2,5})?/?$)", re.I
)


@dataclass(frozen=True, slots=True)
class Address:
    """What identifies a page, and what it claims.

    Attributes:
        url: the canonical URL.
        host: host of `url`.
        own_url: canonical form of the fetched address, if `url` is a declared one.
        declared: canonical form of the declared address, if it is not the page's identity.
    """

    url: str
    host: str
    own_url: str | None = None
    declared: str | None = None

    @property
    def declared_elsewhere(self) -> str | None:
        """The declared address, if it is on another site."""
        if self.declared is None or same_site(self.host, host_of(self.declared)):
            return None
        return self.declared


def find_address(url: str, declared: Sequence[str] = ()) -> Address:
    """Return the address that identifies a page.

    It is the declared one if the page declares one only, on its own site, that looks like the
    address of an article and is not contradicted by the fetched one. An address on another site
    is evidence of where the text came from, never the page's identity. A front page is no claim:
    many templates declare it on every page. A `file:` URL is returned unchanged.

    Args:
        url: as fetched.
        declared: all addresses that the page's head declares to be its canonical one.

    Raises:
        Failed: NO_URL, if `url` is not a web URL.
    """
    if url.startswith("file:"):
        return Address(url, urlsplit(url).hostname or "localhost")
    try:
        own, _ = canonicalize(url)
    except ValueError as error:
        raise Failed(FailureReason.NO_URL, str(error)) from error
    host = host_of(own)
    claims = _read_claims(url, own, declared)
    if not claims:
        return Address(own, host)
    claim = claims[0]
    if claim == own and len(claims) == 1:
        return Address(own, host)
    if len(claims) == 1 and same_site(host, host_of(claim)) and may_identify(claim, own):
        return Address(claim, host_of(claim), own_url=own)
    return Address(own, host, declared=next(each for each in claims if each != own))


def _read_claims(url: str, own: str, declared: Sequence[str]) -> list[str]:
    """Return the different declared addresses, canonical; own stands for what is spelled as it was
    fetched. Those that are no web addresses, and front pages, are left out."""
    claims: dict[str, None] = {}
    for each in declared:
        try:
            claim = canonicalize(each, url)[0]
        except ValueError:
            continue
        if claim == own or not is_front_page(claim):
            claims[claim] = None
    return list(claims)


def host_of(url: str) -> str:
    """Return the host of a canonical URL."""
    return urlsplit(url).hostname or ""


def is_front_page(url: str) -> bool:
    """True if a canonical URL has neither path nor parameters."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def may_identify(declared: str, own: str) -> bool:
    """True if an address on the page's own site looks like that of an article, and the fetched
    address is not that of another part of it."""
    return (
        not is_placeholder(declared)
        and looks_like_article(declared, own)
        and not is_further_page(own, declared)
    )


def is_placeholder(url: str) -> bool:
    """True if an address is a template's mistake: an empty value, a name of a variable, several
    addresses in one, or the site's error page."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    segments = path.lower().strip("/").split("/")
    numbers = [
        value.lower() for name, value in parse_qsl(parts.query) if NAMES_NUMBER.fullmatch(name)
    ]
    if any(ENDING.sub("", each) in EMPTY_VALUES for each in (*segments, *numbers)):
        return True
    if PLACEHOLDER.search(path) or PLACEHOLDER.search(unquote(parts.query)):
        return True
    return JOINED.search(path) is not None or bool(
        ERROR_PAGE.fullmatch(ENDING.sub("", segments[-1]))
    )


def looks_like_article(declared: str, own: str) -> bool:
    """True if a declared address identifies an article, as far as an address can say.

    A short path is that of a section (`/news/`), unless its last segment is a number, or the
    fetched address ends with it, too, perhaps with a number: `/amp/news/storm` and `/x/storm-77`
    may declare `/news/storm`, but `/news/news-77` not `/news/`.
    """
    path, last = urlsplit(declared).path, last_segment(declared)
    if identifying_parameters(declared):
        return True
    if DATE_ARCHIVE.search(path):
        return False
    if identifies_article(declared) or SHORT_NUMBER.fullmatch(last):
        return True
    if not last or identifying_parameters(own):
        return False
    own_last = last_segment(own)
    is_above = urlsplit(own).path.startswith(path.rstrip("/") + "/")
    return not is_above and last in (own_last, TRAILING_NUMBER.sub("", own_last))


def last_segment(url: str) -> str:
    """Return the last segment of the path, in lower case and without its ending."""
    return ENDING.sub("", unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]).lower()


def is_further_page(own: str, declared: str) -> bool:
    """True if the fetched address is that of page 2 or later of an article, and the declared one
    is not: page 2 declares page 1, or a view of all pages.

    A number counts as a page's only if the addresses have the same path otherwise, and where it
    may mean something else (`?p=2`, `/story/2`, `story-2.html`), only if they differ in nothing
    else.
    """
    before, after = urlsplit(own), urlsplit(declared)
    path, declared_path = before.path.rstrip("/"), after.path.rstrip("/")
    stated = {(name.lower(), value) for name, value in parse_qsl(after.query)}
    pages = [
        name.lower()
        for name, value in parse_qsl(before.query)
        if PAGE_NUMBER.fullmatch(value) and (name.lower(), value) not in stated
    ]
    if path and declared_path.startswith(ENDING.sub("", path)):
        if any(PAGE_PARAMETER.fullmatch(name) for name in pages):
            return True
        if path == declared_path:
            return any(MAYBE_PAGE_PARAMETER.fullmatch(name) for name in pages)
    return declared_path in _first_pages(path)


def _first_pages(path: str) -> set[str]:
    """Return what the path of page 1 may be, if a path is that of a further page."""
    found: set[str] = set()
    for form in (PAGE_SEGMENT, PAGE_SUFFIX):
        if form.search(path):
            without = form.sub("", path)
            found |= {without, form.sub(lambda match: match[0].replace(match[1], "1"), path)}
    return found
