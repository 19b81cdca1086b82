"""The value on `articles`: ninjs 3.1 properties and one namespaced object, `copydesk`."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import ConfigDict, Field

from service.contract.article import DateCandidate, Flag
from service.contract.attribution import AgencyClass, Dateline, Evidence, Revision
from service.contract.changes import Changes
from service.contract.declared import BodyLink
from service.contract.hints import Hints
from service.contract.moment import Moment
from service.contract.ninjs import (
    AlternativeId,
    Association,
    Body,
    Description,
    GenreOf,
    Headline,
    InfoSource,
    PersonOf,
    RightsInfo,
    Standard,
    SubjectOf,
)
from service.contract.publisher import Publisher
from service.contract.rights import Rights
from service.contract.serde import CamelModel, Model
from service.contract.story import Authority, LinkEvidence, Relation


class PageBlock(Model):
    """The page that the article was extracted from."""

    url: str = Field(description="Address as fetched.")
    canonical_url: str = Field(
        description="Address that identifies the article, in the spelling that came first."
    )
    host: str = Field(description="Host of `canonical_url`.")
    site_name: str | None = Field(
        default=None, description="Name of the site, as the page says. Absent if it says none."
    )
    fetched_at: datetime | None = Field(
        default=None, description="Time of the fetch. Absent if the input had none."
    )
    content_hash: str = Field(
        description="Hash of headline and text, 128 bits in hex; another one is another version."
    )
    publisher_name: str | None = Field(
        default=None, description="Publisher, as the page says. Absent if it says none."
    )


class WireBlock(Model):
    """Attribution: the agency that the page credits, and what confirms it."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_by_name=True)

    agency: str | None = Field(
        default=None, description="Key of the main credited agency. Absent if none is credited."
    )
    agencies: tuple[str, ...] = Field(
        default=(), description="Keys of all credited agencies, the main one first."
    )
    agency_class: AgencyClass | None = Field(
        default=None,
        alias="class",
        description="Kind of the main agency. Absent if none is credited.",
    )
    confidence: float = Field(
        default=0.0, description="How surely the page claims the agency. Unit: 0 to 1."
    )
    is_original: bool = Field(
        default=False, description="True if the page is on the agency's own host."
    )
    verified: Literal["own_host", "folded_with_own_host"] | None = Field(
        default=None,
        description="What confirms the agency: `own_host`, the page is on its host;"
        " `folded_with_own_host`, the story's original is. Absent if nothing does at the time of"
        " the event; the story's `agency_verified` may become true later.",
    )
    evidence: tuple[Evidence, ...] = Field(
        default=(), description="The places on the page that the attribution rests on."
    )
    dateline: Dateline | None = Field(
        default=None, description="Dateline of the text. Absent if it has none."
    )
    revision: Revision | None = Field(
        default=None, description="The revision that the text declares. Absent if it declares none."
    )


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
    agency: str | None = Field(
        default=None,
        description="Key of the story's agency, as `agency` on `stories`. Absent if it has none,"
        " and in events of earlier versions.",
    )


class StoryBlock(Model):
    """The article's story and its relation to it."""

    id: str = Field(description="Id of the story, also the key of the record.")
    relation: Relation = Field(description="What the article is in its story, as of this event.")
    parent: str | None = Field(
        default=None,
        description="Uri of the closest earlier article of the story. Absent if there is none.",
    )
    similarity: float = Field(
        description="Deprecated: as `link_score`; 1 for the first article of a story, 0 where two"
        " texts could not be compared. Unit: 0 to 1.",
        json_schema_extra={"deprecated": True},
    )
    link_score: float | None = Field(
        default=None,
        description="How likely the article belongs to the story, by the verifier: a probability,"
        " no measure of common words (see `evidence`). Unit: 0 to 1. Absent where nothing was"
        " compared.",
    )
    evidence: LinkEvidence | None = Field(
        default=None, description="What the link was scored by. Absent if there is no link."
    )
    authority: Authority | None = Field(
        default=None,
        description="What stands behind an update, a correction or a withdrawal. Absent for other"
        " relations.",
    )
    original: OriginalOf | None = Field(
        default=None,
        description="The original of the story, as of this event. Absent in events of version"
        " 0.1.0.",
    )
    notice: bool | None = Field(
        default=None,
        description="True if the article is itself a notice of withdrawal, and not an article that"
        " is taken down. Absent otherwise.",
    )


class DatePrecision(StrEnum):
    """What a page says of a moment: time and offset (`exact`), a time without an offset (`local`),
    or a day alone (`day`)."""

    EXACT = "exact"
    LOCAL = "local"
    DAY = "day"


class DatePrecisions(CamelModel):
    """How precise the dates of the event are. The offset of a `local` time, and that of the
    midnight that stands for a `day`, is that of the page's other dates if they agree on one, else
    UTC: do not rely on it."""

    first_created: DatePrecision | None = Field(
        default=None, description="Of `firstCreated`. Absent with it."
    )
    version_created: DatePrecision | None = Field(
        default=None, description="Of `versionCreated`. Absent with it."
    )
    content_created: DatePrecision | None = Field(
        default=None, description="Of `contentCreated`. Absent with it."
    )
    expires: DatePrecision | None = Field(default=None, description="Of `expires`. Absent with it.")


