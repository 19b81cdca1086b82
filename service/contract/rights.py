"""What a page, its headers and its site say about the use of its text: words as sent, each with its
source. What a deployment makes of them is a setting (see `service.read.rights_policy`)."""

from pydantic import Field

from service.contract.serde import Model

NOARCHIVE = "noarchive"
TDM_RESERVATION, TDM_POLICY = "tdm-reservation", "tdm-policy"
CONTENT_USAGE, CONTENT_SIGNAL = "content-usage", "content-signal"
UNAVAILABLE_AFTER = "unavailable_after"
PAYWALL, FREE = "paywall", "free"
ROBOTS_HEADER = "x-robots-tag"
LICENSE = "license"
HOLDER, NOTICE, TERMS = "copyright-holder", "copyright-notice", "terms"

DIRECTIVES = (NOARCHIVE, "nocache", "nosnippet", "noai", "noimageai", "noml")
"""Words of robots meta elements and of `X-Robots-Tag` that are about the use of a text. Others
(`noindex`, `nofollow`) are about a search engine's index alone."""

RESTRICTIONS = (
    *DIRECTIVES,
    TDM_RESERVATION,
    CONTENT_USAGE,
    CONTENT_SIGNAL,
    UNAVAILABLE_AFTER,
    PAYWALL,
)
"""Words for which a deployment can reject a page."""

STATEMENTS = (TDM_POLICY, LICENSE, HOLDER, NOTICE, TERMS, FREE, ROBOTS_HEADER)
"""Words that restrict nothing by themselves."""


class RightsWord(Model):
    """One statement about the use of the page."""

    word: str = Field(
        description="Which statement: `noarchive`, `nocache`, `nosnippet`, `noai`, `noimageai`,"
        " `noml`, `tdm-reservation`, `tdm-policy`, `content-usage`, `content-signal`,"
        " `unavailable_after`, `license`, `copyright-holder`, `copyright-notice`, `terms`,"
        " `paywall`, `free`, `x-robots-tag`, or another name from the site's `robots.txt`."
    )
    value: str | None = Field(
        default=None,
        description="Its value as sent, where it has one; an address is made absolute. At most 500"
        " characters, then `…`.",
    )
    agent: str | None = Field(
        default=None, description="The crawler that it is addressed to; absent if to all."
    )
    source: str = Field(
        description="Where it stands: `header.x-robots-tag`, `meta.robots`, `jsonld.license`,"
        " `link.license`, `hint.robots`, ..."
    )


class Rights(Model):
    """All statements about the use of a page."""

    words: tuple[RightsWord, ...] = Field(default=(), description="In the order of their sources.")
    license: str | None = Field(
        default=None, description="Address of the declared licence, the first of them."
    )
    expires: str | None = Field(
        default=None,
        description="The page is not to be shown after this time, RFC 3339 with an offset: the"
        " earliest `unavailable_after` that is addressed to all. UTC where it names no zone.",
    )
