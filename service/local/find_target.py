"""Finds the articles and stories that an operator names, among the records of `articles` and
`stories`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.contract.cloud_event import stated_id
from service.contract.record import Record
from service.contract.serde import UndecodableValue, load, load_json
from service.contract.story import StoryEvent
from service.contract.translations import is_translations
from service.local.article_reference import ArticleReference


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """The newest event of an article.

    Attributes:
        url: canonical URL of the page; `fetched_url`: as it was fetched.
        story_id: the story that it was put in, which may have been merged since.
        is_usable: False if it was taken down.
        when: sequence (0 if the event has none), timestamp of the record and version, by which the
            newest is found.
    """

    uri: str
    url: str
    fetched_url: str
    host: str
    headline: str
    language: str
    story_id: str
    is_usable: bool
    when: tuple[int, int, int]


@dataclass(slots=True)
class FoundStories:
    """Stories as they are read: the wanted ones, and where merged ones went."""

    wanted: set[str]
    states: dict[str, StoryEvent] = field(default_factory=dict)
    _merged: dict[str, str] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Add a record of `stories`; translations, and values that are not ours, are ignored."""
        if is_translations(record):
            return
        value = record.value or b""
        story_id = (record.key or b"").decode("utf-8", "replace")
        if story_id not in self.wanted and b'"merged_into"' not in value:
            return
        try:
            state = load(StoryEvent, value)
        except UndecodableValue:
            return
        if state.merged_into is not None:
            self._merged[state.id] = state.merged_into
        if state.id in self.wanted:
            self.states[state.id] = state

    def last(self, story_id: str) -> str:
        """Return the id of the story that a story was merged into, or its own."""
        while story_id in self._merged:
            story_id = self._merged[story_id]
        return story_id

    def merged_into(self, story_id: str) -> set[str]:
        """Return the ids of a story and of those that were merged into it."""
        return {story_id, *(each for each in self._merged if self.last(each) == story_id)}


@dataclass(slots=True)
class FoundArticles:
    """Articles as they are read: those that references name, and those of some stories."""

    references: Sequence[ArticleReference] = ()
    stories: Collection[str] = ()
    by_uri: dict[str, FoundArticle] = field(default_factory=dict)
    _named: dict[str, set[str]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Add a record of `articles`; values that are not ours are ignored."""
        try:
            article = _article(record)
        except (UndecodableValue, KeyError, TypeError, ValueError, IndexError):
            return
        event_id = stated_id(record.headers)
        urls = (article.url, article.fetched_url)
        named = [each for each in self.references if each.is_event(article.uri, urls, event_id)]
        for reference in named:
            self._named.setdefault(reference.given, set()).add(article.uri)
        newest = self.by_uri.get(article.uri)
        if not named and newest is None and article.story_id not in self.stories:
            return
        if newest is None or newest.when <= article.when:
            self.by_uri[article.uri] = article

    def named(self, reference: ArticleReference) -> list[FoundArticle]:
        """Return the articles that a reference names."""
        return [self.by_uri[uri] for uri in sorted(self._named.get(reference.given, ()))]


def _article(record: Record) -> FoundArticle:
    event: dict[str, Any] = load_json(record.value or b"")
    page, story = event["copydesk"]["page"], event["copydesk"]["story"]
    return FoundArticle(
        uri=event["uri"],
        url=page["canonical_url"],
        fetched_url=page["url"],
        host=page["host"],
        headline=event["headlines"][0]["value"],
        language=event["language"],
        story_id=story["id"],
        is_usable=event["pubStatus"] == "usable",
        when=(
            event["copydesk"].get("sequence", 0),
            record.timestamp or 0,
            int(event["version"]),
        ),
    )