class QualityBlock(Model):
    """Quality of the text and of its dates."""

    flags: tuple[Flag, ...] = Field(
        default=(), description="What is wrong with the text, each with its evidence."
    )
    dates: tuple[DateCandidate, ...] = Field(
        default=(), description="All dates found on the page, with their places."
    )
    date_precision: DatePrecisions | None = Field(
        default=None,
        description="How precise the event's dates are. Absent if it has none, and in events of"
        " version 0.1.0.",
    )


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

    page: PageBlock = Field(description="The page that the article was extracted from.")
    wire: WireBlock = Field(description="The agency that the page credits.")
    story: StoryBlock = Field(description="The article's story and its relation to it.")
    quality: QualityBlock = Field(description="Quality of the text and of its dates.")
    sequence: int | None = Field(
        default=None,
        description="Grows with every event of one `uri` that says something else: of two, the one"
        " with the higher number is valid. Numbers leave gaps. Absent in events of version 0.1.0.",
    )
    publisher: Publisher | None = Field(
        default=None,
        description="Who publishes the host, by the operator's table; without an entry, the host's"
        " registrable domain. Absent in events of version 0.1.0 and in takedowns.",
    )
    rights: Rights | None = Field(
        default=None,
        description="Statements about the text's use. Absent if none were found.",
    )
    hints: Hints | None = Field(
        default=None,
        description="What the crawler knew of the page before it fetched it. Absent if it sent"
        " none.",
    )
    changes: Changes | None = Field(
        default=None,
        description="What is new against the version before. Absent for a first version.",
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

    standard: Standard = Field(
        default=Standard(), description="The standard that the outer properties follow."
    )
    uri: str = Field(description="Id of the article, the same in all its versions.")
    type: Literal["text"] = Field(default="text", description="Kind of news object: `text`.")
    version: str = Field(
        description="Number of the version of the article, in digits; compare it as a number."
    )
    language: str = Field(description="Language of the text itself, BCP 47; `und` if undetermined.")
    pub_status: Literal["usable", "canceled"] = Field(
        default="usable", description="`canceled`: take the article down. Otherwise `usable`."
    )
    representation_type: Literal["full", "partial"] | None = Field(
        default=None,
        description="`partial` if the event states the article's place in its story again, without"
        " its text: it changes `copydesk.story` alone. Absent otherwise.",
    )
    headlines: tuple[Headline, ...] = Field(
        description="The headline that the reader saw, then the page's others that differ."
    )
    by: str | None = Field(
        default=None, description="Names of the authors. Absent if the page names none."
    )
    located: str | None = Field(
        default=None, description="Place in the dateline. Absent if there is none."
    )
    slugline: str | None = Field(
        default=None,
        description="An agency's name for the item. Absent so far: no version has written it.",
    )
    first_created: Moment | None = Field(
        default=None,
        description="When the article was published, as the page says; see"
        " `copydesk.quality.date_precision`. Absent if the page does not say it.",
    )
    version_created: Moment | None = Field(
        default=None,
        description="When this version was made, as the page says: its last modification, else its"
        " publication. Absent if the page says neither.",
    )
    content_created: Moment | None = Field(
        default=None, description="As `firstCreated`. Absent with it, and in takedowns."
    )
    bodies: tuple[Body, ...] = Field(
        description="The text; empty in the takedown of an earlier article."
    )
    info_sources: tuple[InfoSource, ...] = Field(
        default=(), description="The agencies that the page credits, the main one first."
    )
    copyright_holder: str | None = Field(
        default=None, description="Holder named in the copyright notice. Absent if none is named."
    )
    copyright_notice: str | None = Field(
        default=None, description="Copyright notice, as printed. Absent if there is none."
    )
    usage_terms: str | None = Field(
        default=None, description="What the notice says of use, as printed. Absent if nothing."
    )
    ed_note: str | None = Field(
        default=None,
        description="Advisory or correction lines, or the operator's reason. Absent if there is"
        " none.",
    )
    associations: tuple[Association, ...] = Field(
        default=(), description="Pictures of the article, the leading one first."
    )
    people: tuple[PersonOf, ...] = Field(default=(), description="The authors.")
    subjects: tuple[SubjectOf, ...] = Field(default=(), description="Section and keywords.")
    descriptions: tuple[Description, ...] = Field(default=(), description="The teaser.")
    genres: tuple[GenreOf, ...] = Field(default=(), description="Kinds that the page declares.")
    alt_ids: tuple[AlternativeId, ...] = Field(
        default=(), description="Identifiers of the wire story."
    )
    rights_info: RightsInfo | None = Field(
        default=None,
        description="Where rights are described, as the page says. Absent if nowhere.",
    )
    expires: Moment | None = Field(
        default=None,
        description="The page is not to be shown after this time. Absent if it names none.",
    )
    copydesk: CopydeskBlock = Field(description="What ninjs has no property for.")
