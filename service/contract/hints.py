"""What the crawler knew of a page before it fetched it: from a feed, a news sitemap, a link, and
the site's own files."""

from pydantic import Field

from service.contract.serde import Model

HINT_PREFIX = "hint-"
"""Beginning of the Kafka headers that carry hints: `hint-feed-title` is `feed_title`."""


class Hints(Model):
    """Hints from the crawler. They rank below the page's own words, and are always named as the
    source. All are optional."""

    feed_published: str | None = Field(
        default=None, description="Date of the feed entry, as sent: RFC 3339, RFC 822 or similar."
    )
    feed_title: str | None = Field(default=None, description="Title of the feed entry.")
    feed_source: str | None = Field(
        default=None, description="`source` of the feed entry: a name or an address."
    )
    sitemap_published: str | None = Field(
        default=None, description="`publication_date` in the news sitemap, as sent."
    )
    sitemap_title: str | None = Field(default=None, description="Title in the news sitemap.")
    sitemap_keywords: tuple[str, ...] = Field(
        default=(), description="Keywords in the news sitemap."
    )
    referrer: str | None = Field(default=None, description="Page that the link was found on.")
    redirects: tuple[str, ...] = Field(
        default=(), description="Addresses that led to the page, the first one asked for first."
    )
    robots: tuple[str, ...] = Field(
        default=(),
        description="Words of the site's `robots.txt` that concern the page, such as `noai` or"
        " `content-signal: ai-train=no`. On an article they are in `rights`.",
    )
    tdmrep: tuple[str, ...] = Field(
        default=(),
        description="Words of the site's `tdmrep.json` that concern the page, such as"
        " `tdm-reservation: 1`. On an article they are in `rights`.",
    )
    dropped: tuple[str, ...] = Field(
        default=(),
        description="Hints that could not be used, each with the reason: a hint never makes a page"
        " fail. Not read from a crawler.",
    )


GIVEN = tuple(name for name in Hints.model_fields if name != "dropped")
"""Names of what a crawler may send."""
