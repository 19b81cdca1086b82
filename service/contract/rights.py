"""What a page, its headers and its site say about the use of its text: words as sent, each with its
source. What a deployment makes of them is a setting."""

from pydantic import Field

from service.contract.serde import Model


class RightsWord(Model):
    """One statement about the use of the page."""

    word: str = Field(
        description="Which statement: `noarchive`, `noai`, `noimageai`, `noml`, `tdm-reservation`,"
        " `tdm-policy`, `content-usage`, `unavailable_after`, `license`, `paywall`, ..."
    )
    value: str | None = Field(default=None, description="Its value as sent, where it has one.")
    source: str = Field(description="Where it stands: `meta.robots`, `header.x-robots-tag`, ...")


class Rights(Model):
    """All statements about the use of a page."""

    words: tuple[RightsWord, ...] = Field(default=(), description="In the order of their sources.")
    license: str | None = Field(default=None, description="Address of the declared licence.")
    expires: str | None = Field(
        default=None, description="The page is not to be shown after this time, RFC 3339."
    )
