"""Which of two articles is the original, from what FOLD tells LINK of each."""

from service.contract.extracted import Extracted
from service.contract.story_concepts import StoryConcepts
from service.fold.assign.decision import Placed
from service.fold.shard import Shard
from service.link.original import Source, source_of


def source_of_articles(a: Extracted, b: Extracted) -> Source | None:
    """Return which of two articles is the original, if one is a translation of the other; None if
    that is not decided."""
    told = _told(a), _told(b)
    return None if told[0] is None or told[1] is None else source_of(told[0], told[1])


def _told(extracted: Extracted) -> StoryConcepts | None:
    """As a shard tells it that has seen nothing else; None if the article begins no story."""
    placed = Shard(links=True).place(extracted)
    return next(iter(placed.for_link.stories), None) if isinstance(placed, Placed) else None
