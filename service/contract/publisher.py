"""Who publishes a site, by the operator's table."""

from pydantic import Field

from service.contract.serde import Model


class Publisher(Model):
    """Publisher of a host, as the operator's table names it."""

    name: str = Field(description="Publisher; without an entry, the host's registrable domain.")
    owner: str | None = Field(
        default=None,
        description="Owner of the publisher, by the table; if the owner is a publisher there that"
        " has an owner itself, that one, and so on to the last.",
    )
    country: str | None = Field(
        default=None, description="ISO 3166-1 alpha-2 code, by the table: `DE`."
    )
