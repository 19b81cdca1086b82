"""The article's paragraphs in a parsed page, and whether the page is a list of articles instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from service.read.page.appended import drop_summaries, end_at_next_article
from service.read.page.blocks import Block, names_of
from service.read.page.fallback_extractor import ask_trafilatura, is_doubtful, settle
from service.read.page.main_content import NARROW, USUAL, WIDE, Elements, Prose, home_of
from service.read.page.notices import part_notice
from service.read.page.paragraph import Paragraph, Role, count_words
from service.read.page.standfirst import find_introduction
from service.read.page.trimming import drop_captions, ending_sources, find_source_lines, trim

HEADLINES = 10  # this many linked headlines make a list, on a page where ...
MUCH_PROSE = 400  # ... no element holds this many characters of prose
CARDS = 5  # this many linked headings among the paragraphs of the text make a list ...
CARDS_SHARE = 0.5  # ... if they are also at least this share of the number of paragraphs
SHORTEST = 4  # minimum words of a headline that is not a heading element
LINKED = 0.4  # minimum linked share of a headline's block, which may also hold dates and sources
LINKED_HEADING = 0.6
MENUS = {"nav", "footer", "form"}


def find_list(blocks: Sequence[Block], page: Prose, body: Sequence[Block]) -> str | None:
    """Return evidence that the page is a list of articles, or None.

    Evidence is many linked headlines without an element that holds much prose, or many linked
    headings among the paragraphs. It also occurs on 13 of the 313 labelled pages, all of which are
    articles, so a page with text is rejected only with further evidence.
    """
    most_prose = max(page.own.values(), default=0)
    if most_prose < MUCH_PROSE and (headlines := sum(map(is_headline, blocks))) >= HEADLINES:
        return (
            f"{headlines} linked headlines, no more than {most_prose} characters of text together"
        )
    own = {id(block) for block in body if block.weight}
    positions = [index for index, block in enumerate(blocks) if id(block) in own]
    if not positions:
        return None
    span = blocks[max(0, positions[0] - 1) : positions[-1] + 1]
    cards = sum(
        block.is_heading and block.linked >= LINKED_HEADING * len(block.text) for block in span
    )
    if cards >= max(CARDS, CARDS_SHARE * len(positions)):
        return f"{cards} linked headings among {len(positions)} paragraphs"
    return None


def is_headline(block: Block) -> bool:
    """True if a block outside menus is a linked headline: a heading, or several words."""
    return (
        block.linked >= LINKED * len(block.text)
        and (block.is_heading or count_words(block.text) >= SHORTEST)
        and not any(element.tag in MENUS for element in block.path)
    )


ROLES = {"li": Role.ITEM, "dt": Role.ITEM, "dd": Role.ITEM, "blockquote": Role.QUOTE}
NOTICES_WITHIN = 15  # blocks after the body that are searched for its notices
LINKS_ONLY = 0.6  # a block with more than this share of its characters inside links ...
LONGEST_LINKS = 400  # ... and fewer characters than this is a list of links


@dataclass(frozen=True, slots=True)
class Extraction:
    """The paragraphs of the main text, in order.

    Attributes:
        notices: notices found beside the text.
        sources: lines beside the text, or at its end, that name its source.
        listed: evidence that the page is a list of articles, or None.
        homes: the elements that hold the text's paragraphs.
        elements: the innermost block elements of the text, in order.
    """

    paragraphs: list[Paragraph]
    notices: tuple[str, ...]
    sources: tuple[str, ...]
    listed: str | None
    homes: frozenset[HtmlElement] = frozenset()
    elements: tuple[HtmlElement, ...] = ()


def extract(tree: HtmlElement, blocks: Sequence[Block], description: str | None) -> Extraction:
    """Return the article in a page; without paragraphs if there is none.

    Args:
        blocks: the page's blocks of text.
        description: the page's description in its meta elements, if any.
    """
    whole, blocks = blocks, end_at_next_article(drop_summaries(blocks))
    page = Prose(blocks)
    usual = read_part(page, page.find_main_elements(USUAL))
    paragraphs = introduced(blocks, page, usual, description)
    if len(blocks) == len(whole) and is_doubtful(blocks, usual):
        others = [read_part(page, page.find_main_elements(reach)) for reach in (NARROW, WIDE)]
        readings = [introduced(blocks, page, body, description) for body in others]
        paragraphs = settle([paragraphs, *readings], ask_trafilatura(tree))
    return Extraction(
        paragraphs,
        notices=find_notices(blocks, usual),
        sources=(*find_source_lines(blocks, usual), *ending_sources(paragraphs)),
        listed=find_list(blocks, page, usual),
        homes=frozenset(home_of(block) for block in usual),
        elements=tuple(dict.fromkeys(block.path[-1] for block in usual if block.path)),
    )


def find_notices(page: Sequence[Block], body: Sequence[Block]) -> tuple[str, ...]:
    """Return notices between the body's blocks and shortly after them, without duplicates.

    Notices in the site's footer, menu, forms and dialogs are left out.
    """
    if not body:
        return ()
    own = {id(block) for block in body}
    positions = [index for index, block in enumerate(page) if id(block) in own]
    found = [
        notice
        for block in page[positions[0] : positions[-1] + NOTICES_WITHIN]
        if id(block) not in own and not any(map(is_sites_own, block.furniture))
        for rest, notice in [part_notice(block.text)]
        if notice and not rest
    ]
    return tuple(dict.fromkeys(found))


def is_sites_own(element: HtmlElement) -> bool:
    """True if an element is the site's footer or menu, a form or a dialog."""
    return element.tag in ("footer", "nav", "form", "dialog") or "footer" in names_of(element)


def read_part(page: Prose, elements: Elements) -> list[Block]:
    """Return the text blocks in the elements of the main part, without captions and cards."""
    body = trim(drop_captions([block for block in page.blocks_in(elements) if is_text(block)]))
    while body and body[-1].is_heading:
        body.pop()
    return body


def introduced(
    blocks: Sequence[Block], page: Prose, body: Sequence[Block], description: str | None
) -> list[Paragraph]:
    """Return a body as paragraphs, preceded by its introduction."""
    return compose([*find_introduction(blocks, page.clean, body, description), *body])


def compose(blocks: Sequence[Block]) -> list[Paragraph]:
    """Turn blocks into paragraphs."""
    return [
        Paragraph(block.text, role_of(block), min(1.0, block.linked / len(block.text)))
        for block in blocks
    ]


def is_text(block: Block) -> bool:
    """True if a block of the main part is text: neither the headline nor a list of links."""
    length = len(block.text)
    return block.tag != "h1" and not (block.linked > LINKS_ONLY * length and length < LONGEST_LINKS)


def role_of(block: Block) -> Role:
    """Return the role of a block by its markup."""
    if block.is_heading:
        return Role.HEADING
    if block.tag in ROLES:
        return ROLES[block.tag]
    if any(element.tag == "blockquote" for element in block.path[-3:]):
        return Role.QUOTE
    return Role.ROW if block.tag in ("td", "th") else Role.TEXT
