"""The values on `fold.state` (compacted): a shard's memory, one record an article and a story.

Keys are `article/<uri>` and `story/<id>`; a null value forgets. A key that starts with `marker/`
is written by a loader to know where it may stop reading.
"""

from typing import Any

from pydantic import Field

from service.events.extracted import SourcePosition
from service.events.model import Model
from service.events.placement import Relation
from service.events.signature import Signature
from service.events.story_state import StoryState

STATE_VERSION = 1

ARTICLE_PREFIX = "article/"
STORY_PREFIX = "story/"
MARKER_PREFIX = "marker/"


class NewerState(ValueError):
    """A record was written by a later version: this one cannot know what it leaves out."""


def check_state_version(value: Any) -> None:
    """Make sure that a record, as parsed from JSON, can be read by this version.

    Raises:
        NewerState: it was written by a later one.
    """
    version = value.get("state_version", 1) if isinstance(value, dict) else 1
    if isinstance(version, int) and version > STATE_VERSION:
        raise NewerState(
            f"fold.state holds records of state version {version}, written by a later copydesk;"
            f" this one reads up to {STATE_VERSION}: run that version again, or empty the topic"
            " and let FOLD begin anew"
        )


class ArticleRecord(Model):
    """What a shard remembers of one article.

    Attributes:
        number: arrival number in the shard; grows with each version placed.
        seen: event time, seconds since the epoch (see `service.story.shard`).
        names: what the page itself calls canonical, where that is on another host, as a uri.
        own: the page is the agency's own.
    """

    state_version: int = STATE_VERSION
    uri: str
    url: str
    number: int
    story_id: str
    relation: Relation
    version: int
    content_hash: str
    title: str
    language: str
    host: str
    agency: str | None = None
    own: bool = False
    names: str | None = None
    published: str | None = None
    first_created: str | None = None
    seen: float
    source: SourcePosition
    signature: Signature


class StoryRecord(Model):
    """What a shard remembers of one story beside its articles.

    Attributes:
        latest: FOLD's clock when this was written, in seconds since the epoch.
        representatives: uris of the articles that stand for the story.
        parts: of these, the ones whose text is a part of another's, by uri.
    """

    state_version: int = STATE_VERSION
    state: StoryState
    latest: float
    representatives: tuple[str, ...]
    parts: dict[str, str] = Field(default_factory=dict)
