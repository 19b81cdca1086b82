"""The value on `articles`: ninjs 3.1 properties and one namespaced object, `copydesk`."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field

from service.contract.article import DateCandidate, Flag
from service.contract.attribution import AgencyClass, Dateline, Evidence, Revision
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


class Association(CamelModel):
    """A resource associated with the article: the lead image, given by its URL."""

    name: str
    type: str
    uri: str


class PageBlock(Model):
    """The page that the article was extracted from."""

    url: str
    canonical_url: str
    host: str
    site_name: str | None = None
    fetched_at: datetime | None = None
    content_hash: str


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


class StoryBlock(Model):
    """The article's story and its relation to it (see `service.contract.story`)."""

    id: str
    relation: Relation
    parent: str | None = None
    similarity: float
    evidence: LinkEvidence | None = None
    authority: Authority | None = None


class QualityBlock(Model):
    """Quality of the text: flags with their evidence, and all dates found with their sources."""

    flags: tuple[Flag, ...] = ()
    dates: tuple[DateCandidate, ...] = ()


class CopydeskBlock(Model):
    """The properties that copydesk adds to ninjs."""

    page: PageBlock
    wire: WireBlock
    story: StoryBlock
    quality: QualityBlock


class ArticleEvent(CamelModel):
    """One version of one article, with its story."""

    standard: Standard = Standard()
    uri: str
    type: Literal["text"] = "text"
    version: str
    language: str
    pub_status: Literal["usable", "canceled"] = "usable"
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
    copydesk: CopydeskBlock
