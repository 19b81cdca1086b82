"""The authors of a page with what it says of each: role, and address of the author's own page."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from service.contract.article import Credit
from service.contract.declared import Person
from service.read.page.author_roles import is_role, role_after
from service.read.page.blocks import text_begin
from service.read.page.credits import is_author_link
from service.read.page.element_roles import links_author
from service.read.page.paragraph import normalise_words, squeeze
from service.read.page.site import join
from service.read.page.structured_data import MOST_NAMES, Facts, Node, plain_texts, values
from service.read.page.walk import Named

LONGEST_NAME = 200  # characters of a name that is sent
LONGEST_ROLE = 100
LONGEST_ADDRESS = 2_000
AROUND = 2  # elements around a name after which a role may stand
MOST_READ = 10  # bylines that are searched for a role after the name
MOST_BYLINES = 60  # visible bylines that are searched for links and roles
GIVEN = "given"
EDITOR = re.compile(r"责任?编辑?|責任?編輯?")
_SOCIAL = """
bsky.app facebook.com google.com gravatar.com instagram.com linkedin.com mastodon.social
muckrack.com pinterest.com t.me telegram.me threads.net tiktok.com twitter.com vk.com wa.me x.com
xing.com youtube.com
"""
SOCIAL = frozenset(_SOCIAL.split())
"""Hosts where a person has an account, which is no page of the publisher about its author."""
ACCOUNTS = re.compile(
    r"(?:,?\s(?:twitter|facebook|instagram|tumblr|linkedin|threads|bluesky|e-?mail)){1,4}$", re.I
)
"""Links to accounts that stand beside a name."""
ORGANISATION = re.compile(
    r"^(?-i:[A-Z]{2,6})$|\b(?:corporation|corp|holdings?|group|gruppe|coordenadoria|assessoria|secretaria"
    r"|prefeitura|ministerio|ministère|ministerium|agenzia)\b",
    re.I,
)
"""Names of organisations, and abbreviations, that a page gives as its author."""
_LISTS = """
about auteur auteurs author authors autor autore autoren autores autori contact contributors home
impressum index journalists kontakt people profile profiles redaction redaktion redazione
reporters staff team user users writers
"""
LISTS = frozenset(_LISTS.split())
"""Last parts of addresses of pages about all authors."""


def find_people(
    authors: Sequence[str],
    facts: Facts,
    credits: Sequence[Credit],
    named: Sequence[Named],
    url: str,
    publisher: str | None,
) -> tuple[Person, ...]:
    """Return the authors with role, address and place; nothing that the page does not say.

    Args:
        authors: the names of the page's authors, already told apart from agencies and desks.
        named: elements that may be bylines.
        url: the page's address, for addresses relative to it.
        publisher: the publisher's name; it, and a desk that begins with an abbreviation of it, is
            no person.
    """
    nodes = list(_structured(facts))
    people = [
        _person(name, nodes, credits, url)
        for name in dict.fromkeys(ACCOUNTS.sub("", author) for author in authors)
        if not (ORGANISATION.search(name) or (publisher and is_publishers(name, publisher)))
    ]
    people = [person for person in people if not _is_editor(person, credits)]
    if any(person.url is None or person.role is None for person in people):
        wanted = {normalise_words(person.name) for person in people}
        links, roles = _visible(named, wanted, url)
        bylines = [each.text for each in credits if each.where == "byline"][:MOST_READ]
        people = [_complete(person, links, roles, bylines) for person in people]
    shared = [person.url for person in people]
    return tuple(
        person.model_copy(update={"url": None}) if shared.count(person.url) > 1 else person
        for person in people
    )


def is_publishers(name: str, publisher: str) -> bool:
    """Whether a name is the publisher's, or begins with its abbreviation: `NRC Northport`. A full
    name stays: people publish under their own."""
    if " " not in name and normalise_words(name) == normalise_words(publisher):
        return True
    return publisher.isupper() and name.startswith(f"{publisher} ")


def given_people(authors: Sequence[str]) -> tuple[Person, ...]:
    """Return the authors that came with an article that needs no extraction."""
    return tuple(Person(name=name[:LONGEST_NAME], source=GIVEN) for name in authors)


def _structured(facts: Facts) -> Iterator[tuple[str, Node]]:
    """Yield the authors of structured data: normalised name, and the node that describes them. The
    node is empty where it describes several, or is only a text."""
    given = [*values(facts.node.get("author")), *values(facts.node.get("creator"))]
    for value in given[:MOST_NAMES]:
        members = value[:MOST_NAMES] if isinstance(value, list) else [value]
        for member in members:
            names = facts.names_of(member)
            node = _whole(facts, member) if len(names) == 1 else {}
            for name in names:
                yield normalise_words(name), node


def _whole(facts: Facts, value: Any) -> Node:
    """Return what is said of an author in one place and, under the same `@id`, in another."""
    if not isinstance(value, dict):
        return {}
    identity = value.get("@id")
    elsewhere = facts.by_id.get(identity, {}) if isinstance(identity, str) else {}
    return {**elsewhere, **{name: inner for name, inner in value.items() if inner}}


def _person(
    name: str, nodes: Sequence[tuple[str, Node]], credits: Sequence[Credit], url: str
) -> Person:
    words = normalise_words(name)
    found = [node for named, node in nodes if f" {words} " in f" {named} "]
    if not found:
        source = next((each.where for each in credits if _names(each, words)), "byline")
        return Person(name=name[:LONGEST_NAME], source=source)
    node = next((node for node in found if node), {})
    return Person(
        name=name[:LONGEST_NAME],
        role=_role(node, words),
        url=_page_of(node, url),
        source="jsonld.author",
    )


def _is_editor(person: Person, credits: Sequence[Credit]) -> bool:
    """Whether the only byline with a name is that of the page's editor (`责编：...`)."""
    words = normalise_words(person.name)
    bylines = [each.text for each in credits if _names(each, words)]
    return (
        person.source == "byline"
        and bool(bylines)
        and all(EDITOR.search(text[: text.find(person.name) + 1]) for text in bylines)
    )


