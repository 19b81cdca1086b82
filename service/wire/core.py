"""The core of a text: what outlets that carry the same story have in common."""

from service.wire.cuts import cut_out
from service.wire.dateline import DatelineFound
from service.wire.head_lines import head_credit_end
from service.wire.trailer import TrailerFound


def core_text(text: str, dateline: DatelineFound | None, trailers: list[TrailerFound]) -> str:
    """The text without its dateline, the credit lines before it, and its trailers and notes."""
    cuts = [(trailer.start, trailer.end) for trailer in trailers]
    if dateline is not None:
        cuts.append((dateline.start, dateline.end))
    credit = head_credit_end(text)
    if credit:
        cuts.append((0, credit))
    return cut_out(text, cuts)
