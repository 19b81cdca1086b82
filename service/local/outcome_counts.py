"""The outcomes of the demo so far: stories with their articles, and pages without an event."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from service.contract.outcome import ERROR_PREFIX, REASON
from service.contract.record import Record, Topic
from service.contract.serde import load_json
from service.contract.translations import is_translations

OUTPUTS = (Topic.ARTICLES, Topic.STORIES, Topic.REJECTED, Topic.FAILED)


@dataclass(slots=True)
class OutcomeCounts:
    """Counts outcomes as they are read from the output topics.

    Attributes:
        articles: newest event of each article, by uri, in the order of their first events.
        stories: newest state of each story, by id.
        translations: what was said last of the translations of each story, by its id.
        without_event: (topic, reason, address, detail) of each page without an event.
        outcomes: number of terminal outcomes: one for each page. An event that takes down an
            earlier copy, or states its place again, does not count.
        events: number of records by event type; by topic for records without one.
    """

    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    stories: dict[str, dict[str, Any]] = field(default_factory=dict)
    translations: dict[str, dict[str, Any]] = field(default_factory=dict)
    without_event: list[tuple[str, str, str, str]] = field(default_factory=list)
    outcomes: int = 0
    events: Counter[str] = field(default_factory=Counter)

    @property
    def links(self) -> int:
        """Number of pairs of stories of which one is a translation of the other."""
        return sum(len(each["translations"]) for each in self.translations.values()) // 2

    def is_settled(self) -> bool:
        """True if the story states read so far include all articles read so far.

        The topics are read in parallel, so an article may be read before its story's new state.
        """
        by_story = Counter(article["copydesk"]["story"]["id"] for article in self.articles.values())
        for story_id in list(by_story):
            into = self.stories.get(story_id, {}).get("merged_into")
            if into is not None:
                by_story[into] += by_story.pop(story_id)
        return all(
            story_id in self.stories and self.stories[story_id]["copies"] >= count - 1
            for story_id, count in by_story.items()
        )

    def add(self, record: Record) -> None:
        """Count the next record of an output topic."""
        headers = {name: raw.decode("utf-8", "replace") for name, raw in record.headers}
        self.events[headers.get("ce_type", record.topic.value)] += 1
        if record.topic is Topic.FAILED:
            key = (record.key or b"(no address)").decode("utf-8", "replace")
            detail = headers.get(ERROR_PREFIX + "exception.message", "")
            self.without_event.append(("failed", headers[REASON], key, detail))
            self.outcomes += 1
            return
        value = load_json(record.value or b"null")
        if record.topic is Topic.REJECTED:
            self.without_event.append(
                ("rejected", value["reason"], value.get("url") or "", value["detail"])
            )
            self.outcomes += 1
        elif is_translations(record):
            self.translations[value["story"]] = value
        elif record.topic is Topic.STORIES:
            self.stories[value["id"]] = value
        elif value["bodies"]:
            self.articles[value["uri"]] = value
            self.outcomes += 1
        elif value["uri"] in self.articles:
            # A takedown, or stated again: keep the earlier event, to show its headline.
            kept = self.articles[value["uri"]]
            kept["pubStatus"] = value["pubStatus"]
            if value.get("representationType") == "partial":
                kept["copydesk"] |= {"story": value["copydesk"]["story"]}
