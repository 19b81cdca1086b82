"""Whose story it is, and which take of it, with the evidence."""

from enum import StrEnum

from service.events.model import Model


class AgencyClass(StrEnum):
    """What kind of house signs a text."""

    AGENCY = "agency"
    SYNDICATOR = "syndicator"
    RELEASE = "release"


class Evidence(Model):
    """One match of one rule: `text` stands at characters `span` (start, end) of `where`."""

    agency: str
    rule: str
    where: str
    text: str
    span: tuple[int, int] | None = None


class Dateline(Model):
    """The dateline as printed and its parts. The place is the bureau's, not the event's."""

    text: str
    place: str | None = None
    date: str | None = None
    agency: str | None = None


class RevisionKind(StrEnum):
    """What a wire service says it did to a story."""

    UPDATE = "update"
    WRITETHRU = "writethru"
    WRAPUP = "wrapup"
    CORRECTION = "correction"
    REFILE = "refile"
    REPEAT = "repeat"
    ADVISORY = "advisory"
    WITHDRAWAL = "withdrawal"


class Revision(Model):
    """A revision mark: its kind, its number if it bears one, and the words it was read from."""

    kind: RevisionKind
    number: int | None = None
    text: str


class Wire(Model):
    """The verdict on who wrote the article.

    Attributes:
        agency: key of the agency (`ap`, `reuters`, ...), None where none signs.
        agency_name: its name as printed in credits.
        agencies: every agency that signs, the main one first (combined credits).
        confidence: 0 to 1.
        is_original: the page is the agency's own.
        ed_note: the advisory or correction lines, as printed.
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
