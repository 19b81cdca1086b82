"""The core of a text: what outlets that carry the same story have in common."""

from service.wire.byline import head_credit_end
from service.wire.dateline import DatelineFound
from service.wire.notice import is_notice
from service.wire.revision import cut_out
from service.wire.trailer import TrailerFound, last_paragraphs


def core_text(text: str, dateline: DatelineFound | None, trailers: list[TrailerFound]) -> str:
    """The text without its dateline, the credit lines before it, its trailers and the notices
    and outlet notes among its last lines."""
    cuts = [(trailer.start, trailer.end) for trailer in trailers]
    if dateline is not None:
        cuts.append((dateline.start, dateline.end))
    credit = head_credit_end(text)
    if credit:
        cuts.append((0, credit))
    cuts += [(start, end) for start, end in last_paragraphs(text) if is_notice(text[start:end])]
    return cut_out(text, cuts)
