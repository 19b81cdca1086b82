"""The values on `fold.state`, FOLD's compacted changelog: one record per article, per story and per
partition of `pages.raw`, and a short one per article that has left the window.

Keys are `article/<uri>`, `story/<id>`, `clock/<topic>/<partition>` and `identity/<key>`; a null
value is a tombstone. Before a restore, the reader writes a record whose key starts with `marker/`
and stops reading when it reaches that record.
"""

from typing import Any

from pydantic import Field

from service.contract.extracted import Signature, SourcePosition
from service.contract.serde import Model
from service.contract.story import Relation, StoryEvent

STATE_VERSION = 1

ARTICLE_PREFIX = "article/"
STORY_PREFIX = "story/"
CLOCK_PREFIX = "clock/"
IDENTITY_PREFIX = "identity/"
MARKER_PREFIX = "marker/"


class NewerState(ValueError):
    """The record was written by a later state version, which this one cannot read in full."""


def check_state_version(value: Any) -> None:
    """Check that this version can read a record, given as parsed JSON.

    Raises:
        NewerState: the record has a later state version.
    """
    version = value.get("state_version", 1) if isinstance(value, dict) else 1
    if isinstance(version, int) and version > STATE_VERSION:
        raise NewerState(
            f"fold.state holds records of state version {version}, written by a later copydesk;"
            f" this one reads up to {STATE_VERSION}: run that version again, or empty the topic"
            " and let FOLD begin anew"
        )


class ClockRecord(Model):
    """FOLD's clock when an article was placed.

    Attributes:
        now: the watermark (see `service.fold.state.watermark`), seconds since the epoch.
        votes, claim: of versions that had one clock for all partitions.
    """

    now: float
    votes: int = 0
    claim: float = 0.0


class PartitionClock(Model):
    """How far one partition of `pages.raw` has got (see `service.fold.state.event_clock`).

    Attributes:
        number: that the shard's next article had when the partition's last one was placed.
        now: event time, seconds since the epoch; 0 before the first article.
        lead: host that moved the clock last.
        backed: the latest time that another host has reached, seconds since the epoch.
        hosts: the last hosts, each with the number of its last article; the newest last.
        votes: articles that ask for a jump: forward if positive, back if negative.
        voters: hosts that voted last, the newest last.
        claim: where they ask it to go, seconds since the epoch.
    """

    state_version: int = STATE_VERSION
    topic: str
    partition: int
    number: int = 0
    now: float = 0.0
    lead: int = 0
    backed: float = 0.0
    hosts: tuple[tuple[int, int], ...] = ()
    votes: int = 0
    voters: tuple[int, ...] = ()
    claim: float = 0.0


class IdentityRecord(Model):
    """What is kept of an article that has left the window (see `service.fold.state.identities`); or
    of a merged story: then `version` is 0, and `story_id` is the story that it was merged into.

    Attributes:
        key: the first 80 bits of the hash in its uri, hex.
        content: the first 48 bits of its content hash, hex.
        first, last: fetch times of its first version and of its last page, whole seconds since the
            epoch; 0 if the input had none.
        own: a number that stands for the fetched address; 0 if that is the one in its uri.
        withdrawal: 1 if its story was withdrawn, 2 if by the operator, 3 if the operator withdrew
            the article.
    """

    state_version: int = STATE_VERSION
    key: str
    story_id: str
    version: int
    content: str
    first: int
    last: int
    own: int = 0
    withdrawal: int = 0


class ArticleRecord(Model):
    """Article state of a shard: the latest version of one article.

    Attributes:
        number: sequence number within the shard; each version placed gets a higher one.
        seen: event time, seconds since the epoch (see `service.fold.shard`).
        names: uri of the canonical URL declared by the page, if that is on another site.
        own: True if the page is the agency's own.
        own_uri: uri of the fetched address, if `uri` is that of another address that the page
            declares, and no version was fetched from that address.
        inputs: ids of the last raw pages taken at this address, the newest last (see
            `service.fold.repeat`).
        newest_written: the latest time at which one of them was written to its topic, milliseconds
            since the epoch.
        clock: FOLD's clock when this version was placed.
        indexed: False if it is not in FOLD's candidate index: its story has many copies, and is not
            represented by this one.
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
    own_uri: str | None = None
    published: str | None = None
    first_created: str | None = None
    seen: float
    source: SourcePosition
    inputs: tuple[str, ...] = ()
    newest_written: int | None = None
    clock: ClockRecord | None = None
    indexed: bool = True
    publisher: str | None = Field(
        default=None, description="Of the host, by the operator's table when the page was read."
    )
    owner: str | None = Field(default=None, description="Of the publisher, likewise.")
    wire_ids: tuple[str, ...] = Field(
        default=(),
        description="Of the wire story: `agency.kind:value`, `/take` if printed.",
    )
    signature: Signature


class StoryRecord(Model):
    """Story state of a shard, without the story's articles.

    Attributes:
        latest: FOLD's clock when the record was written, seconds since the epoch.
        representatives: uris of the articles that new articles are compared with.
        parts: maps the uri of a representative whose text is part of another article's to the uri
            of that other article.
        withdrawn_before: articles with a lower number were withdrawn with the story, when it last
            was; 0 if it never was.
        bare: True if no article of the story ever showed a date, a person or an agency, and all
            are short; absent if one did, or if that is not known.
    """

    state_version: int = STATE_VERSION
    state: StoryEvent
    latest: float
    representatives: tuple[str, ...]
    parts: dict[str, str] = Field(default_factory=dict)
    withdrawn_before: int = 0
    bare: bool | None = None
