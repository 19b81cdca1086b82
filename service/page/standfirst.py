"""What introduces an article, printed between its headline and its body.

Measured on the training pages (body F1, collections aeb / fundus): without .9769 / .9590, the named
or described standfirst alone .9769 / .9658, with paragraphs outside of the body as well
.9760 / .9674. The labels of `aeb` leave such texts out as a rule; a first paragraph with its
dateline is worth more than that.
"""

from collections.abc import Sequence

from service.page.blocks import FURNITURE_TAGS, Block, names_of
from service.page.furniture_names import is_standfirst_name
from service.page.paragraph import count_words, fold_words

SHORTEST, LONGEST = 8, 90  # words of a standfirst
SHORTEST_UNNAMED = 12  # words of a paragraph that nothing names
KNOWN = 50  # folded characters that must agree with the page's description
NEAR = 10  # blocks above the body, where no main heading stands
FAR = 40  # blocks between main heading and body, over which they do not belong together


def find_introduction(
    page: Sequence[Block],
    clean: Sequence[Block],
    body: Sequence[Block],
    description: str | None,
) -> list[Block]:
    """The blocks between headline and body that belong to the text.

    These are the standfirst (named so, or given by the page as its description; one set as a
    heading is left out, as it belongs to the headline), and paragraphs of prose that stand
    outside the body's element.

    Args:
        page: all blocks; `clean` those of them outside furniture; `body` those of the text.
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
    """Whether a block can be text: no heading, no links, not in a menu or figure."""
    return (
        not block.is_heading
        and block.linked <= 0.5 * len(block.text)
        and not any(element.tag in FURNITURE_TAGS for element in block.furniture)
    )


def is_paragraph(block: Block) -> bool:
    """Whether a block that nothing names is a paragraph of prose."""
    return (
        block.tag in ("p", "div")
        and block.weight > 0
        and block.linked <= 0.3 * len(block.text)
        and count_words(block.text) >= SHORTEST_UNNAMED
    )


def find_standfirst(blocks: Sequence[Block], description: str | None) -> Block | None:
    """The first block that is named a standfirst or is the page's description."""
    known = fold_words(description or "")
    for block in blocks:
        right_length = SHORTEST <= count_words(block.text) <= LONGEST
        if right_length and (is_named(block) or is_known(block.text, known)):
            return block
    return None


def is_named(block: Block) -> bool:
    """Whether one of the two nearest elements is named as a standfirst."""
    return any(
        is_standfirst_name(f"{names_of(element)} {element.get('itemprop') or ''}")
        for element in block.path[-2:]
    )


def is_known(text: str, known: str) -> bool:
    """Whether a text is the description, or begins as it does."""
    if not known:
        return False
    folded = fold_words(text)
    return folded == known or (len(known) > KNOWN and folded.startswith(known[:KNOWN]))
