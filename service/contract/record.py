"""Topics and records, free of any client library: a record that was read, and one to be written."""

from dataclasses import dataclass, field
from enum import StrEnum

from service.contract.extracted import SourcePosition


class Topic(StrEnum):
    """Every topic that copydesk reads or writes."""

    RAW = "pages.raw"
    EXTRACTED = "articles.extracted"
    ARTICLES = "articles"
    STORIES = "stories"
    REJECTED = "pages.rejected"
    FAILED = "pages.failed"
    FOLD_STATE = "fold.state"
    NOTIFICATIONS_FAILED = "notifications.failed"
    CONCEPTS = "stories.concepts"
    LINK_STATE = "link.state"


LINKING: tuple[Topic, ...] = (Topic.CONCEPTS, Topic.LINK_STATE)
"""The topics that are there only if stories are linked with their translations."""

PIPELINE: tuple[Topic, ...] = tuple(
    topic for topic in Topic if topic is not Topic.NOTIFICATIONS_FAILED and topic not in LINKING
)
"""The topics that workers need. `LINKING` is needed by LINK, and `notifications.failed` by
`copydesk notify` alone."""


Headers = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A record to be written.

    Attributes:
        partition: None: chosen by the hash of the key.
        timestamp: milliseconds since the epoch; None: set by the producer.
    """

    topic: Topic
    key: bytes | None
    value: bytes | None
    headers: Headers = field(default=())
    partition: int | None = None
    timestamp: int | None = None


@dataclass(frozen=True, slots=True)
class InputMessage:
    """A message as the crawler wrote it, byte for byte, and its position.

    Attributes:
        headers: Kafka headers in order, with repeated names; values as bytes.
        timestamp: the record's timestamp, milliseconds since the epoch.
    """

    key: bytes | None
    value: bytes | None
    headers: Headers
    timestamp: int | None
    source: SourcePosition

    def header(self, name: str) -> bytes | None:
        """Return the value of the first header with this name; None if there is none."""
        return next((value for key, value in self.headers if key == name), None)
