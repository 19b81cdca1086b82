"""Collect lines that may name who made a text, before any clean-up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from urllib.parse import urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from service.contract.article import Credit
from service.read.page.blocks import names_of, text_begin
from service.read.page.element_roles import KEPT, is_picture_name, split_names
from service.read.page.head import Head
from service.read.page.paragraph import squeeze
from service.read.page.structured_data import Facts
from service.read.page.walk import Named

STRUCTURED = (
    ("jsonld.author", "author"),
    ("jsonld.author", "creator"),
    ("jsonld.publisher", "publisher"),
    ("jsonld.source_organization", "sourceOrganization"),
    ("jsonld.source_organization", "provider"),
    ("jsonld.credit_text", "creditText"),
    ("jsonld.copyright_holder", "copyrightHolder"),
    ("jsonld.is_based_on", "isBasedOn"),
)
META_AUTHORS = ("author", "byl", "byline", "article:author", "dc.creator", "dcterms.creator",
                "parsely-author", "sailthru.author", "cxenseparse:author", "citation_author",
                "article:author_name", "articleauthor", "author_name", "creator")  # fmt: skip
META_SOURCES = ("source", "original-source", "syndication-source", "news_source", "article:source",
                "dc.source", "dc.publisher", "dcterms.rightsholder", "copyright", "provider",
                "agency", "credit", "og:article:source")  # fmt: skip
WRITTEN_BY = re.compile(
    r"written by|author|(?:geschrieben|verfasst) von|autor|escrito por|écrit par|rédigé par"
    r"|scritto da|geschreven door|skriven av|skrevet av|napisane przez|автор|написано|yazan"
    r"|作者|執筆者",
    re.I,
)
NOT_THERE = {
    "nav",
    "footer",
    "aside",
    "form",
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "select",
}
ELSEWHERE = re.compile(
    r"comment|related|recommend|sidebar|teaser|promo|newsletter|widget|most-?read"
)
# A credit near a picture names the picture's maker.
PICTURE_TAGS = {"figure", "figcaption", "picture"}
NEAR = 3  # ancestors of a credit that are checked for a picture or another article's card
CARD_PARAGRAPHS = 4  # paragraphs that a card has at most: an element with more is the article
HEADLINES = ("h2", "h3", "h4")
ASIDE = {"aside", "nav"}
IN_ARTICLE = XPath("boolean(ancestor::article)")
BREAKS = {"br", "hr"}
LONGEST = 200
LONGEST_LABEL = 20
LONGEST_BETWEEN = 4  # characters between the names of two authors: a comma, "and"
MOST = 40


def collect_credits(
    named: Iterable[Named], head: Head, facts: Facts, declared_elsewhere: str | None
) -> tuple[Credit, ...]:
    """Return every credit of the page as printed, structured ones first, without duplicates.

    Args:
        named: the elements that may be credits, in page order.
    """
    found: dict[tuple[str, str], Credit] = {}

    def keep(where: str, text: str) -> None:
        text = squeeze(text)
        if text and len(text) <= LONGEST:
            found.setdefault((where, text), Credit(where=where, text=text))

    for where, name in STRUCTURED:
        for text in facts.texts(name):
            keep(where, text)
    for where, names in (("meta.author", META_AUTHORS), ("meta.source", META_SOURCES)):
        for name in names:
            for text in head.metas.get(name, ()):
                keep(where, text)
    for text in cards_authors(head):
        keep("meta.author", text)
    if declared_elsewhere:
        keep("canonical", urlsplit(declared_elsewhere).hostname or "")
    for where, text in visible_credits(named):
        keep(where, text)
    return tuple(found.values())[:MOST]


def cards_authors(head: Head) -> Iterator[str]:
    """Yield the authors in the labelled fields of a social card ("Written by", "A B")."""
    for number in ("1", "2"):
        label = head.meta(f"twitter:label{number}")
        text = head.meta(f"twitter:data{number}")
        if label and text and WRITTEN_BY.search(label):
            yield text
    yield from head.metas.get("twitter:misc:written by", ())


def add_lines(credits: tuple[Credit, ...], where: str, lines: Sequence[str]) -> tuple[Credit, ...]:
    """Return the credits plus those `lines` whose text is not among them yet."""
    present = {credit.text for credit in credits}
    added = (Credit(where=where, text=line) for line in dict.fromkeys(lines) if line not in present)
    return (*credits, *added)


def visible_credits(named: Iterable[Named]) -> list[tuple[str, str]]:
    """Return (where, text) of bylines and sources outside of parts about something else."""
    found: list[tuple[str, str]] = []
    elsewhere = Elsewhere()
    beside: HtmlElement | None = None  # the link to an author's page that was read last
    for element, where in named:
        if elsewhere.holds(element):
            continue
        text = text_begin(element, LONGEST, apart=True)
        if text.endswith((":", "：")) and len(text) <= LONGEST_LABEL:
            text = squeeze(f"{text} {text_after(element)}")
        if not 1 < len(text) <= LONGEST:
            continue
        if beside is not None and follows(element, beside) and len(found[-1][1]) < LONGEST:
            found[-1] = (where, f"{found[-1][1]}, {text}")
        else:
            found.append((where, text))
        beside = element if is_author_link(element) else None
    return found


def is_author_link(element: HtmlElement) -> bool:
    """Whether an element is a link that the markup says leads to the author."""
    return element.tag == "a" and "author" in (element.get("rel") or "").split()


def follows(element: HtmlElement, other: HtmlElement) -> bool:
    """Whether two links to authors stand beside each other, as in "A B and C D"."""
    return (
        is_author_link(element)
        and element.getprevious() is other
        and len((other.tail or "").strip()) <= LONGEST_BETWEEN
    )


def text_after(element: HtmlElement) -> str:
    """Return what follows an element that holds only a label: text, or the next element's text."""
    if element.tail and element.tail.strip():
        return str(element.tail)
    following = element.getnext()
    if following is None or following.tag in BREAKS or not isinstance(following.tag, str):
        return ""
    return text_begin(following, LONGEST)