def _names(credit: Credit, words: str) -> bool:
    return credit.where in ("meta.author", "byline") and words in normalise_words(credit.text)


def _role(node: Node, words: str) -> str | None:
    """Return the declared job title."""
    given = plain_texts(islice(values(node.get("jobTitle")), MOST_NAMES))
    role = ", ".join(filter(None, (squeeze(unescape(text)) for text in given)))
    if not role or len(role) > LONGEST_ROLE or normalise_words(role) in ("", words):
        return None
    return role if "@" not in role and "<" not in role and "://" not in role else None


def _page_of(node: Node, url: str) -> str | None:
    """Return the address of an author's page: `url`, else `sameAs`, else an `@id` that is one."""
    for value in (*values(node.get("url")), *islice(values(node.get("sameAs")), MOST_NAMES)):
        if isinstance(value, str) and (address := author_address(value, url)):
            return address
    identity = node.get("@id")
    if isinstance(identity, str) and "#" not in identity and links_author(identity):
        return author_address(identity, url)
    return None


def author_address(value: str, url: str) -> str | None:
    """Return the absolute address of an author's page, or None for one that cannot be: the page
    itself, a front page, a list of all authors, an account at a social network."""
    value = value.strip()
    if len(value) > LONGEST_ADDRESS or not value.startswith(("http://", "https://", "/")):
        return None
    address = join(url, value)
    if address is None or address == url:
        return None
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    last = parts.path.rstrip("/").rpartition("/")[2].lower()
    if not last or last in LISTS or last.partition(".")[0] in LISTS:
        return None
    return None if any(host == s or host.endswith(f".{s}") for s in SOCIAL) else address


def _visible(
    named: Sequence[Named], wanted: set[str], url: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Return, by author, the address that a visible byline links the name to, and the role that
    stands beside the name in an element of its own."""
    links: dict[str, str] = {}
    roles: dict[str, str] = {}
    bylines = (element for element, kind in named if kind == "byline")
    for element in islice(bylines, MOST_BYLINES):
        href = element.get("href") if element.tag == "a" else None
        leads = href is not None and _leads_to_author(element, href)
        if len(element) and not leads:
            continue  # holds more than a name
        text = text_begin(element, LONGEST_NAME) if len(element) else element.text or ""
        words = normalise_words(text) if len(text) <= LONGEST_NAME else ""
        if words not in wanted:
            continue
        if words not in roles and (role := _role_beside(element)):
            roles[words] = role
        if leads and href and words not in links:
            address = author_address(href, url)
            if address:
                links[words] = address
    return links, roles


def _leads_to_author(link: HtmlElement, href: str) -> bool:
    return links_author(href) or is_author_link(link)


def _role_beside(element: HtmlElement) -> str | None:
    """Return the text of the element after a name, or after an element around the name, if it is a
    role."""
    for each in (element, *islice(element.iterancestors(), AROUND)):
        beside = None if (each.tail or "").strip() else each.getnext()
        if beside is not None and isinstance(beside.tag, str):
            text = text_begin(beside, LONGEST_ROLE).strip(" ,|·•")
            if len(text) <= LONGEST_ROLE and is_role(text):
                return text
    return None


def _complete(
    person: Person, links: dict[str, str], roles: dict[str, str], bylines: Sequence[str]
) -> Person:
    """Return a person with what the visible bylines say, where structured data says nothing."""
    words = normalise_words(person.name)
    role = person.role or roles.get(words)
    if role is None:
        role = next(filter(None, (role_after(person.name, text) for text in bylines)), None)
    return person.model_copy(update={"role": role, "url": person.url or links.get(words)})
