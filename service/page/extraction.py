"""The article's paragraphs in a parsed page."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from service.page.appendix import trim
from service.page.blocks import Block, read_blocks
from service.page.main_part import NARROW, USUAL, WIDE, Prose, Reach
from service.page.paragraph import Paragraph, Role
from service.page.second_opinion import ask_trafilatura, is_doubtful, settle
from service.page.standfirst import find_introduction

ROLES = {"li": Role.ITEM, "dt": Role.ITEM, "dd": Role.ITEM, "blockquote": Role.QUOTE}
LINKS_ONLY = 0.6  # share of a block's characters inside links ...
LONGEST_LINKS = 400  # ... from which on a block of at most so many characters is a list of links


def extract_paragraphs(tree: HtmlElement, description: str | None) -> list[Paragraph]:
    """The paragraphs of the main text, in order; empty where there is none.

    Args:
        description: what the page says of itself in its meta elements, if it does.
    """
    blocks = read_blocks(tree)
    page = Prose(blocks)
    usual, narrow, wide = (read_part(page, reach) for reach in (USUAL, NARROW, WIDE))
    readings = [
        compose([*find_introduction(blocks, page.clean, body, description), *body])
        for body in (usual, narrow, wide)
    ]
    if is_doubtful(blocks, narrow, usual, wide):
        return settle(readings, ask_trafilatura(tree))
    return readings[0]


def read_part(page: Prose, reach: Reach) -> list[Block]:
    """The blocks of text in the main part."""
    body = trim([block for block in page.find_part(reach) if is_text(block)])
    while body and body[-1].is_heading:
        body.pop()
    return body


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
