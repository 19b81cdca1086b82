"""What became of one address: the records about it on all topics."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from service.contract.outcome import ATTEMPTS, ERROR_PREFIX, REASON
from service.contract.record import Record, Topic
from service.contract.serde import UndecodableValue, load_json
from service.contract.story import StoryEvent
from service.local.article_reference import ArticleReference
from service.local.fold_output import event_id


@dataclass(frozen=True, slots=True)
class Sighting:
    """A record about the address.

    Attributes:
        at: timestamp of the record, RFC 3339; None if it has none, as in a file.
        what: one line for people.
    """

    topic: Topic
    at: str | None
    what: str


@dataclass(slots=True)
class Whereabouts:
    """Collects the records about one address, or uri, as they are read.

    Attributes:
        sightings: what was found, in the order in which it was read.
        stories: ids of the stories that its articles were put in.
    """

    reference: ArticleReference
    sightings: list[Sighting] = field(default_factory=list)
    stories: set[str] = field(default_factory=set)

    def add(self, record: Record) -> None:
        """Add a record of any topic but `stories`; what is not ours is ignored."""
        try:
            what = self._said_of(record)
        except (UndecodableValue, KeyError, TypeError, ValueError, IndexError, AttributeError):
            return
        if what is not None:
            self.sightings.append(Sighting(record.topic, _time(record), what))

    def _said_of(self, record: Record) -> str | None:
        if record.topic is Topic.ARTICLES:
            return self._article(record)
        if record.topic is Topic.EXTRACTED:
            article = load_json(record.value or b"null")["article"]
            urls = (article["url"], article["canonical_url"])
            if not self.reference.is_event(article["uri"], urls, None):
                return None
            return f"read: {article['title']}"
        if record.topic is Topic.REJECTED:
            value = load_json(record.value or b"null")
            if not self._is_named(value.get("url"), value.get("uri")):
                return None
            return f"{value['reason']}: {value['detail']}"
        if record.topic not in (Topic.RAW, Topic.FAILED):
            return None
        if not self._is_named((record.key or b"").decode("utf-8", "replace"), None):
            return None
        if record.topic is Topic.RAW:
            return f"a page of {len(record.value or b''):,} bytes"
        headers = {name: raw.decode("utf-8", "replace") for name, raw in record.headers}
        message = headers.get(ERROR_PREFIX + "exception.message", "")
        return f"{headers.get(REASON)}: {message} (attempt {headers.get(ATTEMPTS, '?')})"

    def _article(self, record: Record) -> str | None:
        event: dict[str, Any] = load_json(record.value or b"null")
        block = event["copydesk"]
        urls = (block["page"]["url"], block["page"]["canonical_url"])
        if not self.reference.is_event(event["uri"], urls, event_id(record)):
            return None
        story = block["story"]
        self.stories.add(story["id"])
        agency = block["wire"].get("agency") or "no agency"
        return (
            f"version {event['version']}, {event['pubStatus']}, {story['relation']},"
            f" {agency}, in {story['id']}: {event['headlines'][0]['value']}"
        )

    def _is_named(self, url: object, uri: object) -> bool:
        if isinstance(uri, str) and self.reference.is_event(uri, (), None):
            return True
        return isinstance(url, str) and bool(url) and self.reference.is_page(url)


def seen_story(story: StoryEvent) -> Sighting:
    """The newest state of a story, as a sighting."""
    what = (
        f"{story.id}: {story.status}, {story.copies + 1} articles on {story.host_count} hosts,"
        f" {story.agency or 'no agency'}, original on {story.original.host}: {story.headline}"
    )
    return Sighting(Topic.STORIES, None, what)


def _time(record: Record) -> str | None:
    if record.timestamp is None:
        return None
    return datetime.fromtimestamp(record.timestamp / 1000, UTC).isoformat(timespec="seconds")
