"""Whether a page's blocks are those of a list of articles rather than of one."""

from collections.abc import Sequence

from service.page.blocks import Block
from service.page.main_part import Prose
from service.page.paragraph import count_words

HEADLINES = 10  # linked ones, on a page ...
RUN = 400  # ... where no element holds so many characters of prose, make a list
CARDS = 5  # linked headings among the paragraphs of the text ...
CARDS_SHARE = 0.5  # ... over those paragraphs, that make a list of excerpts
SHORTEST = 4  # words of a headline that is not marked as a heading
LINKED = 0.4  # share of a headline's block that is linked: dates and sources stand beside it
LINKED_HEADING = 0.6
MENUS = {"nav", "footer", "form"}


def find_list(blocks: Sequence[Block], page: Prose, body: Sequence[Block]) -> str | None:
    """What makes the page look like a list: many linked headlines and no run of prose, or
    paragraphs that stand each under a linked heading. None where nothing does.

    Of the 313 labelled pages, articles all, 13 look like one or the other: it takes another sign
    to turn a page away.
    """
    run = max(page.own.values(), default=0)
    if run < RUN and (headlines := sum(map(is_headline, blocks))) >= HEADLINES:
        return f"{headlines} linked headlines, no more than {run} characters of text together"
    own = {id(block) for block in body if block.weight}
    places = [index for index, block in enumerate(blocks) if id(block) in own]
    if not places:
        return None
    span = blocks[max(0, places[0] - 1) : places[-1] + 1]
    cards = sum(
        block.is_heading and block.linked >= LINKED_HEADING * len(block.text) for block in span
    )
    if cards >= max(CARDS, CARDS_SHARE * len(places)):
        return f"{cards} linked headings among {len(places)} paragraphs"
    return None


def is_headline(block: Block) -> bool:
    """Whether a block outside menus is mostly a link: a heading, or several words."""
    return (
        block.linked >= LINKED * len(block.text)
        and (block.is_heading or count_words(block.text) >= SHORTEST)
        and not any(element.tag in MENUS for element in block.path)
    )
