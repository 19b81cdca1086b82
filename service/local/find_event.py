"""Finds the newest event of an article among records, and the story it belongs to now."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from service.contract.article_event import ArticleEvent
from service.contract.record import Record, Topic
from service.contract.serde import UndecodableValue, load, load_json
from service.contract.story import StoryEvent
from service.contract.translations import StoryTranslations, Why, is_translations
from service.fold.explain import SignedText
from service.local.article_reference import ArticleReference, NoSuchArticle
from service.local.fold_output import event_id
from service.local.signed_text import from_event


class _Linked(NamedTuple):
    """The stories that a story is linked to, and which of them it is a translation of."""

    others: tuple[str, ...]
    source: str | None
    why: Why | None


@dataclass(slots=True)
class EventSearch:
    """Searches records for articles, as they are read; keeps only the events that match.

    Attributes:
        references: the articles to find; None matches any article.
        source: where the records come from, for messages.
        events: number of article events read.
    """

    references: Sequence[ArticleReference | None]
    source: str
    events: int = 0
    _found: list[dict[str, ArticleEvent]] = field(init=False)
    _without_text: set[int] = field(default_factory=set)
    _restated: dict[str, ArticleEvent] = field(default_factory=dict)
    _merged: dict[str, str] = field(default_factory=dict)
    _linked: dict[str, _Linked] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._found = [{} for _ in self.references]

    def add(self, record: Record) -> None:
        """Check the next record of `articles` or `stories`. Records of other topics and values that
        are not copydesk events are ignored.

        Raises:
            NoSuchArticle: it is a second article that matches None.
        """
        try:
            value = record.value or b"null"
            if record.topic is Topic.ARTICLES:
                self._add_article(value, event_id(record))
            elif is_translations(record):
                said = load(StoryTranslations, value)
                others = tuple(each.story for each in said.translations)
                self._linked[said.story] = _Linked(others, said.translation_of, said.why)
            elif record.topic is Topic.STORIES:
                state = load(StoryEvent, value)
                if state.merged_into is not None:
                    self._merged[state.id] = state.merged_into
        except (UndecodableValue, KeyError, TypeError):
            return

    def _add_article(self, value: bytes, own_id: str | None) -> None:
        event = load_json(value)
        uri, page = event["uri"], event["copydesk"]["page"]
        urls = (page["url"], page["canonical_url"])
        self.events += 1
        for number, reference in enumerate(self.references):
            if reference is not None and not reference.is_event(uri, urls, own_id):
                continue
            if event.get("representationType") == "partial":
                self._restated[uri] = _newest(self._restated.get(uri), load(ArticleEvent, value))
                continue
            if not event["bodies"]:
                self._without_text.add(number)
                continue
            found = self._found[number]
            found[uri] = _newest(found.get(uri), load(ArticleEvent, value))
            if reference is None and len(found) > 1:
                raise NoSuchArticle(ambiguous(self.source, [*_urls(found), "..."]))

    def result(self, number: int) -> SignedText:
        """The article for the reference of this index in `references`.

        Raises:
            NoSuchArticle: none was found, or more than one.
        """
        found, reference = self._found[number], self.references[number]
        name = reference.given if reference is not None else "an article"
        if not found:
            why = (
                "its events have no text, because it was taken down"
                if number in self._without_text
                else f"not among the {self.events} article events there"
            )
            raise NoSuchArticle(f"{self.source}: {name}: {why}")
        if len(found) > 1:
            raise NoSuchArticle(ambiguous(self.source, _urls(found)))
        (event,) = found.values()
        restated = self._restated.get(event.uri)
        if restated is not None and _newest(event, restated) is restated:
            block = event.copydesk.model_copy(update={"story": restated.copydesk.story})
            event = event.model_copy(update={"copydesk": block})
        story_id = self._last(event.copydesk.story.id)
        return self._with_links(from_event(event, self.source, story_id), story_id)

    def _last(self, story_id: str) -> str:
        """The story that holds this one's articles now."""
        while story_id in self._merged:
            story_id = self._merged[story_id]
        return story_id

    def _with_links(self, signed: SignedText, story_id: str) -> SignedText:
        """Add what is said of the story's translations, if anything is."""
        linked = self._linked.get(story_id)
        if linked is None or signed.stored is None:
            return signed
        update = {
            "translations": tuple(map(self._last, linked.others)),
            "translation_of": None if linked.source is None else self._last(linked.source),
            "why": linked.why,
        }
        return replace(signed, stored=signed.stored.model_copy(update=update))


def _newest(known: ArticleEvent | None, read: ArticleEvent) -> ArticleEvent:
    """Return the newer of two events of one article; the one read last if nothing tells them
    apart."""
    return read if known is None or _order(read) >= _order(known) else known


def _order(event: ArticleEvent) -> tuple[int, int]:
    return event.copydesk.sequence or 0, int(event.version)


def ambiguous(source: str, urls: Sequence[str]) -> str:
    """Error message for more than one matching article."""
    return (
        f"{source}: more than one article: {', '.join(urls)}; name one by its address"
        f" ({source}#ADDRESS) or its uri"
    )


def _urls(found: dict[str, ArticleEvent]) -> list[str]:
    return [event.copydesk.page.url for event in found.values()]
