"""The teaser of an article: the standfirst that readers see between headline and body, else the
page's description where it is no search snippet and no beginning of the body."""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from service.contract.declared import Teaser
from service.read.page.blocks import FURNITURE_TAGS, Block, names_of
from service.read.page.cleanup import PageFacts
from service.read.page.element_roles import is_picture_name, open_up, split_names
from service.read.page.head import Head
from service.read.page.paragraph import (
    UNSPACED,
    WORD,
    Paragraph,
    count_words,
    normalise_words,
    squeeze,
)
from service.read.page.standfirst import is_in_description, is_named
from service.read.page.structured_data import Facts

STANDFIRST, DESCRIPTION = "standfirst", "description"
SHORTEST, LONGEST = 5, 120  # words
SHORTEST_TEXT, LONGEST_TEXT = 8, 1_000  # characters
LONG = 150  # characters of a description that may be cut off
SENTENCE_ENDS = tuple(".!?\"')”’»“。！？」』؟।")
FAR = 30  # blocks between headline and body that are searched
COMPARED = 50  # normalised characters at either end of a description that the body may not have
LEFT_OUT = 10  # last characters of a description that are not compared: they may be cut off
COMPARED_WITH = 4_000  # characters of the body that a description is compared with ...
SEARCHED = 5_000  # ... and those whose words it may share
LEAST_SHARED = 2  # words of four letters or more that a teaser shares with headline or body ...
LEAST_SHARE = 0.3  # ... and share of a description's: that of a site says nothing of one article
LEAST_LETTERS, STEM = 4, 5  # letters of a word that is compared, and those that are
MOST_LINKED = 0.5
MOST_DIGITS = 0.2  # share of a teaser's characters: a line with times has more
DECLARED = ("og:description", "description", "twitter:description", "dc.description")
NAMES = re.compile(
    r"standfirst|strap-?line|(?:header|article|headline)-?teaser|mid-?title|chapo|copete|sumario"
    r"|sottotitolo|catenaccio|ondertitel|underrubrik|undertitel|alaotsikko|podtytu|podnadpis"
    r"|(?:^|[-_])(?:spot|sapo)(?:$|[-_])|sub-?head|unter(?:titel|zeile)|article-?lead"
)
"""Names of elements that hold a standfirst, beside those by which the body is begun."""
OF_MEDIA = re.compile(
    r"(?:media|gallery|video|audio|image|picture)[\w-]{0,40}(?:desc|capt|text|title|credit)"
)
"""Names of texts that belong to a picture or film."""
MARKUP = re.compile(r"<[a-zA-Z/][^<>]{0,300}>")
SNIPPET = re.compile(
    r"(?:\.\.\.|…|&hellip;|[\[(]\.{3}[\])]|\[…\])[\])]?\s*$|^\W{0,2}(?:\.\.\.|…)|[✓✔➤►▶»>]{1,2}|https?://|www\."
    r"|\b(?:read more|click here|find out more|learn more|get the latest|subscribe|sign up"
    r"|mehr dazu|mehr erfahren|jetzt lesen|lesen sie|hier lesen|alle infos|hier klicken"
    r"|lire la suite|en savoir plus|lisez|découvrez|leia mais|saiba mais|leer más|lee más"
    r"|entérate|conoce más|leggi|scopri|lees meer|läs mer|les mer|læs mere|lue lisää"
    r"|czytaj|przeczytaj|devamını oku|oku|читайте|подробнее|continue reading)\b"
    r"|ご覧ください|詳細はこちら|点击查看",
    re.I,
)
"""What a description has that is written for lists of search results, or cut off."""


def find_teaser(
    blocks: Sequence[Block],
    begin: int | None,
    paragraphs: Sequence[Paragraph],
    text: str,
    head: Head,
    facts: Facts,
    page: PageFacts,
    names: Sequence[str],
) -> Teaser | None:
    """Return the teaser, or None.

    Args:
        blocks: all blocks of the page.
        begin: position of the body's first block; None if it is not among them.
        paragraphs: the paragraphs of the body as found, before clean-up.
        text: the body.
        names: of site and publisher; a description that begins with one is for search engines.
    """
    names = [own for name in names if (own := normalise_words(name))]
    described = next((normalise_words(each) for _, each in _descriptions(head, facts)), "")
    lowered = f"{page.title} {text[:SEARCHED]}".casefold()
    block = None if begin is None else _standfirst(blocks, begin, paragraphs, described, page.title)
    if block is not None and (block.is_heading or _shared(block.text, lowered)[0]):
        return Teaser(role=STANDFIRST, text=block.text, source="standfirst")
    body = ""
    for where, given in _descriptions(head, facts):
        if not is_teaser(given, page.title, names):
            continue
        body = body or normalise_words(text[:COMPARED_WITH])
        shared, words = _shared(given, lowered)
        if shared >= max(LEAST_SHARED, LEAST_SHARE * words) and not is_in_body(given, body):
            return Teaser(role=DESCRIPTION, text=given, source=where)
    return None


