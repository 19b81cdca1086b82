"""Which of two stories that are translations of one another is the original.

The rules in their order: the side on its agency's own host; the side that the other's page names;
what a page says of itself; time. What a page says binds only itself: that its text is a translation
makes it one, that another's is makes nothing. Where no rule decides, it stays open.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from service.contract.story_concepts import StoryConcepts
from service.contract.translations import Why

EARLIER = timedelta(minutes=15)
"""How much earlier the original was published, and also fetched. Translations made by machine
follow within minutes, and clocks of sites differ by as much."""

ORDER: tuple[Why, ...] = ("agency_host", "named", "says_so", "time")
"""The reasons, the most decisive first."""


class Source(NamedTuple):
    """Which side is the original.

    Attributes:
        first: True if it is the first of the two.
        why: the reason.
    """

    first: bool
    why: Why


def source_of(a: StoryConcepts, b: StoryConcepts) -> Source | None:
    """Return which of two stories is the original; None if that is not decided. With the two in the
    other order the same one is."""
    for why, of_a, of_b in (
        ("agency_host", a.own, b.own),
        ("named", a.uri in b.names, b.uri in a.names),
        ("says_so", b.says_translated is True, a.says_translated is True),
        ("time", _is_earlier(a, b), _is_earlier(b, a)),
    ):
        if of_a != of_b:
            return Source(of_a, _WHY[why])
    return None


_WHY: dict[str, Why] = {why: why for why in ORDER}


def _is_earlier(a: StoryConcepts, b: StoryConcepts) -> bool:
    """True if A was published and fetched earlier; False if that is unknown."""
    return _before(a.published, b.published) and _before(a.seen, b.seen)


def _before(a: str | None, b: str | None) -> bool:
    first, second = _time(a), _time(b)
    return first is not None and second is not None and second - first >= EARLIER


def _time(moment: str | None) -> datetime | None:
    """A moment with its offset; None if it is unknown, or has none."""
    try:
        time = datetime.fromisoformat(moment or "")
    except ValueError:
        return None
    return time if time.tzinfo is not None else None
