"""The role of an element by its tag, names and attributes: hidden, furniture, or a credit.

An element's signals are bits of one integer, so that its attributes are read only once for all
uses.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from service.read.page.furniture_names import LISTED_WORDS, SURE_WORDS

# Whole words of a class name, after camelCase and BEM names are split by hyphens (see `open_up`).
# Left out, because parts of articles have these names too and captions are recognised by position:
# `image` (a paragraph beside its picture), `video` (leaving it out raises body F1 on the training
# pages from .9831 to .9845 for aeb), `toc` (.9767 to .9770 for fundus).
WORDS = r"""
nav(?:bar|igation)? menu breadcrumbs? crumbs? footer sidebar aside widget toolbar tools
comments? commentlist respond disqus discussion
related\w* recommend\w* recirc\w* read-?more more-?(?:on|stories|news|articles|from) also-?read
see-?also most-?(?:read|popular|viewed) popular trending outbrain taboola teasers? teaser-?\w*
promo\w* newsletter\w* sign-?up subscri\w* paywall piano share\w* sharing social\w* addthis follow
ads? advert\w* banner sponsor\w* commercial cookie\w* consent gdpr modal popup overlay tooltip
login register caption\w* credits? copyright gallery-?\w* slideshow
media-?info photo picture bildunterschrift bild foto byline\w* authors? author\w* bio dateline
timestamp published pubdate meta tags? topics? keywords categories pagination pager print-?only
hidden visually-?hidden sr-?only screen-?reader\w* accessib\w* skip rating vote poll survey quiz
donat\w* infobox fact-?box player audio-?\w* podcast\w* disclaimer feedback jump
table-of-contents
"""


def by_first_letter(words: Iterable[str]) -> str:
    """Return a pattern that tests a first letter once for all words that begin with it."""
    rests: dict[str, list[str]] = defaultdict(list)
    for word in words:
        rests[word[0]].append(word[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in rests.items())


# All patterns are for lower-case names: case-insensitive matching is far slower. This one is for a
# name with a hyphen put before it, so that every word in it has a separator in front.
FURNITURE_NAMES = re.compile(
    rf"[\s_-](?:{by_first_letter((*WORDS.split(), *LISTED_WORDS))})(?=$|[\s_-])"
)

# Names that an article's own wrapper hardly ever has.
SURE = re.compile(
    r"comment|related|recommend|recirc|promo|teaser|outbrain|taboola|newsletter|most-?read"
    rf"|most-?popular|trending|footer|nav|menu|cookie|consent|gdpr|modal|popup|{'|'.join(SURE_WORDS)}",
)
# A box inside a sentence that opens when the reader points at a word.
OPENED_LATER = re.compile(
    r"[\s_-](?:tool-?tip-?(?:text|content|body|box|inner)|pop-?over-?(?:content|body|inner|box)"
    r"|pop-?up-?(?:text|content)|hover-?card|rollover-(?:[a-z]+-)?(?:block|box|content)"
    r"|glossary-?(?:definition|content|text|pop-?up))(?=$|[\s_-])"
)
# A paragraph that is a picture's caption.
CAPTION_NAMES = re.compile(
    r"[\s_-](?:fig)?(?:captions?|caption-?text|cutline|bildunterschrift|bildtext|legende|didascalia"
    r"|pie-?de-?foto|image-?credit|photo-?credit)(?=$|[\s_-])"
)
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

STANDFIRST = re.compile(
    r"summary|summery|standfirst|stand-first|excerpt|lead\b|lead-|-lead|lede|intro|dek\b|deck\b"
    r"|description|sub-?title|vorspann|abstract|sub-?head|subline|chapeau|entradilla|bajada"
    r"|sommario|ingress|manchet|perex|preamble|kicker-?text|teaser-?text|hook|resume|occhiello"
    r"|anrisstext",
)

PICTURE = re.compile(
    r"caption|photo|(?:image|img|media|picture|video)[_-]*(?:credit|source|author|copyright)"
    r"|bild|foto|figure|thumb|gallery",
)


# Results are cached by single name and not by whole attribute: ids and modifiers make most
# attributes unique, but the names in them recur. No pattern above matches across a space, so
# matching the single names gives the same result as matching the whole.
KEPT = 32_768
KEPT_WHOLE = 8_192  # cache size for whole attributes, which the elements of one page share
LONGEST = 300  # characters; anything longer is not a name, and is not cached


def split_names(names: str) -> list[str]:
    """Return the single names of one or several attributes joined by spaces."""
    parts = names.split()
    return parts if len(names) <= LONGEST else [part for part in parts if len(part) <= LONGEST]


def is_furniture_name(name: str) -> bool:
    """True if a single name is that of furniture."""
    return FURNITURE_NAMES.search(f"-{open_up(name)}") is not None


def is_sure_name(names: str) -> bool:
    """True if class and id name furniture that hardly ever wraps an article."""
    return any(map(_is_sure, split_names(names)))


def is_standfirst_name(names: str) -> bool:
    """True if class and id name the paragraph that introduces an article."""
    return any(map(_is_standfirst, split_names(names)))


def is_picture_name(names: str) -> bool:
    """True if class and id name a picture, or its caption or credit."""
    return any(map(_is_picture, split_names(names)))


@lru_cache(maxsize=KEPT)
def _is_sure(name: str) -> bool:
    return SURE.search(name.lower()) is not None


@lru_cache(maxsize=KEPT)
def _is_standfirst(name: str) -> bool:
    return STANDFIRST.search(open_up(name)) is not None


@lru_cache(maxsize=KEPT)
def _is_picture(name: str) -> bool:
    return PICTURE.search(name.lower()) is not None


def open_up(name: str) -> str:
    """Split a name by hyphens: `articleBody__leadText` becomes `article-body-lead-text`."""
    lowered = name.lower()
    if lowered != name:
        lowered = CAMEL.sub("-", name).lower()
    return lowered.replace("__", "-")


# Both are for lower-case names: case-insensitive matching takes eight times as long.
BYLINE_NAMES = re.compile(
    r"by-?line|author|writer|reporter|contributor|autor|auteur|verfasser|redakteur|firma\b"
    r"|signature|dateline"
    r"|journalist|forfatter|skribent",
)
ABOUT_AUTHOR = re.compile(
    r"author[\w-]{0,20}?[_-](?:desc|about|job|role|position|title|e?mail|social|follow|count)"
)
SOURCE_NAMES = re.compile(
    r"source|credit|agency|agentur|agencia|agence|agenzia|quelle|fuente|fonte|bron\b|kilde"
    r"|k[äa]lla|provider|origin"
    r"|copyright|provenance|syndicat|newswire|press-?agency|kuerzel|shorthand|attribution",
)
EITHER = re.compile(f"{BYLINE_NAMES.pattern}|{SOURCE_NAMES.pattern}")
LABEL = re.compile(
    r"^(?:mit material von|with (?:material|reporting) (?:from|by)|quellen?|sources?|fuentes?"
    r"|fontes?|fonti|bron(?:nen)?"
    r"|kilder?|k[äa]lla|lähde|źródło|zdroj|forrás|sursa|kaynak|nguồn|sumber|извор|източник"
    r"|источник|джерело|πηγή|המקור"
    r"|מקור|المصدر|منبع|स्रोत|ที่มา|来源|來源|稿源|出典|ソース|출처|original source|via|vía)\s*[:：/]",
    re.I,
)
# Byline labels that are followed by a colon: "Author: A B".
BYLINE_LABEL = re.compile(
    r"^\W{0,2}(?:by|von|作者|记者|記者|撰文|文|责编|责任编辑|автор|текст|autore?|autor(?:in|a|es)|auteurs?|authors?"
    r"|reporters?|tác giả|penulis|yazar|szerző|συντάκτης|كتب|הכותב)\s*[:：]",
    re.I,
)
LONGEST_LABEL = 40
# URL paths of authors' pages.
AUTHOR_PAGE = re.compile(
    r"/(?=[abcefjprs])(?:profiles?|editors|staff|autor(?:en|es|i|a)?|authors?|auteurs?|autore|reporters?|journalist(?:en|s|as|es|er)?"
    r"|contributors?|columnists?|byline|skribent|forfatter)"
    r"/(?:[^?#]*[^/?#])/?(?:[?#]|$)",
    re.I,
)


def credit_kind(name: str) -> str | None:
    """Return `byline` or `source` if an element's class or id names one, else None."""
    name = name.lower()
    if EITHER.search(name) is None or ABOUT_AUTHOR.search(name):
        return None
    return "byline" if BYLINE_NAMES.search(name) else "source"


