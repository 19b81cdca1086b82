"""The value on `stories` (compacted): the state of one story."""

from enum import StrEnum

from service.events.model import Model


class StoryStatus(StrEnum):
    """What has become of a story."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class OriginalOfStory(Model):
    """The article taken for the original, and `why`: `agency_host`, `named_by_copies`,
    `earliest_published`, `earliest_seen`."""

    uri: str
    host: str
    why: str


class StoryState(Model):
    """One story as it stands.

    Attributes:
        copies: articles in the story beside the original.
        hosts: distinct hosts seen, sorted, at most `HOSTS_KEPT`; `host_count` counts on.
        first_seen, last_seen: fetch times, RFC 3339; absent where the input had none.
        revision: grows with each update, correction or withdrawal.
        merged_into: the story that took this one's articles, once merged.
    """

    id: str
    language: str
    agency: str | None = None
    headline: str
    original: OriginalOfStory
    copies: int
    hosts: tuple[str, ...]
    host_count: int
    first_seen: str | None = None
    last_seen: str | None = None
    revision: int = 0
    status: StoryStatus = StoryStatus.ACTIVE
    merged_into: str | None = None


HOSTS_KEPT = 100
