"""Lines that may name who made a text, collected before anything is cleaned away."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from urllib.parse import urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from service.events.article import Credit
from service.page.blocks import names_of
from service.page.facts import Facts
from service.page.furniture_names import KEPT, is_picture_name, split_names
from service.page.head import Head
from service.page.paragraph import squeeze
from service.page.walk import Named

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
# What a credit near a picture names is the picture's maker.
PICTURE_TAGS = {"figure", "figcaption", "picture"}
NEAR = 3  # elements above a credit that may be a picture's, or the card of another article
HEADLINES = ("h2", "h3", "h4")
IN_ARTICLE = XPath("boolean(ancestor::article)")
BREAKS = {"br", "hr"}
LONGEST = 200
LONGEST_LABEL = 20
MOST = 40


def collect_credits(
    named: Iterable[Named], head: Head, facts: Facts, declared_elsewhere: str | None
) -> tuple[Credit, ...]:
    """Every credit of the page as printed, structured ones first, each once.

    Args:
        named: the elements that may be credits, in the order of the page.
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
    """The author in the labelled facts of a social card ("Written by", "A B")."""
    for number in ("1", "2"):
        label = head.meta(f"twitter:label{number}")
        text = head.meta(f"twitter:data{number}")
        if label and text and WRITTEN_BY.search(label):
            yield text
    yield from head.metas.get("twitter:misc:written by", ())


def add_lines(credits: tuple[Credit, ...], where: str, lines: Sequence[str]) -> tuple[Credit, ...]:
    """The credits and, of lines found with the text, those that none of them repeats."""
    known = {credit.text for credit in credits}
    added = (Credit(where=where, text=line) for line in dict.fromkeys(lines) if line not in known)
    return (*credits, *added)


def visible_credits(named: Iterable[Named]) -> list[tuple[str, str]]:
    """Bylines and source elements in the page's own part."""
    found = []
    elsewhere = Elsewhere()
    for element, where in named:
        if elsewhere.holds(element):
            continue
        text = squeeze(element.text_content())
        if text.endswith((":", "：")) and len(text) <= LONGEST_LABEL:
            text = squeeze(f"{text} {text_after(element)}")
        if 1 < len(text) <= LONGEST:
            found.append((where, text))
    return found


def text_after(element: HtmlElement) -> str:
    """What follows an element that holds a label only: the text, or the next element."""
    if element.tail and element.tail.strip():
        return str(element.tail)
    following = element.getnext()
    return "" if following is None or following.tag in BREAKS else text_of(following)


def text_of(element: HtmlElement) -> str:
    """An element's text; of a comment there is none."""
    return str(element.text_content()) if isinstance(element.tag, str) else ""


class Elsewhere:
    """Parts of one page that are about other articles, or of a picture.

    What was found of an element is kept: credits share most of the elements around them.
    """

    def __init__(self) -> None:
        self._far: dict[HtmlElement, bool] = {}
        self._near: dict[HtmlElement, bool] = {}

    def holds(self, element: HtmlElement) -> bool:
        """Whether a credit stands in such a part, or is one of a picture."""
        if element.tag in PICTURE_TAGS or is_picture_name(names_of(element)):
            return True
        for parent in islice(element.iterancestors(), NEAR):
            if parent.tag in NOT_THERE:
                break
            if self._is_near(parent):
                return True
        return self._is_far(element.getparent())

    def _is_near(self, element: HtmlElement) -> bool:
        """Whether what stands close inside the element is of a picture or of another article."""
        if element not in self._near:
            self._near[element] = is_picture_name(names_of(element)) or is_card(element)
        return self._near[element]

    def _is_far(self, element: HtmlElement | None) -> bool:
        """Whether the element is, or stands in, a part that is not the article's."""
        if element is None:
            return False
        if element not in self._far:
            self._far[element] = self._judge(element)
        return self._far[element]

    def _judge(self, element: HtmlElement) -> bool:
        if element.tag in NOT_THERE:
            return not (element.tag == "footer" and IN_ARTICLE(element))
        if element.tag in PICTURE_TAGS:
            return True
        if element.tag != "body" and names_elsewhere(names_of(element)):
            return True
        return self._is_far(element.getparent())


def names_elsewhere(names: str) -> bool:
    """Whether class and id name a part that is about other articles."""
    return any(map(_names_elsewhere, split_names(names)))


@lru_cache(maxsize=KEPT)
def _names_elsewhere(name: str) -> bool:
    return ELSEWHERE.search(name.lower()) is not None


def is_card(element: HtmlElement) -> bool:
    """Whether an element holds the linked headline of another article, and no main heading."""
    if next(element.iterdescendants("h1"), None) is not None:
        return False
    return any(is_linked_in(element, heading) for heading in element.iterdescendants(*HEADLINES))


def is_linked_in(element: HtmlElement, heading: HtmlElement) -> bool:
    """Whether a heading holds a link, or stands in one that is inside an element around it."""
    if next(heading.iterdescendants("a"), None) is not None:
        return True
    inside = takewhile(lambda parent: parent is not element, heading.iterancestors())
    return any(parent.tag == "a" for parent in inside)