def links_author(address: str) -> bool:
    """True if a URL is that of an author's page."""
    return AUTHOR_PAGE.search(address) is not None


def credit_kind_by_label(text: str) -> str | None:
    """Return `byline` or `source` if a text begins with the label of one, else None."""
    if ":" not in text and "：" not in text and "/" not in text:
        return None
    begin = text.strip()[:LONGEST_LABEL]
    if ":" not in begin and "：" not in begin and "/" not in begin:
        return None  # many texts have a colon further on
    if BYLINE_LABEL.match(begin):
        return "byline"
    return "source" if LABEL.match(begin) else None


HIDDEN, FURNITURE, BYLINE, SOURCE, AUTHOR_LINK, OWN_LINE, LINES_KEPT, UNSPOKEN, CAPTION = (
    1 << i for i in range(9)
)
CREDIT = BYLINE | SOURCE | AUTHOR_LINK
FURNITURE_ROLES = {
    "navigation", "complementary", "banner", "contentinfo", "search", "dialog", "form", "menu",
}  # fmt: skip
HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration(?:-line)?\s*:\s*line-through", re.I
)
BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)", re.I)
LINES_STYLE = re.compile(r"white-space\s*:\s*pre(?:-wrap|-line)?\b", re.I)


def signals_of(attributes: Iterable[tuple[str, str]]) -> int:
    """Return the signals of an element with these attributes."""
    signals = 0
    for name, value in attributes:
        read = READ.get(name)
        if read is not None:
            signals |= read(value)
    return signals


