"""Take out of a body what is not its text: one rule after another."""

from collections.abc import Sequence

from service.page.boilerplate import FURNITURE, PREFIXED, TAIL, is_breadcrumb, is_share_bar
from service.page.paragraph import Paragraph, Role, count_words, fold_words

LEADING = 5  # paragraphs at the beginning that may be breadcrumb, title or byline
CUT_SHARE = 0.5  # a tail mark in the first half of the text is none


def clean_up(paragraphs: Sequence[Paragraph], title: str) -> list[Paragraph]:
    """The paragraphs that are text."""
    kept = drop_leading(list(paragraphs), title)
    kept = cut_tail(kept)
    return [paragraph for paragraph in kept if not is_furniture(paragraph)]


def drop_leading(paragraphs: list[Paragraph], title: str) -> list[Paragraph]:
    """Without breadcrumb and repeated title among the first paragraphs."""
    head = [
        paragraph
        for paragraph in paragraphs[:LEADING]
        if not is_breadcrumb(paragraph.text, title) and not repeats_title(paragraph.text, title)
    ]
    return head + paragraphs[LEADING:]


def repeats_title(text: str, title: str) -> bool:
    """Whether a paragraph is the title again, to the word."""
    folded = fold_words(title)
    return bool(folded) and fold_words(text) == folded


def cut_tail(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Without everything from a mark on that no article text follows, such as a comment form."""
    total = sum(len(paragraph.text) for paragraph in paragraphs)
    before = 0
    for index, paragraph in enumerate(paragraphs):
        if before >= CUT_SHARE * total and TAIL.match(paragraph.text):
            return paragraphs[:index]
        before += len(paragraph.text)
    return paragraphs


def is_furniture(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a line that sites put around texts."""
    text = paragraph.text
    if FURNITURE.match(text) or is_share_bar(text):
        return True
    short = count_words(text) <= 25
    return short and paragraph.role is not Role.QUOTE and PREFIXED.match(text) is not None
