"""The value on `articles`: ninjs 3.1 properties and one namespaced object, `copydesk`."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field

from service.contract.article import DateCandidate, Flag
from service.contract.attribution import AgencyClass, Dateline, Evidence, Revision
from service.contract.changes import Changes
from service.contract.declared import BodyLink
from service.contract.publisher import Publisher
from service.contract.rights import Rights
from service.contract.serde import CamelModel, Model
from service.contract.story import Authority, LinkEvidence, Relation


class Standard(CamelModel):
    """The standard that the outer properties follow."""

    name: Literal["ninjs"] = "ninjs"
    version: Literal["3.1"] = "3.1"


class Headline(CamelModel):
    """A headline. The first, with the role `main`, is the one that the reader saw. Others of the
    page follow if they differ from it, by where they are: `declared` (structured data), `social`
    (OpenGraph), `page` (the `title` element)."""

    role: str = "main"
    content_type: str = "text/plain"
    value: str


class Body(CamelModel):
    """The plain text; paragraphs are separated by a blank line."""

    role: str = "main"
    content_type: str = "text/plain"
    char_count: int
    word_count: int
    value: str


class InfoSource(CamelModel):
    """An agency that supplied the text; `literal` is the agency's key."""

    role: str
    name: str
    literal: str


class Description(CamelModel):
    """A text about the article: a teaser, or a picture's caption."""

    role: str = Field(description="`standfirst`, `description`, or `caption` of a picture.")
    content_type: str = Field(default="text/plain", description="Media type of `value`.")
    value: str = Field(description="As printed.")


class PersonOf(CamelModel):
    """An author."""

    name: str = Field(description="Name, as printed.")
    rel: str = Field(default="author", description="Always `author`.")
    uri: str | None = Field(default=None, description="Address of the author's page.")


class SubjectOf(CamelModel):
    """A section or keyword, as printed."""

    name: str = Field(description="As printed.")
    rel: str = Field(description="`section` or `keyword`.")


class GenreOf(CamelModel):
    """A kind of text that the page declares."""

    name: str = Field(description="The words that declare it, as printed.")
    uri: str | None = Field(default=None, description="Of IPTC's genre, where there is one.")
    literal: str = Field(description="Our word for it: `opinion`, `interview`, ...")


class AlternativeId(CamelModel):
    """An identifier of the wire story, as the page carries it: a claim."""

    role: str = Field(description="Agency and form: `dpa.urn`.")
    value: str = Field(description="The identifier, in one spelling.")


class RightsInfo(CamelModel):
    """Where rights are described."""

    linked_rights: str | None = Field(default=None, description="Address of the licence.")


class Rendition(CamelModel):
    """A form of a picture."""

    name: str = Field(default="largest", description="Always `largest`.")
    href: str = Field(description="Address of the picture.")
    width: int | None = Field(default=None, description="Pixels, where declared.")
    height: int | None = Field(default=None, description="Pixels, where declared.")


class Association(CamelModel):
    """A picture of the article, given by its address."""

    name: str = Field(description="`lead-image` for the first, `picture` for others.")
    type: str = Field(description="Always `picture`.")
    uri: str = Field(description="Address of the picture.")
    by: str | None = Field(default=None, description="Credit, as printed.")
    descriptions: tuple[Description, ...] = Field(default=(), description="Its caption.")
    info_sources: tuple[InfoSource, ...] = Field(
        default=(), description="The agency that the credit names: the picture's, not the text's."
    )
    renditions: tuple[Rendition, ...] = Field(default=(), description="With its size.")


class PageBlock(Model):
    """The page that the article was extracted from."""

    url: str
    canonical_url: str
    host: str
    site_name: str | None = None
    fetched_at: datetime | None = None
    content_hash: str
    publisher_name: str | None = Field(default=None, description="Publisher, as the page says.")


class WireBlock(Model):
    """Attribution: the agency that the page credits (see `service.contract.attribution`).

    `verified` says what confirms it: `own_host` if the page is on the agency's own host,
    `folded_with_own_host` if the story's original is. Absent if nothing does, at the time of the
    event; the story's `agency_verified` may become true later.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", validate_by_name=True)

    agency: str | None = None
    agencies: tuple[str, ...] = ()
    agency_class: AgencyClass | None = Field(default=None, alias="class")
    confidence: float = 0.0
    is_original: bool = False
    verified: Literal["own_host", "folded_with_own_host"] | None = None
    evidence: tuple[Evidence, ...] = ()
    dateline: Dateline | None = None
    revision: Revision | None = None


class OriginalOf(Model):
    """The original of the article's story, as of the event."""

    uri: str = Field(description="Of the original; the article's own if it is the original itself.")
    host: str = Field(description="Host of the original.")
    time: str | None = Field(
        default=None,
        description="Time of fetch of its first version, RFC 3339. Absent if the input had none, or"
        " if the original has left the window.",
    )
    basis: Literal["seen", "claimed", "operator"] | None = Field(
        default=None,
        description="Why it is the original: the crawl saw it, pages claim it, or the operator"
        " chose it.",
    )


