"""From found paragraphs to the article's text."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.events.article import Notice
from service.events.outcome import Rejected, RejectionReason
from service.page.clean_up import Known, clean_up
from service.page.language import tell_language
from service.page.limits import Limits
from service.page.notices import read_notice, take_notices
from service.page.paragraph import Paragraph, count_words, has_more_words


@dataclass(frozen=True, slots=True)
class Body:
    """The cleaned text, its language, and the notices that stood in it."""

    text: str
    language: str
    notices: tuple[Notice, ...]


def finish_body(
    found: Sequence[Paragraph], known: Known, limits: Limits, around: Sequence[str] = ()
) -> Body:
    """Clean paragraphs and join them.

    Args:
        around: notices that stand beside the body.

    Raises:
        Rejected: TOO_SHORT, where fewer than `limits.min_words` words remain.
    """
    kept, notices = take_notices(clean_up(found, known))
    notices += tuple(read_notice(text) for text in around)
    text = "\n\n".join(paragraph.text for paragraph in kept)
    if not has_more_words(text, limits.min_words - 1):
        words = count_words(text)
        detail = f"{words} words of text, fewer than {limits.min_words}"
        raise Rejected(RejectionReason.TOO_SHORT, detail)
    return Body(text, tell_language(text), notices)
