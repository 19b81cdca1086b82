"""Stories: where FOLD put an article and why, and the value on `stories` (compacted), the state
of one story.
"""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from service.contract.control import ControlAction
from service.contract.moment import Moment
from service.contract.serde import Model


class Relation(StrEnum):
    """How an article relates to the original of its story.

    `spun` is the original's text in other words, sentence by sentence, as translating it there and
    back makes it. `rewritten` has the original's facts in wording of its own, as a language model
    writes them anew; readers may want to leave these out.
    """

    ORIGINAL = "original"
    VERBATIM = "verbatim"
    TRIMMED = "trimmed"
    EDITED = "edited"
    SPUN = "spun"
    REWRITTEN = "rewritten"
    TRANSLATED = "translated"
    UPDATE = "update"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


class Authority(StrEnum):
    """On what an update, a correction or a withdrawal acts beyond the article that declares it.

    `agency`: its host is its agency's own. `original`: its host is that of the story's original,
    whose text is not credited to somebody else. `trusted`: the operator trusts its host.
    `operator`: the operator decided. `claimed`: on none of these; it changes only the article that
    declares it, and is listed in the story's `claims`.
    """

    OPERATOR = "operator"
    AGENCY = "agency"
    ORIGINAL = "original"
    TRUSTED = "trusted"
    CLAIMED = "claimed"


class Claim(Model):
    """An update, a correction or a withdrawal that was declared without authority."""

    kind: Literal[Relation.UPDATE, Relation.CORRECTION, Relation.WITHDRAWAL] = Field(
        description="What was declared: `update`, `correction` or `withdrawal`."
    )
    host: str = Field(description="Host of the article that declares it.")
    uri: str = Field(description="Uri of that article.")
    at: Moment | None = Field(
        default=None, description="Time of fetch of that article. Absent if the input had none."
    )
    had_copy: bool = Field(
        default=False,
        description="True if the host's registrable domain had a copy in the story before.",
    )


class OperatorDecision(Model):
    """A decision of the operator about a story or one of its articles."""

    id: str = Field(description="Id of the decision, hexadecimal.")
    action: ControlAction = Field(
        description="`withdraw`, `reinstate`, `same`, `apart` or `original`."
    )
    target: str = Field(description="Uri of the article, or id of the story.")
    other: str | None = Field(
        default=None,
        description="Second article or story of `same` and `apart`; for `original`, uri of the"
        " original before. Absent for other actions.",
    )
    why: str = Field(description="The operator's reason.")
    at: Moment = Field(description="Time of the decision, by the clock of the command.")
    before: int = Field(
        default=0,
        description="Versions of articles with a lower number were placed before the decision;"
        " for `apart`, 0 if the article was in a story of its own already.",
    )
    ended: bool = Field(default=False, description="True if a later decision says the opposite.")
    sequence: int | None = Field(
        default=None,
        description="`copydesk.sequence` of the events on `articles` that it gave. Absent in"
        " decisions that version 0.1.0 carried out.",
    )


class LinkEvidence(Model):
    """The features that the link between two articles was scored by."""

    rare_pairs: int = Field(
        description="Rare pairs of words that the two signatures share. Unit: keys."
    )
    shingles: int = Field(
        description="Runs of five words that the two signatures share. Unit: keys."
    )
    containment: float = Field(
        description="Share of the shorter text's runs of five words that occur in the longer one."
        " Unit: 0 to 1."
    )
    jaccard: float = Field(
        description="Runs of five words in common, divided by all distinct ones of both texts."
        " Unit: 0 to 1."
    )
    aligned: float = Field(
        description="Share of the shorter text's words in sentences aligned with one of the"
        " longer text. Unit: 0 to 1."
    )
    anchors: float = Field(
        description="Share of the shorter text's rare pairs that the longer one has. Unit: 0 to 1."
    )
    numbers: float = Field(
        description="Agreement of the numbers inside aligned sentences. Unit: 0 to 1."
    )
    order: float = Field(
        description="Share of aligned sentences that keep their order. Unit: 0 to 1."
    )
    length_ratio: float = Field(description="Words of this article divided by words of its parent.")
    words_kept: float | None = Field(
        default=None,
        description="Share of the parent's wording that this article has: of the runs of five words"
        " of the parent, those that stand here too. Unit: 0 to 1. Absent if the parent has no five"
        " words.",
    )
    words_of_parent: float | None = Field(
        default=None,
        description="Share of this article's wording that is the parent's: of the runs of five"
        " words of this article, those that stand in the parent too. Unit: 0 to 1. Absent if the"
        " article has no five words.",
    )
    wire_id: bool | None = Field(
        default=None,
        description="True if both carry one wire story's identifier and their texts agree. Absent"
        " otherwise.",
    )


