"""The article that READ extracts from a page: text, metadata, and the source of each."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from service.contract.declared import BodyLink, Genre, Person, Picture, Subject, Teaser
from service.contract.hints import Hints
from service.contract.rights import Rights
from service.contract.serde import Model


class DateKind(StrEnum):
    """Kind of a date, as the page declares it."""

    PUBLISHED = "published"
    MODIFIED = "modified"


class DateCandidate(Model):
    """One date found on a page."""

    kind: DateKind = Field(description="What the page says that it is: `published` or `modified`.")
    source: str = Field(
        description="Where it stands on the page: `jsonld.datePublished`, `meta.date`, `visible`,"
        " ..."
    )
    value: str = Field(
        description="RFC 3339 with the offset that the page gives, or none; a day alone is its"
        " midnight without an offset."
    )


DROPPED = "dropped"
CORRECTION = "jsonld.correction"
IDENTIFIER = "identifier"


class Credit(Model):
    """A line that may name the author or agency: a byline, a source element, a metadata property, a
    line that clean-up dropped from the text (`DROPPED`); or a declared `CORRECTION` note
    or `IDENTIFIER`."""

    where: str = Field(
        description="Its place: `jsonld.author`, `meta.source`, `byline`, `dropped`, ..."
    )
    text: str = Field(description="As printed.")


class OtherTitle(Model):
    """A title of the page that differs from its headline."""

    role: str = Field(
        description="Its place: `declared` (structured data), `social` (OpenGraph), `page` (the"
        " `title` element)."
    )
    text: str = Field(description="As printed.")


class NoticeKind(StrEnum):
    """What a notice says: who holds the rights, which agency signs, what was corrected."""

    RIGHTS = "rights"
    SIGNATURE = "signature"
    CORRECTION = "correction"


class Notice(Model):
    """A copyright or syndication notice, an agency's signature or a correction note, removed from
    the body."""

    text: str = Field(description="As printed.")
    kind: NoticeKind = Field(
        default=NoticeKind.RIGHTS,
        description="What it says: `rights`, `signature` or `correction`.",
    )
    holder: str | None = Field(
        default=None, description="Holder of the rights. Absent if none is named."
    )
    year: int | None = Field(
        default=None, description="Year of the copyright. Absent if none is named."
    )
    usage_terms: str | None = Field(
        default=None, description="What it says of use. Absent if nothing."
    )


class Flag(Model):
    """A quality flag and its evidence."""

    name: str = Field(
        description="`paywalled`, `live_blog`, `truncated`, `gallery`, `press_release`,"
        " `boilerplate`, ..."
    )
    evidence: str = Field(description="What on the page says so, for people.")


class Article(Model):
    """A cleaned news article extracted from one page."""

    uri: str = Field(description="Id of the article, derived from `canonical_url`.")
    url: str = Field(description="Address as fetched.")
    canonical_url: str = Field(
        description="Address that identifies the article: `own_url`, or another that the page"
        " declares on its own site, if nothing contradicts it. In FOLD, the spelling under which"
        " the article is known."
    )
    host: str = Field(description="Host of `canonical_url`.")
    own_url: str | None = Field(
        default=None,
        description="`url` without tracking parameters and variants. Absent if it is"
        " `canonical_url`.",
    )
    declared_canonical: str | None = Field(
        default=None,
        description="Address that the page declares: a claim; on another site, evidence of the"
        " original. Absent if it declares none, or `canonical_url`.",
    )
    site_name: str | None = Field(
        default=None, description="Name of the site, as the page says. Absent if it says none."
    )
    fetched_at: datetime | None = Field(
        default=None, description="Time of the fetch. Absent if the input had none."
    )
    title: str = Field(description="Headline that the reader saw, if that is certain.")
    other_titles: tuple[OtherTitle, ...] = Field(
        default=(), description="Titles of the page that differ from it."
    )
    text: str = Field(
        description="Body without boilerplate and notices; paragraphs are separated by a blank"
        " line."
    )
    language: str = Field(description="Language of the text itself, BCP 47; `und` if undetermined.")
    authors: tuple[str, ...] = Field(default=(), description="Names of people only.")
    published: str | None = Field(
        default=None,
        description="Chosen date of publication, RFC 3339, with an offset if the page gives one;"
        " never after the fetch. Absent if there is none.",
    )
    modified: str | None = Field(
        default=None,
        description="Chosen date of the last modification, likewise. Absent if there is none.",
    )
    dates: tuple[DateCandidate, ...] = Field(default=(), description="All date candidates.")
    section: str | None = Field(
        default=None, description="Section, as printed. Absent if the page names none."
    )
    lead_image: str | None = Field(
        default=None, description="Address of the leading picture. Absent if there is none."
    )
    credits: tuple[Credit, ...] = Field(
        default=(), description="All lines that may name an agency, for attribution."
    )
    notices: tuple[Notice, ...] = Field(default=(), description="Notices removed from the body.")
    flags: tuple[Flag, ...] = Field(default=(), description="What is wrong with the text.")
    content_hash: str = Field(
        description="Hash of title and text, 128 bits in hex; another one is another version."
    )
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
    hints: Hints | None = Field(default=None, description="What the crawler knew before.")
    says_translated: bool | None = Field(
        default=None,
        description="True if the page says of itself that it is a translation, or credits a"
        " translator. Absent otherwise.",
    )
    title_source: str | None = Field(
        default=None, description="The hint that the title comes from; absent if from the page."
    )
