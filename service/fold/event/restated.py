"""Builds the event of an article that is stated again, without its text."""

from service.contract.article_event import ArticleEvent
from service.fold.assign.restating import Restated
from service.fold.event.article import story_block, without_text


def present_restated(restated: Restated, sequence: int) -> ArticleEvent:
    """Return the event that states an article's place in its story again; the rest of what its last
    version said holds.

    Args:
        sequence: see `service.fold.assign.sequence`.
    """
    block = story_block(restated.placement, restated.original)
    event = without_text(restated.article, block, sequence)
    return event.model_copy(update={"representation_type": "partial"})
