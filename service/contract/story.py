"""Stories: where FOLD put an article and why, and the value on `stories` (compacted), the state
of one story.
"""

from enum import StrEnum
from typing import Literal

from service.contract.control import ControlAction
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
    """An update, a correction or a withdrawal that was declared without authority.

    Attributes:
        host, uri: of the article that declares it.
        at: fetch time of that article, RFC 3339; absent if the input had none.
        had_copy: True if the host's registrable domain had a copy in the story before.
    """

    kind: Literal[Relation.UPDATE, Relation.CORRECTION, Relation.WITHDRAWAL]
    host: str
    uri: str
    at: str | None = None
    had_copy: bool = False


class OperatorDecision(Model):
    """A decision of the operator about a story or one of its articles.

    Attributes:
        id, action, target, why, at: see `service.contract.control`.
        other: the second article or story of `same` and `apart`; for `original`, the uri of the
            original before.
        before: versions of articles with a lower number were placed before the decision. For
            `apart`, 0 if the article was in a story of its own already.
        ended: True if a later decision says the opposite.
    """

    id: str
    action: ControlAction
    target: str
    other: str | None = None
    why: str
    at: str
    before: int = 0
    ended: bool = False


class LinkEvidence(Model):
    """The features that the link between two articles was scored by.

    Shares are 0 to 1; one-sided shares are relative to the shorter text.

    Attributes:
        rare_pairs, shingles: number of candidate keys of each kind that the two signatures share.
        containment: share of the shorter text's word 5-grams that occur in the longer text.
        jaccard: word 5-grams in common, divided by all distinct word 5-grams of both texts.
        aligned: share of the shorter text's words in sentences aligned with one of the longer text.
        anchors: rare-pair containment.
        numbers: agreement of the numbers inside aligned sentences.
        order: share of aligned sentences that keep their order.
        length_ratio: words of this article divided by words of its parent.
    """

    rare_pairs: int
    shingles: int
    containment: float
    jaccard: float
    aligned: float
    anchors: float
    numbers: float
    order: float
    length_ratio: float


class Placement(Model):
    """The decision about one article.

    Attributes:
        parent: uri of the closest earlier article in the story.
        similarity: score of the link to the story, 0 to 1; 1 for the first article of a story.
        authority: of an update, a correction or a withdrawal; absent for other relations.
    """

    story_id: str
    relation: Relation
    parent: str | None = None
    similarity: float = 1.0
    evidence: LinkEvidence | None = None
    authority: Authority | None = None


class StoryStatus(StrEnum):
    """Status of a story."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class OriginalOfStory(Model):
    """The article chosen as the original.

    Attributes:
        why: `agency_host`: it is on its agency's own host. `named_by_copies`: copies on two other
            registrable domains declare it their original. `earliest_published`: it declares the
            earliest time of publication, and was not seen much later than the others.
            `earliest_seen`: it was fetched before the others. `first_arrived`: it came to FOLD
            first, and whether it was fetched first is not known. `operator`: the operator chose it.
        basis: `seen` if that is what the crawl saw (`agency_host`, `earliest_seen`,
            `first_arrived`), `claimed` if it is what pages say, `operator` if the operator chose
            it. Absent in states written by versions that did not have it.
    """

    uri: str
    host: str
    why: str
    basis: Literal["seen", "claimed", "operator"] | None = None


class StoryEvent(Model):
    """The current state of one story.

    Attributes:
        original_uri, original_host: those of `original` again, for readers that take flat
            properties only. Always there on `stories`, absent in FOLD's state.
        copies: number of articles in the story besides the original.
        hosts: distinct hosts, sorted, at most `HOSTS_KEPT`.
        host_count: number of distinct hosts, including those not listed in `hosts`.
        first_seen, last_seen: fetch times, RFC 3339; absent if the input had none.
        revision: incremented by each update, correction or withdrawal.
        merged_into: id of the story that this one was merged into, if any.
        agency_verified: True if the original is on its agency's own host: the attribution of
            copies that credit this agency is then confirmed.
        claims: declared without authority, see `Authority`; at most `CLAIMS_KEPT`, one of a kind
            for each registrable domain.
        decisions: of the operator, in the order in which FOLD carried them out.
        boilerplate: True if a short text stands on many sites of which none says when, by whom or
            from which agency: as walls and error pages do. Absent otherwise.
    """

    id: str
    language: str
    agency: str | None = None
    headline: str
    original: OriginalOfStory
    original_uri: str | None = None
    original_host: str | None = None
    copies: int
    hosts: tuple[str, ...]
    host_count: int
    first_seen: str | None = None
    last_seen: str | None = None
    revision: int = 0
    status: StoryStatus = StoryStatus.ACTIVE
    merged_into: str | None = None
    agency_verified: bool = False
    claims: tuple[Claim, ...] = ()
    decisions: tuple[OperatorDecision, ...] = ()
    boilerplate: bool | None = None


HOSTS_KEPT = 100
CLAIMS_KEPT = 20
