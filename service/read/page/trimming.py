"""Trim the main content: cards of other articles after the text, captions, and source lines.

The paragraphs of an article are usually in elements of one kind (same tag, class and id). The kind
of the element that holds most prose is taken as the article's. Other kinds are appended matter
unless they hold at least `FAIR_SHARE` of that prose or share a name with the article's kind, as
`columns added` does with `columns`.

Body F1 on the training pages (collections aeb / fundus, before any clean-up of lines): without
either rule .9694 / .9570, with `cut_appendix` .9754 / .9621, with `drop_cards` as well
.9754 / .9637. Accepting kinds that share a name raises fundus from .9762 to .9767.

Many sites use their own names for such boxes, so a list of names cannot find them all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from lxml.etree import XPath
from lxml.html import HtmlElement

from service.read.page.blocks import HEADINGS, Block, names_of
from service.read.page.element_roles import is_picture_name
from service.read.page.main_content import Kind, are_akin, home_of, kind_of
from service.read.page.paragraph import Paragraph, count_words

FAIR_SHARE = 0.25  # minimum prose of another kind, as a share of the prose in the article's kind
CARDS = 3  # minimum number of elements of one kind that make a list of cards
CARDS_LINKED = 0.8  # minimum share of them that contain a link or are inside one


def trim(body: Sequence[Block]) -> list[Block]:
    """Return the blocks of the main part that belong to the article."""
    prose: dict[Kind, int] = defaultdict(int)
    homes: dict[Kind, dict[HtmlElement, int]] = defaultdict(lambda: defaultdict(int))
    for block in body:
        if weight := block.weight:
            home = home_of(block)
            prose[kind_of(home)] += weight
            homes[kind_of(home)][home] += weight
    if not prose:
        return list(body)
    main = max(prose, key=lambda kind: max(homes[kind].values()))
    kept = drop_cards(body, main, homes)
    fair = {
        kind
        for kind, weight in prose.items()
        if weight >= FAIR_SHARE * prose[main] or are_akin(kind, main)
    }
    return cut_appendix(kept, {home for kind in fair for home in homes[kind]})


def drop_cards(
    body: Sequence[Block], main: Kind, homes: dict[Kind, dict[HtmlElement, int]]
) -> list[Block]:
    """Drop lists of cards: several linked elements of one kind that is not the article's."""
    cards = {
        element
        for kind, elements in homes.items()
        if not are_akin(kind, main) and len(elements) >= CARDS
        if sum(map(is_linked, elements)) >= CARDS_LINKED * len(elements)
        for element in elements
    }
    if not cards:
        return list(body)
    return [block for block in body if cards.isdisjoint(block.path)]


def cut_appendix(body: Sequence[Block], homes: set[HtmlElement]) -> list[Block]:
    """Drop the blocks after the last paragraph whose home element is in `homes`."""
    last = max(
        (i for i, block in enumerate(body) if not block.is_heading and home_of(block) in homes),
        default=len(body) - 1,
    )
    return list(body[: last + 1])


def is_linked(element: HtmlElement) -> bool:
    """True if an element is a link, contains one, or is inside one."""
    if element.tag == "a" or element.find(".//a") is not None:
        return True
    return any(parent.tag == "a" for parent in element.iterancestors())


PICTURES = ("img", "picture", "video", "amp-img", "figure")
LEVELS = 3  # innermost elements around the text that are searched for a picture
MOST = 300  # maximum characters of text in the box: an element with more is the article
LEAST_KEPT = 0.5  # minimum share of the prose that must remain, or nothing is dropped
EXEMPT = HEADINGS | {"blockquote"}
TEXT_IN_FIGURE = {"blockquote", "table"}
TABLE_LEVELS = 6  # innermost elements around the text that may be the table or quotation


def drop_captions(blocks: Sequence[Block]) -> list[Block]:
    """Return the main part's blocks without those that share a small box with a picture.

    On the training pages this raises body F1 (aeb / fundus) from .9826 / .9732 to .9831 / .9762;
    with every class and id replaced by a meaningless one, from .9681 / .9614 to .9721 / .9669.
    A limit of 200 characters gains less. A picture inside the paragraph itself is not evidence
    (aeb .9824). Introductions are not filtered, because they are often beside the lead picture:
    applied to them, the rule loses more than it gains (fundus .9748).
    """
    held: Counter[HtmlElement] = Counter()
    for block in blocks:
        for element in block.path:
            held[element] += len(block.text)
    pictured: dict[HtmlElement, bool] = {}
    kept = [block for block in blocks if not is_caption(block, held, pictured)]
    if sum(block.weight for block in kept) < LEAST_KEPT * sum(block.weight for block in blocks):
        return list(blocks)
    return kept


