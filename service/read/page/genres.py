"""The kinds that a page declares its article to be of: opinion, interview, live blog ...

Read are types and `genre` of structured data, meta elements, the section, the label above or below
the headline, the part of the headline before a colon, and what the page says of the use of AI.
Nothing declared is nothing said.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice
from typing import Any

from service.contract.declared import Genre
from service.read.page.blocks import Block
from service.read.page.genre_labels import AI_SENTENCE, AMBIGUOUS_SECTIONS, KINDS
from service.read.page.head import Head
from service.read.page.paragraph import normalise_words, squeeze
from service.read.page.structured_data import Facts, is_titled, plain_texts, types_of, values

TYPES = {
    "opinionnewsarticle": "opinion",
    "analysisnewsarticle": "analysis",
    "reviewnewsarticle": "review",
    "criticreview": "review",
    "liveblogposting": "live",
    "advertisercontentarticle": "advertisement",
    "pressrelease": "press_release",
    "satiricalarticle": "satire",
    "backgroundnewsarticle": "background",
}
"""Kinds by type of schema.org, in lower case."""
MADE_WITH_AI = "made_with_ai"
GENRE_METAS = ("genre", "article:genre", "article.type", "article:type", "article_type",
               "articletype", "article:content_type", "content_type", "contenttype", "content-type",
               "dc.type", "dcterms.type", "prism.genre", "type_of_feature", "og:article:genre",
               "content.subtype", "cxenseparse:articletype", "parsely-type")  # fmt: skip
SECTION_METAS = ("article:section", "section", "og:article:section", "parsely-section",
                 "cxenseparse:section", "articlesection")  # fmt: skip
OPINION_METAS = ("article:opinion", "og:article:opinion")
PAID_METAS = ("article:sponsored", "sponsored", "is_sponsored", "paid_content", "advertorial")
AI_METAS = ("ai-disclosure", "ai-generated", "ai_generated", "generated-by-ai")
YES = frozenset(("true", "1", "yes"))
AI_WORDS = frozenset(("ai-generated", "autonomous", "ai-originated", "machine-generated", *YES))
SOURCE_TYPES = ("trainedalgorithmicmedia", "compositewithtrainedalgorithmicmedia",
                "algorithmicmedia", "compositesynthetic")  # fmt: skip
"""Digital source types of IPTC and schema.org that name a program as the maker, in lower case."""
LONGEST = 100  # characters of a label
MOST_VALUES = 20
MOST = 6  # kinds of one page
BEFORE, AFTER = 3, 2  # blocks around the headline that may be its label
SHARED = 3  # innermost elements of the headline that a label must have one in common with
LONGEST_LABEL = 40
LONGEST_TITLE, MOST_PARTS = 500, 8  # characters and parts of the page's title
PARTS = re.compile(r"\s?[:|/]\s|\s\(|\s[-–—·]\s|[|)]")
LEADING = re.compile(r"^(.{3,30}?)\s?(?::|\s[-–—|])\s")
ENDING = re.compile(r"\s[|–—-]\s([^|–—]{3,30})$")
TITLE_PARTS = re.compile(r"\s[|–—-]\s")
BYLINED = re.compile(
    r"(?:^|[.!?…]\s|\|\s)(?:eine?\s|un[ae]?\s|an?\s)?([^\W\d_][\w -]{2,24}?)"
    r"\s(?:von|by|par|por|di|door|av|af)\s[A-ZÀ-ÞА-Я]",
    re.I,
)
"""A kind before the name of who wrote it: `Kommentar von Ada Quist`."""
MOST_BYLINED = 400  # characters of a byline or standfirst that are read
AI = re.compile(AI_SENTENCE, re.I)
AI_READ = 300  # characters of a block that may say so
AI_WITHIN = 8  # blocks around the body, and of it, that may say so

Claim = tuple[str, str, str]
"""A kind, the words that declare it, and their place."""


def find_genres(
    head: Head,
    facts: Facts,
    blocks: Sequence[Block],
    title: str,
    bylines: Sequence[str],
    begin: int | None,
    last: str,
) -> tuple[Genre, ...]:
    """Return the declared kinds, each once, from the first place that declares it.

    Args:
        blocks: all blocks of the page.
        bylines: bylines, and the standfirst, which may end in one.
        begin: position of the body's first block; None if it is not among them.
        last: the body's last paragraph.
    """
    found: dict[str, Genre] = {}
    claims = (
        *_structured(head, facts),
        *_visible(head, blocks[: None if begin is None else begin + AFTER + 1], title, bylines),
        *_made_with_ai(head, facts, blocks, begin, last),
    )
    for kind, text, where in claims:
        found.setdefault(kind, Genre(name=kind, text=text[:LONGEST], source=where))
    return tuple(islice(found.values(), MOST))


def kind_of(label: str) -> str | None:
    """Return the kind that a label names, alone or as a part ("Commentary (U.S.)", "Personal
    Technology: Review"); None if it names none."""
    if len(label) > LONGEST:
        return None
    if kind := KINDS.get(normalise_words(label)):
        return kind
    parts = [part for part in PARTS.split(label) if part]
    return next((kind for part in parts if (kind := KINDS.get(normalise_words(part)))), None)


def _structured(head: Head, facts: Facts) -> Iterator[Claim]:
    yield from _typed(facts)
    for text in _texts(facts.node.get("genre")):
        if kind := kind_of(text):
            yield kind, text, "jsonld.genre"
    for name in GENRE_METAS:
        for text in head.metas.get(name, ())[:MOST_VALUES]:
            if kind := kind_of(text):
                yield kind, text, f"meta.{name}"
    for names, kind in ((OPINION_METAS, "opinion"), (PAID_METAS, "advertisement")):
        for name in names:
            if any(text.casefold() in YES for text in head.metas.get(name, ())):
                yield kind, f"{name}={head.metas[name][0]}", f"meta.{name}"
    yield from _sections(head, facts)


def _visible(
    head: Head, blocks: Sequence[Block], title: str, bylines: Sequence[str]
) -> Iterator[Claim]:
    headline = _headline(blocks, title)
    for text in () if headline is None else _labels(blocks, headline):
        if kind := KINDS.get(normalise_words(text)):
            yield kind, text, "label"
    yield from _titled(title)
    for text in (head.title or "", head.meta("og:title") or ""):
        for part in TITLE_PARTS.split(text[:LONGEST_TITLE])[:MOST_PARTS]:
            words = normalise_words(part)
            if (kind := KINDS.get(words)) and words not in AMBIGUOUS_SECTIONS:
                yield kind, part, "title"
    for text in bylines:
        for match in BYLINED.finditer(text[:MOST_BYLINED]):
            if kind := KINDS.get(normalise_words(match[1])):
                yield kind, match[1], "byline"


def _typed(facts: Facts) -> Iterator[Claim]:
    """Yield the kinds of the article's types, and a fact check that structured data describes."""
    given = facts.node.get("@type")
    for name in given if isinstance(given, list) else [given]:
        kind = TYPES.get(name.rpartition("/")[2].lower()) if isinstance(name, str) else None
        if kind:
            yield kind, str(name), "jsonld.@type"
    own = _own(facts)
    for node in facts.nodes:
        types = types_of(node)
        if "claimreview" in types:
            yield "fact_check", "ClaimReview", "jsonld.@type"
        elif "review" in types and "itemReviewed" in node and is_titled(node, own):
            yield "review", "Review", "jsonld.@type"


def _own(facts: Facts) -> str:
    headline = facts.node.get("headline")
    return normalise_words(unescape(headline[:LONGEST_TITLE])) if isinstance(headline, str) else ""


def _sections(head: Head, facts: Facts) -> Iterator[Claim]:
    given = [("jsonld.articleSection", text) for text in _texts(facts.node.get("articleSection"))]
    for name in SECTION_METAS:
        given += [(f"meta.{name}", text) for text in head.metas.get(name, ())[:MOST_VALUES]]
    for where, text in given:
        words = normalise_words(text[:LONGEST])
        kind = None if words in AMBIGUOUS_SECTIONS else KINDS.get(words)
        if kind:
            yield kind, squeeze(unescape(text)), where


def _headline(blocks: Sequence[Block], title: str) -> int | None:
    """Return the position of the block that is the headline."""
    words = normalise_words(title)
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        is_heading = block.tag == "h1" or (len(block.path) > 1 and block.path[-2].tag == "h1")
        if is_heading and normalise_words(block.text) in words:
            return index
    return None


def _labels(blocks: Sequence[Block], headline: int) -> Iterator[str]:
    """Yield the short texts directly above and below the headline that stand with it in one of its
    innermost elements. Of several links beside each other, a menu, none is a label."""
    near = set(blocks[headline].path[-SHARED - 1 :]) - set(blocks[headline].path[:2])
    for index in range(max(0, headline - BEFORE), min(len(blocks), headline + AFTER + 1)):
        block = blocks[index]
        if index == headline or len(block.text) > LONGEST_LABEL:
            continue
        if not near.isdisjoint(block.path) and not any(e.tag == "nav" for e in block.path):
            yield block.text


def _titled(title: str) -> Iterator[Claim]:
    """Yield the kind that a headline begins or ends with: `Opinion: ...`, `... | Kommentar`."""
    for pattern in (LEADING, ENDING):
        match = pattern.search(title)
        kind = KINDS.get(normalise_words(match[1])) if match else None
        if match and kind:
            yield kind, match[1], "title"


def _made_with_ai(
    head: Head, facts: Facts, blocks: Sequence[Block], begin: int | None, last: str
) -> Iterator[Claim]:
    for text in _texts(facts.node.get("digitalSourceType")):
        name = text.rpartition("/")[2].lower().removesuffix("digitalsource")
        if name in SOURCE_TYPES:
            yield MADE_WITH_AI, text, "jsonld.digitalSourceType"
    for name in AI_METAS:
        for text in head.metas.get(name, ()):
            if text.casefold() in AI_WORDS:
                yield MADE_WITH_AI, text, f"meta.{name}"
    if begin is not None:
        yield from ((MADE_WITH_AI, text, "note") for text in _notes(blocks, begin, last))


def _notes(blocks: Sequence[Block], begin: int, last: str) -> Iterator[str]:
    """Yield the notes about AI around the body and in its first and last paragraphs."""
    end = next((i for i in range(begin, len(blocks)) if blocks[i].text == last), begin)
    near = (
        *range(max(0, begin - AI_WITHIN), min(begin + 2, len(blocks))),
        *range(max(begin + 2, end - 2), min(len(blocks), end + AI_WITHIN)),
    )
    for index in near:
        if match := AI.match(blocks[index].text[:AI_READ]):
            yield match.group()


def _texts(value: Any) -> list[str]:
    given = islice(values(value), MOST_VALUES)
    return [squeeze(unescape(text)) for text in plain_texts(given)]
