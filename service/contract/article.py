"""The article that READ extracts from a page: text, metadata, and the source of each."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from service.contract.declared import BodyLink, Genre, Person, Picture, Subject, Teaser
from service.contract.rights import Rights
from service.contract.serde import Model


class DateKind(StrEnum):
    """Kind of a date, as the page declares it."""

    PUBLISHED = "published"
    MODIFIED = "modified"


class DateCandidate(Model):
    """One date found on a page.

    `value` is RFC 3339 with the UTC offset given by the page. A date without a time is written as
    midnight without an offset.
    """

    kind: DateKind
    source: str
    value: str


DROPPED = "dropped"
CORRECTION = "jsonld.correction"


class Credit(Model):
    """A line that may name the author or agency: a byline, a source element, a metadata property, a
    line that clean-up dropped from the text (`DROPPED`); or a declared `CORRECTION` note.

    `where` is its source on the page: `jsonld.author`, `jsonld.publisher`,
    `jsonld.source_organization`, `jsonld.credit_text`, `jsonld.copyright_holder`,
    `jsonld.is_based_on`, `meta.author`, `meta.source`, `canonical`, `byline`, `source`,
    `dropped`, `jsonld.correction`.
    """

    where: str
    text: str


class OtherTitle(Model):
    """A title of the page that differs from its headline.

    `role` is where it is: `declared` (structured data), `social` (OpenGraph), `page` (the `title`
    element).
    """

    role: str
    text: str


class NoticeKind(StrEnum):
    """What a notice says: who holds the rights, which agency signs, what was corrected."""

    RIGHTS = "rights"
    SIGNATURE = "signature"
    CORRECTION = "correction"


class Notice(Model):
    """A copyright or syndication notice, an agency's signature or a correction note, removed from
    the body."""

    text: str
    kind: NoticeKind = NoticeKind.RIGHTS
    holder: str | None = None
    year: int | None = None
    usage_terms: str | None = None


class Flag(Model):
    """A quality flag and its evidence. Names: `paywalled`, `live_blog`, `truncated`, `gallery`,
    `press_release`, ..."""

    name: str
    evidence: str


class Article(Model):
    """A cleaned news article extracted from one page.

    Attributes:
        uri: article id, derived from the canonical URL (see `identity`).
        url: URL as fetched.
        canonical_url: the address that identifies the article: `own_url`, or another that the page
            declares on its own site, if nothing contradicts it. In FOLD, the spelling of it (see
            `address_spelling`) under which the article is known.
        host: host of `canonical_url`.
        own_url: `url` without tracking parameters and variants, if it is not `canonical_url`.
        declared_canonical: the address that the page declares, if it is not `canonical_url`: a
            claim. On another site it is evidence of the original.
        title: the headline that the reader saw, if that is certain.
        other_titles: the page's titles that differ from it.
        text: the body without boilerplate and notices; paragraphs are separated by a blank line.
        language: BCP 47 tag of the text itself; `und` if undetermined.
        authors: people only.
        published, modified: the chosen dates, RFC 3339; never after `fetched_at`.
        dates: all date candidates.
        credits: all lines that may name an agency, for attribution.
        content_hash: hash of title and text; a different hash is a new version.
    """

    uri: str
    url: str
    canonical_url: str
    host: str
    own_url: str | None = None
    declared_canonical: str | None = None
    site_name: str | None = None
    fetched_at: datetime | None = None
    title: str
    other_titles: tuple[OtherTitle, ...] = ()
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
    people: tuple[Person, ...] = Field(default=(), description="Authors, with role and address.")
    subjects: tuple[Subject, ...] = Field(default=(), description="Section and keywords.")
    teaser: Teaser | None = Field(default=None, description="Standfirst or description.")
    genres: tuple[Genre, ...] = Field(default=(), description="Kinds that the page declares.")
    publisher_name: str | None = Field(default=None, description="Publisher, as the page says.")
    publisher_source: str | None = Field(
        default=None, description="Where on the page the publisher's name stands."
    )
    pictures: tuple[Picture, ...] = Field(default=(), description="Pictures of the article.")
    links: tuple[BodyLink, ...] = Field(default=(), description="Links out of the body.")
    rights: Rights | None = Field(default=None, description="Statements about its use.")
