"""What FOLD can decide of one extracted article."""

from dataclasses import dataclass

from service.events.fold_record import ArticleRecord, StoryRecord
from service.events.placement import Placement
from service.events.story_state import StoryState
from service.story.known import KnownArticle


@dataclass(frozen=True, slots=True)
class Repeat:
    """This source position was placed before: nothing is to be written."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What the shard's memory has become: records to write, uris and story ids to forget."""

    articles: tuple[ArticleRecord, ...] = ()
    stories: tuple[StoryRecord, ...] = ()
    forgotten_articles: tuple[str, ...] = ()
    forgotten_stories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A re-crawl with the same text."""

    known: KnownArticle
    saved: Saved


@dataclass(frozen=True, slots=True)
class Placed:
    """A new article, or a new version of one.

    Attributes:
        version: 1 for a new article; grows with each new text.
        first_created: fetch time of its first version, RFC 3339.
        withdrawn: the story is withdrawn, by this article or before.
        taken_down: articles already emitted that this one withdraws.
        stories: public states that changed, the article's own first.
    """

    placement: Placement
    version: int
    first_created: str | None
    withdrawn: bool
    taken_down: tuple[KnownArticle, ...]
    stories: tuple[StoryState, ...]
    saved: Saved


Decision = Repeat | Unchanged | Placed
