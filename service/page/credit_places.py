"""Which elements name who made a text: by their names, by where they link to, or by a label such as
"Quelle:" at their beginning."""

import re

# Both for names in lower case: matching without regard to case takes eight times as long.
BYLINE = re.compile(
    r"by-?line|author|writer|reporter|contributor|autor|auteur|verfasser|redakteur|firma\b"
    r"|signature|dateline"
    r"|journalist|forfatter|skribent",
)
SOURCE = re.compile(
    r"source|credit|agency|agentur|agencia|agence|agenzia|quelle|fuente|fonte|bron\b|kilde"
    r"|k[äa]lla|provider|origin"
    r"|copyright|provenance|syndicat|newswire|press-?agency|kuerzel|shorthand|attribution",
)
EITHER = re.compile(f"{BYLINE.pattern}|{SOURCE.pattern}")
LABEL = re.compile(
    r"^(?:mit material von|with (?:material|reporting) (?:from|by)|quellen?|sources?|fuentes?"
    r"|fontes?|fonti|bron(?:nen)?"
    r"|kilder?|k[äa]lla|lähde|źródło|zdroj|forrás|sursa|kaynak|nguồn|sumber|извор|източник"
    r"|источник|джерело|πηγή|המקור"
    r"|מקור|المصدر|منبع|स्रोत|ที่มา|来源|來源|稿源|出典|ソース|출처|original source|via|vía)\s*[:：/]",
    re.I,
)
# "Author: A B", in the languages that set it without a word between.
BYLINE_LABEL = re.compile(
    r"^\W{0,2}(?:by|von|作者|记者|記者|撰文|文|责编|责任编辑|автор|текст|autore?|autor(?:in|a|es)|auteurs?|authors?"
    r"|reporters?|tác giả|penulis|yazar|szerző|συντάκτης|كتب|הכותב)\s*[:：]",
    re.I,
)
LONGEST_LABEL = 40
# Where sites keep the pages of their authors.
AUTHOR_PAGE = re.compile(
    r"/(?=[abcfjrs])(?:autor(?:en|es|i|a)?|authors?|auteurs?|autore|reporters?|journalist(?:en|s|as|es|er)?"
    r"|contributors?|columnists?|byline|skribent|forfatter)"
    r"/(?:[^?#]*[^/?#])/?(?:[?#]|$)",
    re.I,
)


def place_of(name: str) -> str | None:
    """`byline` or `source`, where one of an element's names says that it is one."""
    name = name.lower()
    if EITHER.search(name) is None:
        return None
    return "byline" if BYLINE.search(name) else "source"


def links_author(address: str) -> bool:
    """Whether an address is that of an author's page."""
    return AUTHOR_PAGE.search(address) is not None


def place_by_label(text: str) -> str | None:
    """`byline` or `source`, where a text begins with the label of one."""
    if ":" not in text and "：" not in text and "/" not in text:
        return None
    begin = text.strip()[:LONGEST_LABEL]
    if ":" not in begin and "：" not in begin and "/" not in begin:
        return None  # quite a few texts have a colon further on
    if BYLINE_LABEL.match(begin):
        return "byline"
    return "source" if LABEL.match(begin) else None