class Elsewhere:
    """Finds parts of one page that are about other articles or belong to a picture.

    Results are cached by element, because credits share most of their ancestors.
    """

    def __init__(self) -> None:
        self._far: dict[tuple[HtmlElement, bool], bool] = {}
        self._near: dict[HtmlElement, bool] = {}

    def holds(self, element: HtmlElement) -> bool:
        """True if a credit is inside such a part, or is a picture's credit."""
        if element.tag in PICTURE_TAGS or is_picture_name(names_of(element)):
            return True
        declared = is_declared(element)
        for parent in islice(element.iterancestors(), NEAR):
            if parent.tag in NOT_THERE:
                break
            if self._is_near(parent):
                return True
        return self._is_far(element.getparent(), declared)

    def _is_near(self, element: HtmlElement) -> bool:
        """True if an element near a credit belongs to a picture or is another article's card."""
        if element not in self._near:
            self._near[element] = is_picture_name(names_of(element)) or is_card(element)
        return self._near[element]

    def _is_far(self, element: HtmlElement | None, declared: bool) -> bool:
        """True if the element is, or is inside, a part that is not the article's.

        Args:
            declared: whether the markup says that the credit is the author's; such a credit may be
                in a sidebar.
        """
        if element is None:
            return False
        if (element, declared) not in self._far:
            self._far[element, declared] = self._judge(element, declared)
        return self._far[element, declared]

    def _judge(self, element: HtmlElement, declared: bool) -> bool:
        if element.tag in NOT_THERE and not (declared and element.tag in ASIDE):
            return not (element.tag == "footer" and IN_ARTICLE(element))
        if element.tag in PICTURE_TAGS:
            return True
        if element.tag != "body" and names_elsewhere(names_of(element)):
            return next(element.iterdescendants("h1"), None) is None
        return self._is_far(element.getparent(), declared)


def is_declared(element: HtmlElement) -> bool:
    """True if the markup says that an element names the author of the article."""
    if element.tag == "address" or element.get("itemprop") == "author":
        return True
    return "author" in (element.get("rel") or "").split() and any(
        parent.tag == "address" for parent in islice(element.iterancestors(), NEAR + 1)
    )


def names_elsewhere(names: str) -> bool:
    """True if class and id name a part about other articles."""
    return any(map(_names_elsewhere, split_names(names)))


@lru_cache(maxsize=KEPT)
def _names_elsewhere(name: str) -> bool:
    return ELSEWHERE.search(name.lower()) is not None


def is_card(element: HtmlElement) -> bool:
    """True if an element holds the linked headline of another article, no `h1`, and few
    paragraphs."""
    if next(element.iterdescendants("h1"), None) is not None:
        return False
    if next(islice(element.iterdescendants("p"), CARD_PARAGRAPHS, None), None) is not None:
        return False
    return any(is_linked_in(element, heading) for heading in element.iterdescendants(*HEADLINES))


def is_linked_in(element: HtmlElement, heading: HtmlElement) -> bool:
    """True if a heading contains a link, or is inside a link within `element`."""
    if next(heading.iterdescendants("a"), None) is not None:
        return True
    inside = takewhile(lambda parent: parent is not element, heading.iterancestors())
    return any(parent.tag == "a" for parent in inside)