def is_teaser(text: str, title: str, names: Sequence[str] = ()) -> bool:
    """Whether a description is a teaser: of some length, neither the headline nor a list, no search
    snippet, and not begun with a name of the site.

    Args:
        names: of site and publisher, normalised.
    """
    if len(text) > LONGEST_TEXT or not SHORTEST <= count_words(text) <= LONGEST:
        return False
    if is_list(text) or is_cut(text) or SNIPPET.search(text):
        return False
    words = normalise_words(text)
    return words not in normalise_words(title) and not any(
        words.startswith(f"{name} ") for name in names
    )


def is_in_body(text: str, body: str) -> bool:
    """Whether the beginning of a description, or its end, stands in the body.

    Args:
        body: the beginning of the body, normalised.
    """
    words = normalise_words(text)
    ends = (words[:COMPARED], words[-COMPARED - LEFT_OUT : -LEFT_OUT] or words)
    return any(end in body for end in ends)


def is_cut(text: str) -> bool:
    """Whether a text of the length of a search snippet ends inside a sentence."""
    return len(text) >= LONG and not text.endswith(SENTENCE_ENDS)


def is_list(text: str) -> bool:
    """Whether a text is a list of keywords: a comma after every two words or so."""
    commas = sum(map(text.count, ",;|，、"))
    return commas >= 3 and commas * 3 >= count_words(text)


def _descriptions(head: Head, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the page's descriptions with their places, the one meant for sharing first."""
    given = [(f"meta.{name}", head.metas.get(name, ())) for name in DECLARED]
    given.insert(1, ("jsonld.description", facts.texts("description")))
    for where, texts in given:
        for text in texts[:1]:
            if "&" in text or "<" in text:
                text = squeeze(MARKUP.sub(" ", unescape(text[: 2 * LONGEST_TEXT])))
            yield where, text


def _standfirst(
    blocks: Sequence[Block],
    first: int,
    paragraphs: Sequence[Paragraph],
    described: str,
    title: str,
) -> Block | None:
    """Return the block between headline and body that is named a standfirst, or repeats the page's
    description and stands apart from the paragraphs after it."""
    above = range(first - 1, max(-1, first - FAR - 1), -1)
    headline = next((index for index in above if _in_headline(blocks[index])), None)
    if headline is None:
        return None
    for index in range(headline + 1, first + 1):
        block = blocks[index]
        if not _may_be(block):
            continue
        if not _is_named(block):
            if not is_in_description(block.text, described):
                continue
            if index == first and not _is_apart(
                block, blocks[headline], _second(blocks, first, paragraphs)
            ):
                continue
        if normalise_words(block.text) != normalise_words(title):
            return block
    return None


def _second(blocks: Sequence[Block], first: int, paragraphs: Sequence[Paragraph]) -> Block | None:
    """Return the block of the body's second paragraph."""
    text = paragraphs[1].text if len(paragraphs) > 1 else None
    return next((block for block in blocks[first + 1 :] if block.text == text), None)


def _in_headline(block: Block) -> bool:
    return block.tag == "h1" or any(element.tag == "h1" for element in block.path[-3:-1])


def _may_be(block: Block) -> bool:
    return (
        SHORTEST_TEXT <= len(block.text) <= LONGEST_TEXT
        and block.linked <= MOST_LINKED * len(block.text)
        and SHORTEST <= count_words(block.text) <= LONGEST
        and not any(element.tag in FURNITURE_TAGS for element in block.furniture)
        and not any(is_picture_name(names_of(element)) for element in block.path[-2:])
        and not OF_MEDIA.search(names_of(block.path[-1]).lower())
        and sum(map(str.isdigit, block.text)) <= MOST_DIGITS * len(block.text)
    )


def _is_named(block: Block) -> bool:
    """Whether the block's two nearest elements have a standfirst's name. (`speakable-summary` is
    what a machine reads aloud: the first paragraph of the body.)"""
    names = [names_of(element) for element in block.path[-2:]]
    if "speakable-summary" in names[-1]:
        return False
    own = (open_up(name) for each in names for name in split_names(each))
    return is_named(block) or any(NAMES.search(name) for name in own)


def _is_apart(block: Block, headline: Block, second: Block | None) -> bool:
    """Whether the first block of the text stands outside of the element that holds the second: the
    innermost element around both holds the headline too, and is not the parent of both."""
    if second is None or len(block.path) < 2 or block.path[-2] in second.path[-2:]:
        return False
    around = [one for one, other in zip(block.path, second.path, strict=False) if one is other]
    return bool(around) and around[-1] in headline.path


def _shared(text: str, lowered: str) -> tuple[int, int]:
    """Return how many of a text's longer words begin as words of a lower-case text do, and how many
    there are; of a script without spaces, pairs of characters."""
    found: set[str] = set()
    for word in WORD.findall(text.casefold()):
        if word.isascii() or not UNSPACED.search(word):
            if len(word) >= LEAST_LETTERS:
                found.add(word[:STEM])
        else:
            found.update(word[i : i + 2] for i in range(len(word) - 1))
    return sum(piece in lowered for piece in found), len(found)
