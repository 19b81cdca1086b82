"""The article that READ takes from a page: text, metadata, and where each was found."""

from datetime import datetime
from enum import StrEnum

from service.events.model import Model


class DateKind(StrEnum):
    """What a date on a page claims to be."""

    PUBLISHED = "published"
    MODIFIED = "modified"


class DateCandidate(Model):
    """One date found on a page.

    `value` is RFC 3339 with the offset the page gave (midnight, and no offset, for a bare day).
    """

    kind: DateKind
    source: str
    value: str


class Credit(Model):
    """A line that may name who made the text: a byline, a source element, a metadata property.

    `where` names the place: `jsonld.author`, `jsonld.publisher`, `jsonld.source_organization`,
    `jsonld.credit_text`, `jsonld.copyright_holder`, `jsonld.is_based_on`, `meta.author`,
    `meta.source`, `canonical`, `byline`, `source`.
    """

    where: str
    text: str


class Notice(Model):
    """A copyright or syndication notice taken out of the body."""

    text: str
    holder: str | None = None
    year: int | None = None
    usage_terms: str | None = None


class Flag(Model):
    """A quality flag and what it rests on: `paywalled`, `live_blog`, `truncated`, `gallery`,
    `press_release`, ..."""

    name: str
    evidence: str


class Article(Model):
    """A news article, cleaned, as taken from one page.

    Attributes:
        uri: identity, from the canonical URL (see `identity`).
        url: as fetched; `canonical_url` without tracking and variants; `host` of the latter.
        declared_canonical: what the page itself calls canonical, where its host differs.
        text: the body; paragraphs parted by a blank line; no boilerplate, no notices.
        language: BCP 47, of the text itself; `und` if it cannot be told.
        authors: people only.
        published, modified: the chosen dates, RFC 3339; never after `fetched_at`.
        dates: every candidate.
        credits: every line that may name an agency, for attribution.
        content_hash: hash of title and text: what a version is told by.
    """

    uri: str
    url: str
    canonical_url: str
    host: str
    declared_canonical: str | None = None
    site_name: str | None = None
    fetched_at: datetime | None = None
    title: str
    text: str
    language: str
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    dates: tuple[DateCandidate, ...] = ()
    section: str | None = None
    lead_image: str | None = None
    credits: tuple[Credit, ...] = ()
    notices: tuple[Notice, ...] = ()
    flags: tuple[Flag, ...] = ()
    content_hash: str