def is_caption(block: Block, held: Counter[HtmlElement], pictured: dict[HtmlElement, bool]) -> bool:
    """True if an element just above a block holds a picture and hardly more text.

    Args:
        held: characters of text in each element.
        pictured: cache of whether an element holds a picture; filled here.
    """
    if block.tag in EXEMPT or is_text_in_figure(block):
        return False
    for element in reversed(block.path[-LEVELS:]):
        if held[element] > MOST:
            return False
        if element.tag == "p":
            continue
        if element not in pictured:
            pictured[element] = next(element.iter(*PICTURES), None) is not None
        if pictured[element]:
            return True
    return False


def is_text_in_figure(block: Block) -> bool:
    """True if a block is in a figure that `walk` took for a table or a quotation."""
    tags = [element.tag for element in block.path[-TABLE_LEVELS:]]
    return "figure" in tags and not TEXT_IN_FIGURE.isdisjoint(tags)


# "With files from ...", "First published in ...", and the same in other languages.
ORIGIN = re.compile(
    r"^\W{0,3}(?:with (?:files?|inputs?|reporting|material|contributions?) (?:from|by)\b"
    r"|(?:this (?:article|story|piece) (?:was |has been )?)?(?:originally |first )"
    r"(?:published|appeared)(?: (?:in|on|by|at))?\b"
    r"|(?:re|cross-)(?:published|posted) (?:from|with)\b"
    r"|mit (?:material|informationen) (?:von|der)\b|mit (?:dpa|afp|reuters|apa|sid|ap|epd|kna)\b"
    r"|avec (?:afp|reuters|ap)\b|con (?:información|datos) de\b|met (?:anp|reuters|belga)\b)",
    re.I,
)
# "sak/Reuters", "dpa/rtr": an editor's initials and agencies, separated by slashes.
INITIALS = re.compile(r"(?:[a-zäöü]{2,4}|[A-Z]{2,4}|[A-Z][a-z]{2,9})(?:/[A-Za-z-]{2,12}){1,3}")
ABBREVIATION = re.compile(r"[A-Z]{2,4}")
LONGEST = 30  # words
BEFORE, AFTER = 12, 15  # blocks around the body that are searched for such lines
ENDING = 6  # paragraphs at the end
HOLDS_PICTURE = XPath("boolean(.//img|.//picture|.//video|.//amp-img)")


def find_source_lines(page: Sequence[Block], body: Sequence[Block]) -> tuple[str, ...]:
    """Return the source lines shortly before, between and after the body's blocks.

    Before the body, where bylines are, an agency's abbreviation alone also counts, unless it is
    beside a picture and so may be the picture's credit.
    """
    if not body:
        return ()
    own = {id(block) for block in body}
    positions = [index for index, block in enumerate(page) if id(block) in own]
    around = page[max(0, positions[0] - BEFORE) : positions[-1] + AFTER]
    found = [
        block.text
        for index, block in enumerate(around)
        if id(block) not in own
        and (
            is_source_line(block.text)
            or (
                index < min(positions[0], BEFORE)
                and ABBREVIATION.fullmatch(block.text)
                and not block.linked
                and not stands_by_picture(block)
            )
        )
    ]
    return tuple(dict.fromkeys(found))


def ending_sources(paragraphs: Sequence[Paragraph]) -> Iterable[str]:
    """Return the source lines among the last paragraphs of a text."""
    return [paragraph.text for paragraph in paragraphs[-ENDING:] if is_source_line(paragraph.text)]


def is_source_line(text: str) -> bool:
    """Whether a short text is a source line and nothing else."""
    if ORIGIN.match(text):
        return count_words(text) <= LONGEST
    return INITIALS.fullmatch(text.strip("() .")) is not None


def stands_by_picture(block: Block) -> bool:
    """Whether one of the block's two nearest elements holds a picture, or has a picture's name."""
    return any(
        is_picture_name(names_of(element)) or bool(HOLDS_PICTURE(element))
        for element in block.path[-2:]
    )
