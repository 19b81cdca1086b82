"""What a page says about the use of its text: in HTTP headers, meta elements, structured data and
links, and what the crawler has found in the site's own files."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import cast

import ada_url
from lxml.etree import XPath
from lxml.html import HtmlElement

from service.contract.hints import Hints
from service.contract.rights import (
    CONTENT_SIGNAL,
    CONTENT_USAGE,
    DIRECTIVES,
    FREE,
    HOLDER,
    LICENSE,
    NOTICE,
    PAYWALL,
    ROBOTS_HEADER,
    TDM_POLICY,
    TDM_RESERVATION,
    TERMS,
    UNAVAILABLE_AFTER,
    Rights,
    RightsWord,
)
from service.read.page.expiry_time import read_expiry
from service.read.page.head import Head
from service.read.page.paragraph import squeeze
from service.read.page.robots_directives import Directive, read_directives, read_header
from service.read.page.structured_data import Facts, values

MOST_WORDS = 60
MOST_OF_ONE = 10  # headers or elements of one name that are read
LONGEST_VALUE = 500  # characters
LONGEST_ADDRESS = 2_000  # characters

_ROBOTS_META = re.compile(r"(?:robots|x-robots-tag|[\w-]{1,40}bot(?:-\w{1,20})?)")
_NOT_AGENTS = ("robots", "x-robots-tag")
_LICENSED = XPath("//@rel[contains(., 'icen')]/..")  # attributes first: a third of the time
_PICTURE = ("figure", "figcaption", "picture", "aside")
_LINK_HEADER = re.compile(r"<([^<>]{1,2000}+)>([^<>]{0,300})")
_LICENSE_RELATION = re.compile(r"rel\s*=\s*\"?[^\";]{0,100}\blicense\b", re.I)
_AS_SENT = (CONTENT_USAGE, CONTENT_SIGNAL, TDM_RESERVATION, TDM_POLICY)
_TEXTS = (
    ("dcterms.rightsholder", HOLDER),
    ("copyrightholder", HOLDER),
    ("copyright", NOTICE),
    ("dc.copyright", NOTICE),
    ("dcterms.rights", TERMS),
    ("dc.rights", TERMS),
)
_DECLARED = (
    ("copyrightHolder", HOLDER),
    ("copyrightNotice", NOTICE),
    ("usageInfo", TERMS),
    ("conditionsOfAccess", TERMS),
)
_TIERS = {"locked": PAYWALL, "metered": PAYWALL, "premium": PAYWALL, "paid": PAYWALL, "free": FREE}
_ANSWERS = {"false": PAYWALL, "no": PAYWALL, "true": FREE, "yes": FREE}


def collect_words(
    headers: Sequence[tuple[str, str]],
    hints: Hints | None,
    url: str,
    head: Head | None = None,
    facts: Facts | None = None,
    tree: HtmlElement | None = None,
) -> tuple[RightsWord, ...]:
    """Return all statements about the use of a page, distinct, at most `MOST_WORDS`.

    Args:
        headers: HTTP headers, names in lower case.
        url: what relative addresses are resolved against.
        head, facts, tree: of the page; None for an article that came without it.
    """
    found: dict[RightsWord, None] = {}
    for word in _all(headers, hints, url, head, facts, tree):
        found.setdefault(word)
        if len(found) >= MOST_WORDS:
            break
    return tuple(found)


def make_rights(words: Sequence[RightsWord]) -> Rights | None:
    """Return the words with the licence and the expiry that they give; None without words."""
    if not words:
        return None
    times = (
        read_expiry(word.value or "")
        for word in words
        if word.word == UNAVAILABLE_AFTER and word.agent is None
    )
    return Rights(
        words=tuple(words),
        license=next(
            (word.value for word in words if word.word == LICENSE and _is_web(word.value or "")),
            None,
        ),
        expires=_earliest(time for time in times if time is not None),
    )


def _earliest(times: Iterable[str]) -> str | None:
    """Return the earliest of some times in RFC 3339 with an offset; None if there is none."""
    return min(times, key=datetime.fromisoformat, default=None)


def _all(
    headers: Sequence[tuple[str, str]],
    hints: Hints | None,
    url: str,
    head: Head | None,
    facts: Facts | None,
    tree: HtmlElement | None,
) -> Iterator[RightsWord]:
    yield from _of_headers(headers, url)
    if head is not None:
        yield from _of_metas(head, url)
    if facts is not None:
        yield from _of_facts(facts, url)
    if tree is not None:
        yield from _of_links(tree, url)
    if hints is not None:
        yield from _of_hints(hints, url)


def _of_headers(headers: Sequence[tuple[str, str]], url: str) -> Iterator[RightsWord]:
    read = dict.fromkeys((ROBOTS_HEADER, "link", *_AS_SENT), 0)
    for name, value in headers:
        if name not in read or read[name] >= MOST_OF_ONE:
            continue
        read[name] += 1
        source = f"header.{name}"
        if name == ROBOTS_HEADER:
            yield _word(ROBOTS_HEADER, value, source)
            yield from _of_directives(read_header(value), source)
        elif name == "link":
            yield from (
                _address(LICENSE, linked[1], source, url)
                for linked in _LINK_HEADER.finditer(value[:LONGEST_ADDRESS])
                if _LICENSE_RELATION.search(linked[2])
            )
        else:
            yield _named(name, value, source, url)


def _of_metas(head: Head, url: str) -> Iterator[RightsWord]:
    for name, contents in head.metas.items():
        if _ROBOTS_META.fullmatch(name):
            agent = None if name in _NOT_AGENTS else name
            for content in contents[:MOST_OF_ONE]:
                yield from _of_directives(read_directives(content), f"meta.{name}", agent)
    for name in (TDM_RESERVATION, TDM_POLICY):
        for content in head.metas.get(name, ())[:MOST_OF_ONE]:
            yield _named(name, content, f"meta.{name}", url)
    for name in ("article:content_tier", "og:article:content_tier"):
        for content in head.metas.get(name, ())[:MOST_OF_ONE]:
            if word := _TIERS.get(content.lower()):
                yield _word(word, content, f"meta.{name}")
    for name, word in _TEXTS:
        for content in head.metas.get(name, ())[:MOST_OF_ONE]:
            yield _word(word, content, f"meta.{name}")


def _of_directives(
    directives: Iterable[Directive], source: str, agent: str | None = None
) -> Iterator[RightsWord]:
    for each in directives:
        if each.name in DIRECTIVES or each.name == UNAVAILABLE_AFTER:
            yield _word(each.name, each.value, source, agent or each.agent)


def _of_facts(facts: Facts, url: str) -> Iterator[RightsWord]:
    name = "isAccessibleForFree"
    answers = facts.texts(name)[:MOST_OF_ONE]
    yield from _of_answers(answers, f"jsonld.{name}")
    if not answers:
        parts = [facts.resolve(part) for part in values(facts.node.get("hasPart"))][:MOST_OF_ONE]
        parted = [facts.name_of(part[name]) for part in parts if name in part]
        yield from _of_answers((one for one in parted if _answer(one) == PAYWALL), "jsonld.hasPart")
    for value in [*values(facts.node.get("license"))][:MOST_OF_ONE]:
        node = facts.resolve(value)
        given = node.get("url") or node.get("@id") or node.get("name") if node else value
        if isinstance(given, str) and given.strip():
            yield _address(LICENSE, given, "jsonld.license", url)
    for name, word in _DECLARED:
        for text in facts.texts(name)[:MOST_OF_ONE]:
            yield _word(word, text, f"jsonld.{name}")


def _of_answers(answers: Iterable[str], source: str) -> Iterator[RightsWord]:
    for text in answers:
        if word := _answer(text):
            yield _word(word, text, source)


def _answer(text: str) -> str | None:
    return _ANSWERS.get(text.rsplit("/", 1)[-1].strip().lower())


def _of_links(tree: HtmlElement, url: str) -> Iterator[RightsWord]:
    """The licences of the page: one inside a figure is the picture's."""
    read = 0
    for element in cast("list[HtmlElement]", _LICENSED(tree)):
        if LICENSE not in (element.get("rel") or "").lower().split() or not element.get("href"):
            continue
        if next(element.iterancestors(*_PICTURE), None) is None:
            yield _address(LICENSE, element.get("href") or "", f"{element.tag}.license", url)
        read += 1
        if read >= MOST_OF_ONE:
            return


