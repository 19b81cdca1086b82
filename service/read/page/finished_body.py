"""The body of an article: its paragraphs cleaned and joined, its language, its notices."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.contract.article import Notice
from service.contract.outcome import Rejected, RejectionReason
from service.read.page.cleanup import PageFacts, clean_up
from service.read.page.dropped_lines import dropped_lines
from service.read.page.language import identify_language
from service.read.page.legible import check_legible
from service.read.page.limits import Limits
from service.read.page.notices import read_notice, take_notices
from service.read.page.paragraph import Paragraph, count_words, has_more_words


@dataclass(frozen=True, slots=True)
class Body:
    """The cleaned text, its language, and the notices found in it or beside it.

    `dropped` are the lines that clean-up took from its head and end: an agency may sign in one.
    """

    text: str
    language: str
    notices: tuple[Notice, ...]
    dropped: tuple[str, ...]


def finish_body(
    found: Sequence[Paragraph], facts: PageFacts, limits: Limits, around: Sequence[str] = ()
) -> Body:
    """Clean paragraphs and join them.

    Args:
        around: notices found beside the body.

    Raises:
        Rejected: TOO_SHORT, if fewer than `limits.min_words` words remain.
        Failed: BAD_ENCODING, if the text is in no language (see `legible`).
    """
    cleaned = clean_up(found, facts)
    kept, notices = take_notices(cleaned)
    notices += tuple(read_notice(text) for text in around)
    text = "\n\n".join(paragraph.text for paragraph in kept)
    if not has_more_words(text, limits.min_words - 1):
        words = count_words(text)
        detail = f"{words} words of text, fewer than {limits.min_words}"
        raise Rejected(RejectionReason.TOO_SHORT, detail)
    check_legible(text)
    return Body(text, identify_language(text), notices, dropped_lines(found, cleaned))
