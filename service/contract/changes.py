"""What a version of an article says that the version before it did not."""

from pydantic import Field

from service.contract.serde import Model


class Changes(Model):
    """Changes of one version against the one before, by sentences."""

    headline_before: str | None = Field(
        default=None, description="Headline of the version before, if it was another."
    )
    added: int = Field(default=0, description="Number of sentences that were added.")
    removed: int = Field(default=0, description="Number of sentences that were removed.")
    sentences: tuple[str, ...] = Field(
        default=(), description="The added sentences, as printed; at most 20."
    )
    numbers_added: tuple[str, ...] = Field(default=(), description="Numbers that are new.")
    names_added: tuple[str, ...] = Field(default=(), description="Names that are new.")
    correction: str | None = Field(
        default=None, description="The words in which the page tells of a correction."
    )
