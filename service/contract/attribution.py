"""Attribution of an article: its agency and its revision, with the evidence."""

from enum import StrEnum

from pydantic import Field

from service.contract.serde import Model
from service.contract.wire_id import WireId


class AgencyClass(StrEnum):
    """Kind of organisation that a text is attributed to."""

    AGENCY = "agency"
    SYNDICATOR = "syndicator"
    RELEASE = "release"


class Evidence(Model):
    """One match of one rule."""

    agency: str = Field(description="Key of the agency that it speaks for.")
    rule: str = Field(description="Name of the rule that matched.")
    where: str = Field(description="Place on the page: `dateline`, `byline`, `jsonld.author`, ...")
    text: str = Field(description="The words that matched, as printed.")
    span: tuple[int, int] | None = Field(
        default=None,
        description="First character of the match in its place, and the one after its last. Unit:"
        " Unicode characters. Absent if it is not in a text.",
    )


class Dateline(Model):
    """The dateline of a text, and its parts."""

    text: str = Field(description="As printed.")
    place: str | None = Field(
        default=None,
        description="The bureau's location, not the event's. Absent if none is printed.",
    )
    date: str | None = Field(default=None, description="Day, as printed. Absent if none is.")
    agency: str | None = Field(
        default=None, description="Key of the agency. Absent if none is printed."
    )


class RevisionKind(StrEnum):
    """Kind of revision that a wire service declares."""

    UPDATE = "update"
    WRITETHRU = "writethru"
    WRAPUP = "wrapup"
    CORRECTION = "correction"
    REFILE = "refile"
    REPEAT = "repeat"
    ADVISORY = "advisory"
    WITHDRAWAL = "withdrawal"


class Revision(Model):
    """A revision that the article declares."""

    kind: RevisionKind = Field(description="What the text declares itself to be.")
    number: int | None = Field(
        default=None, description="Number of the revision. Absent if none is printed."
    )
    text: str = Field(description="The words that declare it, as printed.")


class Wire(Model):
    """The attribution of an article, as the page claims it; `verified` of the event says what
    confirms it."""

    agency: str | None = Field(
        default=None,
        description="Key of the main credited agency: `ap`, `reuters`. Absent if none is credited.",
    )
    agency_name: str | None = Field(
        default=None, description="Its name, as printed in credits. Absent if none is credited."
    )
    agency_class: AgencyClass | None = Field(
        default=None, description="Its kind. Absent if none is credited."
    )
    agencies: tuple[str, ...] = Field(
        default=(), description="Keys of all credited agencies, the main one first."
    )
    confidence: float = Field(
        default=0.0, description="How surely the page claims the agency. Unit: 0 to 1."
    )
    is_original: bool = Field(
        default=False, description="True if the page is on the agency's own site."
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
    ed_note: str | None = Field(
        default=None,
        description="Advisory or correction lines, as printed. Absent if there are none.",
    )
    ids: tuple[WireId, ...] = Field(default=(), description="Identifiers of the wire story.")
