"""The value on `articles`: ninjs 3.1 properties and one namespaced object, `copydesk`."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field

from service.events.article import DateCandidate, Flag
from service.events.model import CamelModel, Model
from service.events.placement import LinkEvidence, Relation
from service.events.wire import AgencyClass, Dateline, Evidence, Revision


class Standard(CamelModel):
    """The standard that the outer properties follow."""

    name: Literal["ninjs"] = "ninjs"
    version: Literal["3.1"] = "3.1"


class Headline(CamelModel):
    """A headline; the one on the page has the role `main`."""

    role: str = "main"
    content_type: str = "text/plain"
    value: str


class Body(CamelModel):
    """The text, plain; paragraphs are parted by a blank line."""

    role: str = "main"
    content_type: str = "text/plain"
    char_count: int
    word_count: int
    value: str


class InfoSource(CamelModel):
    """A house the text comes from; `literal` is the agency's key."""

    role: str
    name: str
    literal: str


class Association(CamelModel):
    """Something that belongs to the article; here the lead image, by its address."""

    name: str
    type: str
    uri: str


class PageBlock(Model):
    """The page the article was taken from."""

    url: str
    canonical_url: str
    host: str
    site_name: str | None = None
    fetched_at: datetime | None = None
    content_hash: str


class WireBlock(Model):
    """Whose story it is (see `service.events.wire`)."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_by_name=True)

    agency: str | None = None
    agencies: tuple[str, ...] = ()
    agency_class: AgencyClass | None = Field(default=None, alias="class")
    confidence: float = 0.0
    is_original: bool = False
    evidence: tuple[Evidence, ...] = ()
    dateline: Dateline | None = None
    revision: Revision | None = None


class StoryBlock(Model):
    """The article's place in its story (see `service.events.placement`)."""

    id: str
    relation: Relation
    parent: str | None = None
    similarity: float
    evidence: LinkEvidence | None = None


class QualityBlock(Model):
    """What to think of the text: flags and all dates found, each with its source."""

    flags: tuple[Flag, ...] = ()
    dates: tuple[DateCandidate, ...] = ()


class CopydeskBlock(Model):
    """What copydesk adds to ninjs."""

    page: PageBlock
    wire: WireBlock
    story: StoryBlock
    quality: QualityBlock


class ArticleEvent(CamelModel):
    """One version of one article, in its story."""

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
