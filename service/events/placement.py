"""Where FOLD put an article: which story, as what, and why."""

from enum import StrEnum

from service.events.model import Model


class Relation(StrEnum):
    """How an article relates to the original of its story."""

    ORIGINAL = "original"
    VERBATIM = "verbatim"
    TRIMMED = "trimmed"
    EDITED = "edited"
    SPUN = "spun"
    TRANSLATED = "translated"
    UPDATE = "update"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


class LinkEvidence(Model):
    """The features a link was decided by; shares are 0 to 1, of the shorter text where one-sided.

    Attributes:
        rare_pairs, shingles: how many candidate keys the two signatures share.
        containment: word 5-grams of the shorter found in the longer.
        jaccard: word 5-grams in common over all.
        aligned: words of the shorter that stand in a sentence with a partner in the longer.
        anchors: rare-pair containment.
        numbers: agreement of the numbers inside aligned sentences.
        order: share of aligned sentences that keep their order.
        length_ratio: words of this article over words of its parent.
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
    """The decision. `similarity` is the link's score, 1 for the first of a story; `parent` is the
    uri of the closest article known before."""

    story_id: str
    relation: Relation
    parent: str | None = None
    similarity: float = 1.0
    evidence: LinkEvidence | None = None