def _of_hints(hints: Hints, url: str) -> Iterator[RightsWord]:
    for source, lines in (("hint.robots", hints.robots), ("hint.tdmrep", hints.tdmrep)):
        for line in lines:
            name, separator, value = line.partition(":")
            name = name.strip().lower()
            if name:
                yield _named(name, value if separator else None, source, url)


def _named(name: str, value: str | None, source: str, url: str) -> RightsWord:
    if value is not None and name in (TDM_POLICY, LICENSE):
        return _address(name, value, source, url)
    return _word(name, value, source)


def _word(word: str, value: str | None, source: str, agent: str | None = None) -> RightsWord:
    said = None if value is None else squeeze(value[: 4 * LONGEST_VALUE])
    if said is not None and len(said) > LONGEST_VALUE:
        said = said[:LONGEST_VALUE] + "…"
    return RightsWord(word=word[:100], value=said or None, agent=agent, source=source)


def _address(word: str, given: str, source: str, url: str) -> RightsWord:
    """The word with an absolute address; as sent where it is none."""
    given = given.strip()
    if len(given) <= LONGEST_ADDRESS:
        try:
            address = str(ada_url.URL(given, url).href)
        except ValueError:
            address = ""
        if _is_web(address) and len(address) <= LONGEST_ADDRESS and " " not in given:
            return RightsWord(word=word, value=address, source=source)
    return _word(word, given, source)


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))
