"""The values on `fold.state`, FOLD's compacted changelog: one record per article, per story and per
partition of `pages.raw`, and a short one per article that has left the window.

Keys are `article/<uri>`, `story/<id>`, `clock/<topic>/<partition>` and `identity/<key>`; a null
value is a tombstone. Before a restore, the reader writes a record whose key starts with `marker/`
and stops reading when it reaches that record.
"""

from typing import Any

from pydantic import Field

from service.contract.extracted import Signature, SourcePosition
from service.contract.moment import Moment
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
    """FOLD's clock when an article was placed."""

    now: float = Field(
        description="The watermark (see `service.fold.state.watermark`). Unit: seconds since the"
        " epoch."
    )
    votes: int = Field(default=0, description="Of versions that had one clock for all partitions.")
    claim: float = Field(
        default=0.0, description="Of versions that had one clock for all partitions."
    )


class PartitionClock(Model):
    """How far one partition of `pages.raw` has got (see `service.fold.state.event_clock`)."""

    state_version: int = Field(default=STATE_VERSION, description="Version of the record's form.")
    topic: str = Field(description="Name of the topic.")
    partition: int = Field(description="Number of the partition.")
    number: int = Field(
        default=0,
        description="Number that the shard's next article had when the partition's last one was"
        " placed.",
    )
    now: float = Field(
        default=0.0,
        description="Event time, 0 before the first article. Unit: seconds since the epoch.",
    )
    lead: int = Field(default=0, description="Host that moved the clock last, as a number.")
    backed: float = Field(
        default=0.0,
        description="The latest time that another host has reached. Unit: seconds since the epoch.",
    )
    hosts: tuple[tuple[int, int], ...] = Field(
        default=(),
        description="The last hosts, each with the number of its last article; the newest last.",
    )
    votes: int = Field(
        default=0,
        description="Articles that ask for a jump: forward if positive, back if negative.",
    )
    voters: tuple[int, ...] = Field(
        default=(), description="Hosts that voted last, the newest last."
    )
    claim: float = Field(
        default=0.0, description="Where they ask it to go. Unit: seconds since the epoch."
    )


class IdentityRecord(Model):
    """What is kept of an article that has left the window (see `service.fold.state.identities`); or
    of a merged story: then `version` is 0, and `story_id` is the story that it was merged into."""

    state_version: int = Field(default=STATE_VERSION, description="Version of the record's form.")
    key: str = Field(description="The first 80 bits of the hash in its uri, hex.")
    story_id: str = Field(
        description="Id of its story, or of the one that a story was merged into."
    )
    version: int = Field(description="Version of the article; 0 for a merged story.")
    content: str = Field(description="The first 48 bits of its content hash, hex.")
    first: int = Field(
        description="Time of fetch of its first version, 0 if the input had none. Unit: whole"
        " seconds since the epoch."
    )
    last: int = Field(
        description="Time of fetch of its last page, 0 if the input had none. Unit: whole seconds"
        " since the epoch."
    )
    own: int = Field(
        default=0,
        description="A number that stands for the fetched address; 0 if that is the one in its"
        " uri.",
    )
    withdrawal: int = Field(
        default=0,
        description="1 if its story was withdrawn, 2 if by the operator, 3 if the operator"
        " withdrew the article; else 0.",
    )


class ArticleRecord(Model):
    """Article state of a shard: the latest version of one article."""

    state_version: int = Field(default=STATE_VERSION, description="Version of the record's form.")
    uri: str = Field(description="Id of the article.")
    url: str = Field(description="Its address.")
    number: int = Field(
        description="Sequence number within the shard; each version placed gets a higher one."
    )
    story_id: str = Field(description="Id of its story.")
    relation: Relation = Field(description="What it is in its story.")
    version: int = Field(description="Number of this version.")
    content_hash: str = Field(description="Hash of title and text.")
    title: str = Field(description="Its headline.")
    language: str = Field(description="Its language, BCP 47.")
    host: str = Field(description="Host of its address.")
    agency: str | None = Field(
        default=None, description="Key of the credited agency. Absent if none is credited."
    )
    own: bool = Field(default=False, description="True if the page is the agency's own.")
    names: str | None = Field(
        default=None,
        description="Uri of the canonical address that the page declares on another site. Absent"
        " if it declares none.",
    )
    own_uri: str | None = Field(
        default=None,
        description="Uri of the fetched address, if `uri` is that of another address that the"
        " page declares. Absent otherwise, or once a version was fetched from there.",
    )
    published: str | None = Field(
        default=None,
        description="Chosen date of publication, as in the article. Absent if it has none.",
    )
    first_created: Moment | None = Field(
        default=None,
        description="Time of fetch of its first version. Absent if the input had none.",
    )
    seen: float = Field(
        description="Event time (see `service.fold.shard`). Unit: seconds since the epoch."
    )
    source: SourcePosition = Field(
        description="Position of its last page. The offset is -1 if the page stood in another"
        " cluster, before the state was restored."
    )
    inputs: tuple[str, ...] = Field(
        default=(),
        description="Ids of the last raw pages taken at this address, the newest last (see"
        " `service.fold.repeat`).",
    )
    newest_written: int | None = Field(
        default=None,
        description="The latest time at which one of them was written to its topic. Unit:"
        " milliseconds since the epoch. Absent if that is not known.",
    )
    clock: ClockRecord | None = Field(
        default=None,
        description="FOLD's clock when this version was placed. Absent in records of version"
        " 0.1.0.",
    )
    indexed: bool = Field(
        default=True,
        description="False if it is not in FOLD's candidate index: its story has many copies, and"
        " is not represented by this one.",
    )
    publisher: str | None = Field(
        default=None, description="Of the host, by the operator's table when the page was read."
    )
    owner: str | None = Field(default=None, description="Of the publisher, likewise.")
    wire_ids: tuple[str, ...] = Field(
        default=(),
        description="Of the wire story: `agency.kind:value`, `/take` if printed.",
    )
    says_translated: bool | None = Field(
        default=None,
        description="True if its page says of itself that it is a translation. Absent otherwise.",
    )
    links: tuple[str, ...] | None = Field(
        default=None,
        description="Uris of the first pages on other sites that its text links to, at most five."
        " Absent if READ signed no concepts.",
    )
    signature: Signature = Field(description="Fingerprint of its text.")


class StoryRecord(Model):
    """Story state of a shard, without the story's articles."""

    state_version: int = Field(default=STATE_VERSION, description="Version of the record's form.")
    state: StoryEvent = Field(description="The story as it is on `stories`.")
    latest: float = Field(
        description="FOLD's clock when the record was written. Unit: seconds since the epoch."
    )
    representatives: tuple[str, ...] = Field(
        description="Uris of the articles that new articles are compared with."
    )
    parts: dict[str, str] = Field(
        default_factory=dict,
        description="Uri of a representative whose text is part of another article's, to the uri"
        " of that one.",
    )
    withdrawn_before: int = Field(
        default=0,
        description="Articles with a lower number were withdrawn with the story, when it last"
        " was; 0 if it never was.",
    )
    bare: bool | None = Field(
        default=None,
        description="True if no article of the story ever showed a date, a person or an agency,"
        " and all are short. Absent if one did, or if that is not known.",
    )
