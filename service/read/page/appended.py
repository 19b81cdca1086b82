"""Drop what a page puts before and after its article as if it were text: summaries made by
programs, and the next article of an endless page."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from service.read.page.blocks import Block
from service.read.page.main_content import kind_of
from service.read.page.paragraph import count_words, normalise_words

# The label of a summary made by a program, as a whole line or at its beginning.
SUMMARY_LABEL = re.compile(
    r"^\W{0,3}(?:(?:ai|ki|ia|ии|yapay zeka)[ -]?(?:generated |powered |generierte |generiert)?"
    r"[ -]?(?:summary|overview|key (?:points|takeaways)|zusammenfassung|überblick|samenvatting"
    r"|sammanfattning"
    r"|oppsummering|resumé|özet\w*|요약|要約|まとめ|摘要|总结|總結)"
    r"|(?:summary|key (?:points|takeaways)|zusammenfassung|résumé|resumen|resumo|riassunto"
    r"|sammanfattning"
    r"|oppsummering|samenvatting)\b.{0,30}\b(?:ai|ki|ia)\b"
    r"|인공지능 요약|(?:generated|created|summari[sz]ed) (?:by|with|using) (?:ai"
    r"|artificial intelligence)\b"
    r"|mit ki (?:erstellt|generiert|zusammengefasst))",
    re.I,
)
LONGEST_LABEL = 200  # characters of a block that is such a label
MOST_OF_BOX = 2_500  # characters of a box with a summary
MOST_OF_PAGE = 0.5  # share of the page's text that it holds
SHORTEST_HEADING = 3  # words of a heading that begins an article
LEAST_BEFORE = 400  # characters of prose before the next article


def drop_summaries(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks without the boxes whose label says that a program wrote them."""
    labels = [
        block
        for block in blocks
        if len(block.text) <= LONGEST_LABEL and SUMMARY_LABEL.match(block.text)
    ]
    if not labels:
        return blocks
    held: Counter[HtmlElement] = Counter()
    for block in blocks:
        for element in block.path:
            held[element] += len(block.text)
    total = sum(len(block.text) for block in blocks)
    headed = {element for block in blocks if block.tag == "h1" for element in block.path}
    boxes = {box for label in labels if (box := find_box(label, held, total, headed)) is not None}
    return [block for block in blocks if boxes.isdisjoint(block.path)]


def find_box(
    label: Block, held: Counter[HtmlElement], total: int, headed: set[HtmlElement]
) -> HtmlElement | None:
    """Return the innermost element around a label that holds more than the label, if it is small
    and without the page's headline."""
    for element in reversed(label.path):
        if held[element] > min(MOST_OF_BOX, MOST_OF_PAGE * total) or element in headed:
            return None
        if held[element] > len(label.text) + LONGEST_LABEL // 2:
            return element
    return None


def end_at_next_article(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks before a second article: after the first `h1` and prose comes another `h1`
    that is in an `article` of its own, or in an element of the same kind as the first one's."""
    headings = [
        index
        for index, block in enumerate(blocks)
        if block.tag == "h1" and count_words(block.text) >= SHORTEST_HEADING
    ]
    if len(headings) < 2:
        return blocks
    first = blocks[headings[0]]
    prose = 0
    for before, index in pairwise(headings):
        heading = blocks[index]
        prose += sum(block.weight for block in blocks[before:index])
        if prose < LEAST_BEFORE:
            first, prose = heading, 0
        elif is_apart(first, heading):
            return blocks[:index]
    return blocks


def is_apart(first: Block, second: Block) -> bool:
    """Whether two headings head articles of their own."""
    if normalise_words(first.text) == normalise_words(second.text):
        return False
    own, other = (
        next((element for element in reversed(block.path) if element.tag == "article"), None)
        for block in (first, second)
    )
    if own is not None and other is not None:
        return own not in second.path  # an article may hold another, such as a gallery
    return (
        len(first.path) > 1
        and len(second.path) > 1
        and first.path[-2] is not second.path[-2]
        and kind_of(first.path[-2]) == kind_of(second.path[-2])
        and kind_of(first.path[-2])[1] != ""
    )
