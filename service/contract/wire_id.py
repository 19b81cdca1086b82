"""Identifiers that agencies print in their stories: numbers, URNs, slugs. Claims like all else."""

from pydantic import Field

from service.contract.serde import Model


class WireId(Model):
    """An identifier of a wire story, as a page carries it."""

    agency: str = Field(description="Key of the agency whose form it has: `dpa`.")
    kind: str = Field(description="Which of the agency's forms: `number`, `item`, `newsml`.")
    value: str = Field(description="The identifier, without its take, in one spelling.")
    take: int | None = Field(default=None, description="Number of the take or version, if printed.")
    source: str = Field(description="Where on the page it stands.")
    text: str = Field(description="As printed.")
