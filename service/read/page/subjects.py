"""The section and the keywords that a page declares for its article, as printed."""

from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import islice
from typing import Any

from service.contract.declared import SUBJECTS_KEPT, Subject
from service.read.attribution.names import name_of
from service.read.page.head import Head
from service.read.page.keyword_lists import (
    LONGEST,
    LONGEST_LIST,
    MOST,
    Mentioned,
    is_from_headline,
    is_of_everything,
    is_of_site,
    is_subject,
    names_feed,
    part_list,
)
from service.read.page.paragraph import normalise_words, squeeze
from service.read.page.site import letters
from service.read.page.structured_data import Facts, plain_texts, types_of, values

SECTION, KEYWORD = "section", "keyword"
SECTION_METAS = ("article:section", "section", "og:article:section", "og:section",
                 "cxenseparse:section", "parsely-section", "articlesection", "prism.section",
                 "article.section", "article:category")  # fmt: skip
KEYWORD_METAS = ("article:tag", "og:article:tag", "parsely-tags", "sailthru.tags",
                 "keywords", "tags", "dc.subject", "dcterms.subject", "og:tags")  # fmt: skip
MOST_SECTIONS = 5
MOST_SECTION_WORDS = 6
MOST_VALUES = 100  # values of one property, or meta elements of one name, that are read
MOST_CRUMBS = 8

Given = tuple[str, list[str]]
"""A place on the page, and the texts that stand there."""


def find_subjects(
    head: Head,
    facts: Facts,
    title: str,
    text: str,
    names: Sequence[str],
    is_sites: Callable[[str, str], bool],
) -> tuple[Subject, ...]:
    """Return section and keywords, each from the first place that has any, at most SUBJECTS_KEPT.

    Left out are the site's name, the headline, authors, agencies, placeholders ("Home",
    "Uncategorized"), marks that a system makes for itself; and whole lists that are the headline
    cut into words, the same on all pages of the site (towns), or longer than 30.

    Args:
        names: of authors and publisher.
        is_sites: whether a text, given as printed and normalised, is the site's own name.
    """
    left_out = [normalise_words(title), *map(_in_order, names)]
    lengths = {name.count(" ") for name in left_out}
    initials = {word[0] for name in names for word in normalise_words(name).split()}
    full = [words for words in map(normalise_words, names) if " " in words]

    def may_be(word: str, words: str) -> bool:
        if not is_subject(word, words) or words in left_out or any(name in words for name in full):
            return False
        if words.count(" ") in lengths and words[:1] in initials and _in_order(words) in left_out:
            return False
        return not is_sites(word, words)

    found: dict[str, Subject] = {}
    for where, given in _sections(head, facts):
        normal = {word: normalise_words(word) for word in given[:MOST]}
        kept = [word for word, words in normal.items() if may_be(word, words)]
        for word in [word for word in kept if len(word.split()) <= MOST_SECTION_WORDS]:
            found.setdefault(normal[word], Subject(name=word, rel=SECTION, source=where))
            if len(found) == MOST_SECTIONS:
                break
        if found:
            break
    mentioned = Mentioned(title, text)
    for where, given in _keywords(head, facts):
        if len(given) > MOST and len(set(given)) > MOST:
            continue
        normal = {word: normalise_words(word) for word in given}
        if is_from_headline(list(normal.values()), title) or is_of_site(list(normal), mentioned):
            continue
        kept = [
            word
            for word, words in normal.items()
            if may_be(word, words)
            and not is_of_everything(words)
            and not names_feed(word, mentioned)
            and name_of(word) is None
        ]
        for word in kept:
            found.setdefault(normal[word], Subject(name=word, rel=KEYWORD, source=where))
        if kept:
            break
    return tuple(islice(found.values(), SUBJECTS_KEPT))


def _in_order(name: str) -> str:
    """Return the words of a name in the order of the alphabet, without accents, so that `Quist-Ada`
    and `Ada Quist` are the same."""
    return " ".join(sorted(letters(word) or word for word in normalise_words(name).split()))


def _sections(head: Head, facts: Facts) -> Iterator[Given]:
    yield "jsonld.articleSection", _part_all(_texts(facts, "articleSection"))
    for name in SECTION_METAS:
        if name in head.metas:
            yield f"meta.{name}", _part_all(head.metas[name][:MOST_VALUES])
    if "articlesection" in head.items:
        yield "microdata.articleSection", _part_all(head.items["articlesection"][:MOST_VALUES])
    yield "jsonld.breadcrumb", _crumbs(facts)


def _crumbs(facts: Facts) -> list[str]:
    """Return the last step of the breadcrumb that is neither the front page nor the article."""
    for node in facts.nodes:
        if "breadcrumblist" not in types_of(node):
            continue
        items = list(islice(values(node.get("itemListElement")), MOST_CRUMBS + 1))
        names = [name for item in items if (name := _name_of(item))]
        if not 2 <= len(names) <= MOST_CRUMBS:
            return []
        last = names[-1] if _is_short(names[-1]) else names[-2]
        return [last] if last != names[0] else []
    return []


def _is_short(name: str) -> bool:
    return len(name.split()) <= 2 and len(name) <= LONGEST // 4


def _name_of(item: Any) -> str:
    if not isinstance(item, dict):
        return ""
    inner = item.get("item")
    for each in (item, inner):
        if isinstance(each, dict) and isinstance(name := each.get("name"), str):
            return squeeze(unescape(name))
    return ""


def _keywords(head: Head, facts: Facts) -> Iterator[Given]:
    news = head.metas.get("news_keywords")
    if news:
        yield "meta.news_keywords", _part_all(news)
    yield "jsonld.keywords", _part_all(_texts(facts, "keywords"))
    for name in KEYWORD_METAS:
        if name in head.metas:
            yield f"meta.{name}", _part_all(head.metas[name])
    if "keywords" in head.items:
        yield "microdata.keywords", _part_all(head.items["keywords"])


def _part_all(texts: Sequence[str]) -> list[str]:
    """Return the keywords in some texts. Of several texts most of which have no comma, each is a
    keyword: `Ada Quist, CEO` beside `Northport`."""
    given = list(dict.fromkeys(map(_on_one_line, texts[:MOST_VALUES])))
    lists = [part_list(text) for text in given]
    if 2 * sum(len(words) > 1 for words in lists) < len(given) > 1:
        return given
    return [word for words in lists for word in words]


def _on_one_line(text: str) -> str:
    text = text[:LONGEST_LIST]
    return squeeze(unescape(text) if "&" in text else text)


def _texts(facts: Facts, name: str) -> list[str]:
    return list(plain_texts(islice(values(facts.node.get(name)), MOST_VALUES)))
