"""What readers choose events by without parsing them: extension attributes of CloudEvents, each a
header `ce_` and its name on `articles` and `stories`.

Their names are of lower-case letters and digits, as CloudEvents 1.0 wants. An attribute without a
value is left out.
"""

from collections.abc import Mapping, Sequence

from service.contract.article_event import ArticleEvent
from service.contract.cloud_event import ATTRIBUTE_PREFIX, SEQUENCE_DIGITS
from service.contract.domain import registrable_domain
from service.contract.notification import SUBSCRIPTION
from service.contract.outcome import REASON
from service.contract.record import Headers, Record, Topic
from service.contract.story import StoryEvent

Attributes = tuple[tuple[str, str | None], ...]

MEANINGS: Mapping[str, str] = {
    "language": "Of the text, BCP 47; `und` if undetermined.",
    "agency": "Key of the agency that is credited (on `stories`: by the original); absent without"
    " one.",
    "relation": "On `articles`: of the article to its story, as `copydesk.story.relation`.",
    "host": "Of the article's address; on `stories` of the original's.",
    "story": "Id of the story.",
    "publisher": "On `articles`: who publishes the host, by the operator's table, else its"
    " registrable domain. On `stories`: the registrable domain of the original's host.",
    "notice": "On `articles`: `true` for a notice of withdrawal.",
    "sequence": "On `articles`: `copydesk.sequence`, as text that sorts as the numbers do.",
}
"""The attributes by name, and what each says."""

_OF_ARTICLES = frozenset({"relation", "notice", "sequence"})

OF_TOPIC: Mapping[Topic, Mapping[str, str]] = {
    Topic.ARTICLES: {name: ATTRIBUTE_PREFIX + name for name in (*MEANINGS, "type")},
    Topic.STORIES: {name: ATTRIBUTE_PREFIX + name for name in MEANINGS if name not in _OF_ARTICLES},
    Topic.REJECTED: {"reason": REASON},
    Topic.FAILED: {"reason": REASON},
    Topic.NOTIFICATIONS_FAILED: {"reason": REASON, "subscription": SUBSCRIPTION},
}
"""The headers that the records of a topic can be chosen by, by name."""


def article_attributes(event: ArticleEvent) -> Attributes:
    """Return the attributes of an article's event, a withdrawal's too."""
    block = event.copydesk
    publisher, sequence = block.publisher, block.sequence
    return (
        ("language", event.language),
        ("agency", block.wire.agency),
        ("relation", block.story.relation),
        ("host", block.page.host),
        ("story", block.story.id),
        ("publisher", publisher.name if publisher else registrable_domain(block.page.host)),
        ("notice", "true" if block.story.notice else None),
        ("sequence", None if sequence is None else f"{sequence:0{SEQUENCE_DIGITS}}"),
    )


def story_attributes(state: StoryEvent) -> Attributes:
    """Return the attributes of the record of a story."""
    return (
        ("language", state.language),
        ("agency", state.agency),
        ("host", state.original.host),
        ("story", state.id),
        ("publisher", registrable_domain(state.original.host)),
    )


class UnknownAttribute(ValueError):
    """The records of the topic have no attribute of this name; names those that they have."""


class Choice:
    """Which records of a topic are wanted, by their headers alone.

    Args:
        topic: the topic.
        where: names and values. Values of one name are alternatives; every name must hold. An empty
            value stands for records without the attribute.

    Raises:
        UnknownAttribute: the topic has no attribute of a name.
    """

    def __init__(self, topic: Topic, where: Sequence[tuple[str, str]]) -> None:
        self.topic = topic
        headers = OF_TOPIC.get(topic, {})
        self._wanted: dict[str, set[bytes]] = {}
        for name, value in where:
            if name not in headers:
                choices = ", ".join(headers) or "none"
                raise UnknownAttribute(f"{topic} has no attribute {name!r}; it has: {choices}")
            self._wanted.setdefault(headers[name], set()).add(value.encode("utf-8", "replace"))

    def takes(self, record: Record) -> bool:
        """Return True if a record is wanted."""
        said = _first_values(record.headers)
        return all(said.get(name, b"") in values for name, values in self._wanted.items())


def _first_values(headers: Headers) -> dict[str, bytes]:
    return dict(reversed(headers))