class Placement(Model):
    """The decision about one article."""

    story_id: str = Field(description="Id of the story.")
    relation: Relation = Field(description="What the article is in its story.")
    parent: str | None = Field(
        default=None,
        description="Uri of the closest earlier article in the story. Absent if there is none.",
    )
    similarity: float = Field(
        default=1.0,
        description="Score of the link to the story; 1 for its first article. Unit: 0 to 1.",
    )
    evidence: LinkEvidence | None = Field(
        default=None, description="What the link was scored by. Absent if there is no link."
    )
    authority: Authority | None = Field(
        default=None,
        description="Of an update, a correction or a withdrawal. Absent for other relations.",
    )


class StoryStatus(StrEnum):
    """Status of a story."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class OriginalOfStory(Model):
    """The article chosen as the original."""

    uri: str = Field(description="Uri of the article.")
    host: str = Field(description="Its host.")
    why: str = Field(
        description="`agency_host`: it is on its agency's own host. `named_by_copies`: copies on"
        " two other registrable domains declare it their original. `earliest_published`: it"
        " declares the earliest time of publication, and was not seen much later than the others."
        " `earliest_seen`: it was fetched before the others. `first_arrived`: it came to FOLD"
        " first, and whether it was fetched first is not known. `operator`: the operator chose"
        " it."
    )
    basis: Literal["seen", "claimed", "operator"] | None = Field(
        default=None,
        description="`seen` if that is what the crawl saw (`agency_host`, `earliest_seen`,"
        " `first_arrived`), `claimed` if it is what pages say, `operator` if the operator chose"
        " it. Absent in states written by versions that did not have it.",
    )


class RelationCount(Model):
    """How many copies of a story have one relation to its original."""

    relation: Relation = Field(description="See `Relation`.")
    copies: int = Field(description="Number of articles.")


class StoryEvent(Model):
    """The current state of one story."""

    id: str = Field(description="Id of the story, also the key of the record.")
    language: str = Field(description="Language of its articles, BCP 47.")
    agency: str | None = Field(
        default=None,
        description="Key of the agency that its original credits. Absent if none is credited.",
    )
    headline: str = Field(description="Headline of the original.")
    original: OriginalOfStory = Field(description="The article chosen as the original.")
    original_uri: str | None = Field(
        default=None,
        description="`original.uri` again, for readers that take flat properties only. Absent in"
        " records of version 0.1.0.",
    )
    original_host: str | None = Field(
        default=None,
        description="`original.host` again, likewise. Absent in records of version 0.1.0.",
    )
    copies: int = Field(description="Articles in the story besides the original. Unit: articles.")
    hosts: tuple[str, ...] = Field(description="Distinct hosts, sorted; at most 100.")
    host_count: int = Field(
        description="Distinct hosts, including those not listed in `hosts`. Unit: hosts."
    )
    first_seen: Moment | None = Field(
        default=None,
        description="Time of fetch of the first article. Absent if the input had none.",
    )
    last_seen: Moment | None = Field(
        default=None, description="Time of fetch of the last article. Absent if the input had none."
    )
    revision: int = Field(
        default=0, description="Grows with each update, correction or withdrawal."
    )
    status: StoryStatus = Field(
        default=StoryStatus.ACTIVE,
        description="`active`, `withdrawn`, or `merged` into another story.",
    )
    merged_into: str | None = Field(
        default=None,
        description="Id of the story that this one was merged into. Absent unless it was.",
    )
    agency_verified: bool = Field(
        default=False,
        description="True if the original is on its agency's own host: the attribution of copies"
        " that credit this agency is then confirmed.",
    )
    claims: tuple[Claim, ...] = Field(
        default=(),
        description="Declared without authority; at most 20, one of a kind for each registrable"
        " domain.",
    )
    decisions: tuple[OperatorDecision, ...] = Field(
        default=(), description="Of the operator, in the order in which they were carried out."
    )
    boilerplate: bool | None = Field(
        default=None,
        description="True if a short text stands on many sites of which none says when, by whom"
        " or from which agency, as walls and error pages do. Absent otherwise.",
    )
    copies_by_relation: tuple[RelationCount, ...] = Field(
        default=(),
        description="Number of copies by relation, in the order of `Relation`, each that occurs."
        " Without repeats: of articles of one host with one text one counts, and none if one of"
        " them is the original.",
    )
    publisher_count: int | None = Field(
        default=None,
        description="Distinct publishers of all articles, the original's included, by the"
        " operator's table when each was read; without an entry a registrable domain is one.",
    )
    owner_count: int | None = Field(
        default=None,
        description="Distinct owners, likewise; a publisher without one is its own.",
    )
    repeats: int | None = Field(
        default=None,
        description="Articles whose text stands under another address of their host already. They"
        " raise `copies` only.",
    )
    cites: tuple[str, ...] = Field(
        default=(),
        description="Uris of known articles that articles of the story link to; no copies.",
    )


HOSTS_KEPT = 100
CLAIMS_KEPT = 20
