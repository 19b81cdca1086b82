"""The newest event of an article among records, and the story that holds it now."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.events.article_event import ArticleEvent
from service.events.serde import UndecodableValue, load, load_json
from service.events.story_state import StoryState
from service.events.topics import Topic
from service.local.signed_text import from_event
from service.local.wanted import NoSuchArticle, Wanted
from service.story.explanation import SignedText


@dataclass(slots=True)
class EventSearch:
    """Looks for articles in records as they are read, and remembers nothing else of them.

    Attributes:
        wanted: what is looked for; None takes any article.
        source: where the records come from, for people.
        events: how many events of articles were read.
    """

    wanted: Sequence[Wanted | None]
    source: str
    events: int = 0
    _found: list[dict[str, ArticleEvent]] = field(init=False)
    _without_text: set[int] = field(default_factory=set)
    _merged: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._found = [{} for _ in self.wanted]

    def enter(self, topic: Topic, value: bytes, event_id: str | None) -> None:
        """Take the next record of `articles` or `stories`; those of other topics, and what is no
        event of ours, are passed over.

        Raises:
            NoSuchArticle: it is a second article where any would do.
        """
        try:
            if topic is Topic.ARTICLES:
                self._enter_article(value, event_id)
            elif topic is Topic.STORIES:
                state = load(StoryState, value)
                if state.merged_into is not None:
                    self._merged[state.id] = state.merged_into
        except (UndecodableValue, KeyError, TypeError):
            return

    def _enter_article(self, value: bytes, event_id: str | None) -> None:
        event = load_json(value)
        uri, page = event["uri"], event["copydesk"]["page"]
        urls = (page["url"], page["canonical_url"])
        self.events += 1
        for number, wanted in enumerate(self.wanted):
            if wanted is not None and not wanted.is_event(uri, urls, event_id):
                continue
            if not event["bodies"]:
                self._without_text.add(number)
                continue
            found = self._found[number]
            if uri not in found or int(event["version"]) >= int(found[uri].version):
                found[uri] = load(ArticleEvent, value)
            if wanted is None and len(found) > 1:
                raise NoSuchArticle(several(self.source, [*_urls(found), "..."]))

    def result(self, number: int) -> SignedText:
        """The article that was wanted.

        Raises:
            NoSuchArticle: there is none, or more than one.
        """
        found, wanted = self._found[number], self.wanted[number]
        name = wanted.given if wanted is not None else "an article"
        if not found:
            why = (
                "its events have no text: it was taken down"
                if number in self._without_text
                else f"not among the {self.events} article events there"
            )
            raise NoSuchArticle(f"{self.source}: {name}: {why}")
        if len(found) > 1:
            raise NoSuchArticle(several(self.source, _urls(found)))
        (event,) = found.values()
        story_id = event.copydesk.story.id
        while story_id in self._merged:
            story_id = self._merged[story_id]
        return from_event(event, self.source, story_id)


def several(source: str, urls: Sequence[str]) -> str:
    """What is said where there is more than one article."""
    return (
        f"{source}: more than one article: {', '.join(urls)}; name one by its address"
        f" ({source}#ADDRESS) or its uri"
    )


def _urls(found: dict[str, ArticleEvent]) -> list[str]:
    return [event.copydesk.page.url for event in found.values()]
