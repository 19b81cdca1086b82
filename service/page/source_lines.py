"""Lines beside or at the end of a text that tell where it comes from, under no telling name."""

import re
from collections.abc import Iterable, Sequence

from lxml.etree import XPath

from service.page.blocks import Block, names_of
from service.page.furniture_names import is_picture_name
from service.page.paragraph import Paragraph, count_words

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
# "sak/Reuters", "dpa/rtr": the initials of an editor, agencies, parted by strokes.
INITIALS = re.compile(r"(?:[a-zäöü]{2,4}|[A-Z]{2,4}|[A-Z][a-z]{2,9})(?:/[A-Za-z-]{2,12}){1,3}")
ABBREVIATION = re.compile(r"[A-Z]{2,4}")
LONGEST = 30  # words
BEFORE, AFTER = 12, 15  # blocks around the body in which such a line may stand
ENDING = 6  # paragraphs at the end
HOLDS_PICTURE = XPath("boolean(.//img|.//picture|.//video|.//amp-img)")


def find_source_lines(page: Sequence[Block], body: Sequence[Block]) -> tuple[str, ...]:
    """Such lines in the page's blocks, shortly before, between and after those of the body.

    Before the body an agency's abbreviation counts that stands alone where a byline does; beside
    a picture it would tell whose picture it is.
    """
    if not body:
        return ()
    own = {id(block) for block in body}
    places = [index for index, block in enumerate(page) if id(block) in own]
    around = page[max(0, places[0] - BEFORE) : places[-1] + AFTER]
    found = [
        block.text
        for index, block in enumerate(around)
        if id(block) not in own
        and (
            is_source_line(block.text)
            or (
                index < min(places[0], BEFORE)
                and ABBREVIATION.fullmatch(block.text)
                and not block.linked
                and not stands_by_picture(block)
            )
        )
    ]
    return tuple(dict.fromkeys(found))


def ending_sources(paragraphs: Sequence[Paragraph]) -> Iterable[str]:
    """Such lines among the last paragraphs of a text."""
    return [paragraph.text for paragraph in paragraphs[-ENDING:] if is_source_line(paragraph.text)]


def is_source_line(text: str) -> bool:
    """Whether a short text is nothing but such a line."""
    if ORIGIN.match(text):
        return count_words(text) <= LONGEST
    return INITIALS.fullmatch(text.strip("() .")) is not None


def stands_by_picture(block: Block) -> bool:
    """Whether one of the two nearest elements holds a picture, or is named after one."""
    return any(
        is_picture_name(names_of(element)) or bool(HOLDS_PICTURE(element))
        for element in block.path[-2:]
    )
