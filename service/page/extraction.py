"""The article's paragraphs in a parsed page."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from service.page.appendix import trim
from service.page.blocks import Block, names_of
from service.page.captions import drop_captions
from service.page.listing import find_list
from service.page.main_part import NARROW, USUAL, WIDE, Places, Prose
from service.page.notices import part_notice
from service.page.paragraph import Paragraph, Role
from service.page.second_opinion import ask_trafilatura, is_doubtful, settle
from service.page.source_lines import ending_sources, find_source_lines
from service.page.standfirst import find_introduction

ROLES = {"li": Role.ITEM, "dt": Role.ITEM, "dd": Role.ITEM, "blockquote": Role.QUOTE}
NOTICES_WITHIN = 15  # blocks after the body that may hold its notices
LINKS_ONLY = 0.6  # share of a block's characters inside links ...
LONGEST_LINKS = 400  # ... from which on a block of at most so many characters is a list of links


@dataclass(frozen=True, slots=True)
class Extraction:
    """The paragraphs of the main text, in order.

    Attributes:
        notices: those that stand beside the text.
        sources: lines beside the text, or at its end, that tell where it comes from.
        listed: what makes the page look like a list of articles, if anything does.
    """

    paragraphs: list[Paragraph]
    notices: tuple[str, ...]
    sources: tuple[str, ...]
    listed: str | None


def extract(tree: HtmlElement, blocks: Sequence[Block], description: str | None) -> Extraction:
    """The article in a page; without paragraphs where there is none.

    Args:
        blocks: the page's text.
        description: what the page says of itself in its meta elements, if it does.
    """
    page = Prose(blocks)
    usual = read_part(page, page.find_places(USUAL))
    paragraphs = introduced(blocks, page, usual, description)
    if is_doubtful(blocks, usual):
        others = [read_part(page, page.find_places(reach)) for reach in (NARROW, WIDE)]
        readings = [introduced(blocks, page, body, description) for body in others]
        paragraphs = settle([paragraphs, *readings], ask_trafilatura(tree))
    return Extraction(
        paragraphs,
        notices=find_notices(blocks, usual),
        sources=(*find_source_lines(blocks, usual), *ending_sources(paragraphs)),
        listed=find_list(blocks, page, usual),
    )


def find_notices(page: Sequence[Block], body: Sequence[Block]) -> tuple[str, ...]:
    """Notices between the body's blocks and shortly after it, each once; not those of the site,
    in its footer."""
    if not body:
        return ()
    own = {id(block) for block in body}
    places = [index for index, block in enumerate(page) if id(block) in own]
    found = [
        notice
        for block in page[places[0] : places[-1] + NOTICES_WITHIN]
        if id(block) not in own and not any(map(is_sites_own, block.furniture))
        for rest, notice in [part_notice(block.text)]
        if notice and not rest
    ]
    return tuple(dict.fromkeys(found))


def is_sites_own(element: HtmlElement) -> bool:
    """Whether an element is the site's footer or menu."""
    return element.tag in ("footer", "nav", "form", "dialog") or "footer" in names_of(element)


def read_part(page: Prose, places: Places) -> list[Block]:
    """The blocks of text in elements that are taken for the main part."""
    body = trim(drop_captions([block for block in page.blocks_in(places) if is_text(block)]))
    while body and body[-1].is_heading:
        body.pop()
    return body


def introduced(
    blocks: Sequence[Block], page: Prose, body: Sequence[Block], description: str | None
) -> list[Paragraph]:
    """A body as paragraphs, with the introduction that stands before it."""
    return compose([*find_introduction(blocks, page.clean, body, description), *body])


def compose(blocks: Sequence[Block]) -> list[Paragraph]:
    """Blocks as paragraphs."""
    return [
        Paragraph(block.text, role_of(block), min(1.0, block.linked / len(block.text)))
        for block in blocks
    ]


def is_text(block: Block) -> bool:
    """Whether a block of the main part is text: not the headline, not a list of links."""
    length = len(block.text)
    return block.tag != "h1" and not (block.linked > LINKS_ONLY * length and length < LONGEST_LINKS)


def role_of(block: Block) -> Role:
    """What the markup says that a block is."""
    if block.is_heading:
        return Role.HEADING
    if block.tag in ROLES:
        return ROLES[block.tag]
    if any(element.tag == "blockquote" for element in block.path[-3:]):
        return Role.QUOTE
    return Role.ROW if block.tag in ("td", "th") else Role.TEXT
