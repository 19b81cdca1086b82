"""What the crawler knew of a page before it fetched it: from a feed, a news sitemap, a link."""

from pydantic import Field

from service.contract.serde import Model


class Hints(Model):
    """Hints from the crawler. They rank below the page's own words, and are always named as the
    source. All are optional."""

    feed_published: str | None = Field(default=None, description="Date of the feed entry.")
    feed_title: str | None = Field(default=None, description="Title of the feed entry.")
    feed_source: str | None = Field(default=None, description="`source` of the feed entry.")
    sitemap_published: str | None = Field(default=None, description="Date in the news sitemap.")
    sitemap_title: str | None = Field(default=None, description="Title in the news sitemap.")
    sitemap_keywords: tuple[str, ...] = Field(
        default=(), description="Keywords in the news sitemap."
    )
    referrer: str | None = Field(default=None, description="Page that the link was found on.")
    redirects: tuple[str, ...] = Field(
        default=(), description="Addresses that led to the page, the first one asked for first."
    )
    robots: tuple[str, ...] = Field(
        default=(), description="Words of the site's `robots.txt` that concern the page."
    )
    tdmrep: tuple[str, ...] = Field(
        default=(), description="Words of the site's `tdmrep.json` that concern the page."
    )