@lru_cache(maxsize=KEPT_WHOLE)
def read_names(names: str) -> int:
    """Return the signals of a whole class or id attribute; many elements share the same value."""
    signals = 0
    for name in split_names(names):
        signals |= read_name(name)
    return signals


@lru_cache(maxsize=2 * KEPT)  # called for every class name of a page
def read_name(name: str) -> int:
    """Return the signals of a single name."""
    opened = f"-{open_up(name)}"
    signals = FURNITURE if FURNITURE_NAMES.search(opened) else 0
    if OPENED_LATER.search(opened):
        signals |= HIDDEN
    if CAPTION_NAMES.search(opened):
        signals |= CAPTION
    kind = credit_kind(name)
    return signals if kind is None else signals | (BYLINE if kind == "byline" else SOURCE)


def read_other_names(names: str) -> int:
    """Return the signals of machine-readable names (`itemprop`, `rel`), which mark credits only."""
    return read_names(names) & (BYLINE | SOURCE)


def read_role(role: str) -> int:
    """Return the signal of a role."""
    return FURNITURE if role in FURNITURE_ROLES else 0


def read_link(address: str) -> int:
    """Return the signal of a link's target."""
    return AUTHOR_LINK if links_author(address) else 0


def read_style(style: str) -> int:
    """Return the signals of an inline style."""
    if HIDING_STYLE.search(style):
        return HIDDEN
    signals = OWN_LINE if BLOCK_STYLE.search(style) else 0
    return signals | LINES_KEPT if LINES_STYLE.search(style) else signals


READ: Mapping[str, Callable[[str], int]] = {
    "class": read_names,
    "id": read_names,
    "itemprop": read_other_names,
    "rel": read_other_names,
    "data-testid": read_other_names,
    "href": read_link,
    "role": read_role,
    "style": read_style,
    "hidden": lambda value: HIDDEN,
    "aria-hidden": lambda value: UNSPOKEN if value == "true" else 0,
}
"""The function that reads each attribute's value, by attribute name."""
