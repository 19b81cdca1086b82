"""Find the text that introduces an article, between its headline and its body.

Body F1 on the training pages (collections aeb / fundus): without it .9769 / .9590, with the named
or described standfirst only .9769 / .9658, with paragraphs outside of the body as well
.9760 / .9674. The labels of `aeb` usually leave such texts out; it matters more to keep a first
paragraph with its dateline.
"""

from collections.abc import Sequence

from service.read.page.blocks import FURNITURE_TAGS, Block, names_of
from service.read.page.element_roles import is_standfirst_name
from service.read.page.paragraph import count_words, normalise_words

SHORTEST, LONGEST = 8, 90  # words of a standfirst
SHORTEST_UNNAMED = 12  # words of a paragraph without a standfirst's name
COMPARED = 50  # normalised characters that must agree with the page's description
NEAR = 10  # blocks above the body that are searched if there is no main heading
FAR = 40  # blocks; a main heading further above the body does not belong to it


def find_introduction(
    page: Sequence[Block],
    clean: Sequence[Block],
    body: Sequence[Block],
    description: str | None,
) -> list[Block]:
    """Return the blocks between headline and body that belong to the text.

    These are the standfirst (named so, or equal to the page's description; one set as a heading
    is left out, as it belongs to the headline), and paragraphs of prose outside the body's
    element.

    Args:
        page: all blocks.
        clean: the blocks outside furniture.
        body: the blocks of the text.
        description: the page's description in its meta elements.
    """
    if not body:
        return []
    first = next(index for index, block in enumerate(page) if block is body[0])
    headline = max((i for i, block in enumerate(page[:first]) if block.tag == "h1"), default=None)
    start = max(0, first - NEAR) if headline is None else headline
    between = [block for block in page[start:first] if may_introduce(block)]
    standfirst = find_standfirst(between, description)
    if headline is None or first - headline > FAR:
        return [standfirst] if standfirst else []
    unmarked = {id(block) for block in clean}
    return [
        block
        for block in between
        if block is standfirst or (id(block) in unmarked and is_paragraph(block))
    ]


def may_introduce(block: Block) -> bool:
    """Whether a block can be text: not a heading, not mostly links, not in a menu or figure."""
    return (
        not block.is_heading
        and block.linked <= 0.5 * len(block.text)
        and not any(element.tag in FURNITURE_TAGS for element in block.furniture)
    )


def is_paragraph(block: Block) -> bool:
    """Whether a block without a standfirst's name is a paragraph of prose."""
    return (
        block.tag in ("p", "div")
        and block.weight > 0
        and block.linked <= 0.3 * len(block.text)
        and count_words(block.text) >= SHORTEST_UNNAMED
    )


def find_standfirst(blocks: Sequence[Block], description: str | None) -> Block | None:
    """Return the first block that is named a standfirst or repeats the page's description."""
    described = normalise_words(description or "")
    for block in blocks:
        right_length = SHORTEST <= count_words(block.text) <= LONGEST
        if right_length and (is_named(block) or is_in_description(block.text, described)):
            return block
    return None


def is_named(block: Block) -> bool:
    """Whether one of the block's two nearest elements has a standfirst's name."""
    return any(
        is_standfirst_name(f"{names_of(element)} {element.get('itemprop') or ''}")
        for element in block.path[-2:]
    )


def is_in_description(text: str, described: str) -> bool:
    """Whether a text equals the normalised description `described`, or begins as it does."""
    if not described:
        return False
    normalised = normalise_words(text)
    return normalised == described or (
        len(described) > COMPARED and normalised.startswith(described[:COMPARED])
    )
