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
    """One match of one rule: `text` was found at characters `span` (start, end) of `where`."""

    agency: str
    rule: str
    where: str
    text: str
    span: tuple[int, int] | None = None


class Dateline(Model):
    """The dateline as printed, and its parts. `place` is the bureau's location, not the event's."""

    text: str
    place: str | None = None
    date: str | None = None
    agency: str | None = None


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
    """A revision declared in the article: its kind, its number if printed, and the matched text."""

    kind: RevisionKind
    number: int | None = None
    text: str


class Wire(Model):
    """The attribution of an article.

    Attributes:
        agency: key of the agency (`ap`, `reuters`, ...); None if no agency is credited.
        agency_name: the agency's name as printed in credits.
        agencies: keys of all credited agencies, the main one first (combined credits).
        confidence: how surely the page *claims* the agency, 0 to 1; see `verified` of the event for
            whether that is confirmed.
        is_original: True if the page is on the agency's own site.
        ed_note: advisory or correction lines, as printed.
    """

    agency: str | None = None
    agency_name: str | None = None
    agency_class: AgencyClass | None = None
    agencies: tuple[str, ...] = ()
    confidence: float = 0.0
    is_original: bool = False
    evidence: tuple[Evidence, ...] = ()
    dateline: Dateline | None = None
    revision: Revision | None = None
    ed_note: str | None = None
    ids: tuple[WireId, ...] = Field(default=(), description="Identifiers of the wire story.")
