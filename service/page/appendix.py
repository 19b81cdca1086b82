"""Cut away what follows an article inside its own container: cards of other articles, boxes.

Paragraphs of one article stand in elements of one kind (tag and name). The kind of the element
that holds most prose is the article's; other kinds are appended matter unless they hold a fair
share too, or share a name with it: `columns added` belongs to `columns`.

Measured on the training pages (body F1, collections aeb / fundus): without either rule
.9694 / .9570, with `cut_appendix` .9754 / .9621, with `drop_cards` as well .9754 / .9637 (before
any clean-up of lines). That kinds of one name are one article's: fundus .9762 to .9767.
"""

from collections import defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement

from service.page.blocks import Block
from service.page.main_part import Kind, are_akin, home_of, kind_of

FAIR_SHARE = 0.25  # of the prose in the article's own kind
CARDS = 3  # elements of one kind that make a list of cards
CARDS_LINKED = 0.8  # share of them that hold or are in a link


def trim(body: Sequence[Block]) -> list[Block]:
    """The blocks of the main part that are the article's own."""
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
    """Without elements of one kind, not akin to the article's, that come in threes with links."""
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
    """Without what comes after the last block whose home is one of the article's."""
    last = max(
        (i for i, block in enumerate(body) if not block.is_heading and home_of(block) in homes),
        default=len(body) - 1,
    )
    return list(body[: last + 1])


def is_linked(element: HtmlElement) -> bool:
    """Whether an element is a link, holds one, or stands in one."""
    if element.tag == "a" or element.find(".//a") is not None:
        return True
    return any(parent.tag == "a" for parent in element.iterancestors())
