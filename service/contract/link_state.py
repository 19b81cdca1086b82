"""The values on `link.state`, LINK's compacted changelog: one record per story, and one that says
how far `stories.concepts` was read.

Keys are `story/<id>` and `position/<partition>`; a null value is a tombstone. Before a restore, the
reader writes a record whose key starts with `marker/` and stops reading when it reaches that
record.
"""

from pydantic import Field

from service.contract.fold_state import STATE_VERSION
from service.contract.serde import Model
from service.contract.story_concepts import StoryConcepts
from service.contract.translations import TranslationEvidence

LINKED_PREFIX = "story/"
POSITION_PREFIX = "position/"


class LinkedPair(Model):
    """Another story that is a translation of one."""

    story: str = Field(description="Id of the other story.")
    score: float = Field(description="How likely it is a translation. Unit: 0 to 1.")
    evidence: TranslationEvidence = Field(description="What the score was computed from.")


class LinkRecord(Model):
    """What LINK remembers of one story."""

    state_version: int = Field(default=STATE_VERSION, description="Version of the record's form.")
    number: int = Field(description="Grows with each story that LINK takes in.")
    concepts: StoryConcepts = Field(description="The story as FOLD told it.")
    pairs: tuple[LinkedPair, ...] = Field(
        default=(), description="Its translations, the highest score first."
    )


class LinkPosition(Model):
    """How far LINK has read a partition of `stories.concepts`."""

    state_version: int = Field(default=STATE_VERSION, description="Version of the record's form.")
    offset: int = Field(description="Offset of the last record that it took.")
    number: int = Field(description="Number that the next story gets.")
