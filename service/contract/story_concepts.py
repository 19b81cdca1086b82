"""The value on `stories.concepts`: what FOLD tells LINK of a story, so that it finds the story's
translations.

The key is the story's id. A null value is a tombstone: the story has left FOLD's window.
"""

from pydantic import Field

from service.contract.moment import Moment
from service.contract.serde import Model
from service.contract.story import StoryStatus

CONCEPTS_SCHEMA = "copydesk-schema"
"""Header on `stories.concepts`, between FOLD and LINK."""


class StoryConcepts(Model):
    """A story by its original: whose it is, what it says of itself, and its text as concepts."""

    story: str = Field(description="Id of the story, also the key of the record.")
    language: str = Field(description="Language of the original, BCP 47.")
    agency: str | None = Field(
        default=None,
        description="Key of the agency that the original credits. Absent if none is credited.",
    )
    status: StoryStatus = Field(
        default=StoryStatus.ACTIVE,
        description="`active`, `withdrawn`, or `merged` into another story.",
    )
    merged_into: str | None = Field(
        default=None,
        description="Id of the story that this one was merged into. Absent unless it was.",
    )
    headline: str = Field(description="Headline of the original.")
    uri: str = Field(description="Uri of the original.")
    url: str = Field(description="Address of the original; empty if that has left FOLD's window.")
    host: str = Field(description="Host of the original.")
    own: bool = Field(
        default=False, description="True if the original is on its agency's own host."
    )
    names: tuple[str, ...] = Field(
        default=(),
        description="Uris of the article that the original's page declares its own original, and"
        " of the first pages on other sites that its text links to. What copies name is not told:"
        " it says nothing of the original.",
    )
    says_translated: bool | None = Field(
        default=None,
        description="True if the original's page says of itself that it is a translation, or"
        " credits a translator. Absent otherwise.",
    )
    published: Moment | None = Field(
        default=None,
        description="Date of publication that the original declares. Absent if it has none.",
    )
    seen: Moment | None = Field(
        default=None,
        description="Time of fetch of the original's first version. Absent if the input had none.",
    )
    concepts: str | None = Field(
        default=None,
        description="Text of the original as concepts, packed (see"
        " `service.text.concepts.packed`), base64. Absent if it is too short to be linked, if READ"
        " signed none, or if the story is not active.",
    )
    time: Moment | None = Field(
        default=None,
        description="Time of the input that gave this record. Absent if it had none.",
    )
    traceparent: str | None = Field(
        default=None, description="W3C trace context of that input. Absent if it had none."
    )
