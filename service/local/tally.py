"""What has come out so far: stories with their articles, and the pages that are no event."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from service.events.failure import ERROR_PREFIX, REASON
from service.events.record import Record
from service.events.serde import load_json
from service.events.topics import Topic

OUTPUTS = (Topic.ARTICLES, Topic.STORIES, Topic.REJECTED, Topic.FAILED)


@dataclass(slots=True)
class Tally:
    """Counts outcomes as they are read from the output topics.

    Attributes:
        articles: newest event of each article, by uri; in the order of their first.
        stories: newest state of each story, by id.
        turned_away: (topic, reason, address, detail) of each page that is no event.
        outcomes: terminal outcomes so far: one a page. Taking down an earlier copy is none.
    """

    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    stories: dict[str, dict[str, Any]] = field(default_factory=dict)
    turned_away: list[tuple[str, str, str, str]] = field(default_factory=list)
    outcomes: int = 0
    events: Counter[str] = field(default_factory=Counter)

    def is_settled(self) -> bool:
        """Whether the stories read so far are those that the articles read so far have made.

        The topics are read side by side, so a story's state may come after its newest article.
        """
        held = Counter(article["copydesk"]["story"]["id"] for article in self.articles.values())
        for story_id in list(held):
            into = self.stories.get(story_id, {}).get("merged_into")
            if into is not None:
                held[into] += held.pop(story_id)
        return all(
            story_id in self.stories and self.stories[story_id]["copies"] >= count - 1
            for story_id, count in held.items()
        )

    def enter(self, record: Record) -> None:
        """Take the next record of an output topic."""
        headers = {name: raw.decode("utf-8", "replace") for name, raw in record.headers}
        self.events[headers.get("ce_type", record.topic.value)] += 1
        if record.topic is Topic.FAILED:
            key = (record.key or b"(no address)").decode("utf-8", "replace")
            detail = headers.get(ERROR_PREFIX + "exception.message", "")
            self.turned_away.append(("failed", headers[REASON], key, detail))
            self.outcomes += 1
            return
        value = load_json(record.value or b"null")
        if record.topic is Topic.REJECTED:
            self.turned_away.append(
                ("rejected", value["reason"], value.get("url") or "", value["detail"])
            )
            self.outcomes += 1
        elif record.topic is Topic.STORIES:
            self.stories[value["id"]] = value
        elif value["bodies"]:
            self.articles[value["uri"]] = value
            self.outcomes += 1
        elif value["uri"] in self.articles:
            # Taken down: the text is gone, what it was stays to be shown.
            self.articles[value["uri"]] |= {"pubStatus": value["pubStatus"]}