class StoryBlock(Model):
    """The article's story and its relation to it (see `service.contract.story`)."""

    id: str
    relation: Relation
    parent: str | None = None
    similarity: float = Field(
        description="Deprecated: as `link_score`; 1 for the first article of a story, 0 where two"
        " texts could not be compared.",
        json_schema_extra={"deprecated": True},
    )
    link_score: float | None = Field(
        default=None,
        description="How likely the article belongs to the story, by the verifier, 0 to 1: a"
        " probability, no measure of common words (see `evidence`). Absent where nothing was"
        " compared.",
    )
    evidence: LinkEvidence | None = None
    authority: Authority | None = None
    original: OriginalOf | None = Field(
        default=None, description="The original of the story, as of this event."
    )
    notice: bool | None = Field(
        default=None,
        description="True if the article is itself a notice of withdrawal, and not an article that"
        " is taken down. Absent otherwise.",
    )


class QualityBlock(Model):
    """Quality of the text: flags with their evidence, and all dates found with their sources."""

    flags: tuple[Flag, ...] = ()
    dates: tuple[DateCandidate, ...] = ()


class AuthorRole(Model):
    """The role in which the page names an author."""

    name: str = Field(description="Name, as in `people`.")
    role: str = Field(description="As printed.")


class PropertySource(Model):
    """Where on the page the value of a property stands."""

    property: str = Field(description="JSON pointer into this event: `/subjects/0`.")
    source: str = Field(description="Place on the page, or the hint: `jsonld.keywords`.")


class CopydeskBlock(Model):
    """The properties that copydesk adds to ninjs."""

    page: PageBlock
    wire: WireBlock
    story: StoryBlock
    quality: QualityBlock
    sequence: int | None = Field(
        default=None,
        description="Grows with every event of one `uri` that says something else: of two, the one"
        " with the higher number is valid. Numbers leave gaps. Absent in events of versions without"
        " it.",
    )
    publisher: Publisher | None = Field(
        default=None, description="Who publishes the host, by the operator's table."
    )
    rights: Rights | None = Field(default=None, description="Statements about the text's use.")
    changes: Changes | None = Field(
        default=None, description="What is new against the version before."
    )
    links: tuple[BodyLink, ...] = Field(default=(), description="Links out of the body.")
    author_roles: tuple[AuthorRole, ...] = Field(
        default=(), description="Roles of the people, where the page says them."
    )
    sources: tuple[PropertySource, ...] = Field(
        default=(), description="Where what the page says of itself stands."
    )


class ArticleEvent(CamelModel):
    """One version of one article, with its story."""

    standard: Standard = Standard()
    uri: str
    type: Literal["text"] = "text"
    version: str
    language: str
    pub_status: Literal["usable", "canceled"] = "usable"
    representation_type: Literal["full", "partial"] | None = Field(
        default=None,
        description="`partial` if the event states the article's place in its story again, without"
        " its text: it changes `copydesk.story` alone. Absent otherwise.",
    )
    headlines: tuple[Headline, ...]
    by: str | None = None
    located: str | None = None
    slugline: str | None = None
    first_created: str | None = None
    version_created: str | None = None
    content_created: str | None = None
    bodies: tuple[Body, ...]
    info_sources: tuple[InfoSource, ...] = ()
    copyright_holder: str | None = None
    copyright_notice: str | None = None
    usage_terms: str | None = None
    ed_note: str | None = None
    associations: tuple[Association, ...] = ()
    people: tuple[PersonOf, ...] = Field(default=(), description="The authors.")
    subjects: tuple[SubjectOf, ...] = Field(default=(), description="Section and keywords.")
    descriptions: tuple[Description, ...] = Field(default=(), description="The teaser.")
    genres: tuple[GenreOf, ...] = Field(default=(), description="Kinds that the page declares.")
    alt_ids: tuple[AlternativeId, ...] = Field(
        default=(), description="Identifiers of the wire story."
    )
    rights_info: RightsInfo | None = Field(default=None, description="The declared licence.")
    expires: str | None = Field(
        default=None, description="The page is not to be shown after this time, RFC 3339."
    )
    copydesk: CopydeskBlock
