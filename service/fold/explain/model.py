"""The model of an explanation of two articles, as printed by `copydesk explain --json`."""

from enum import StrEnum
from typing import Literal

from service.contract.attribution import Evidence, Revision
from service.contract.serde import Model
from service.contract.story import Relation
from service.contract.translations import Why

Side = Literal["a", "b"]


class ReasonCode(StrEnum):
    """The rule that decided, or would have decided, whether two articles are one story."""

    OTHER_LANGUAGE = "other_language"
    OUTSIDE_WINDOW = "outside_window"
    OTHER_AGENCY = "other_agency"
    REWRITE = "rewrite"
    ANOTHER_STORY = "another_story"
    TOO_SHORT = "too_short"
    FEW_KEYS = "few_keys"
    LITTLE_IN_COMMON = "little_in_common"
    NUMBERS_DIFFER = "numbers_differ"
    LOW_SCORE = "low_score"
    SAME_PAGE = "same_page"
    WITHDRAWAL = "withdrawal"
    OTHER_RULE = "other_rule"


class Reason(Model):
    """One rule that decided.

    Attributes:
        text: the rule and what was found, in words.
        figure: the number found.
        threshold: the number from which the rule would have decided otherwise.
    """

    code: ReasonCode
    text: str
    figure: float | None = None
    threshold: float | None = None


class Verdict(Model):
    """The decision of FOLD on the two articles, if it has seen no others.

    Attributes:
        summary: one line.
        score: probability that they are copies of one story, from the model; 0 if it was not used.
        threshold: least score of copies.
        first: the one that arrived first: by fetch time, else the one given first.
        relation: relation of the copy to the other; None if they are not one story.
        copy_side: the one that is the copy, the update or the withdrawal.
        original: the one that is considered the original.
        original_why: the reason for that.
        reasons: why they are not one story; or why they are, although the score or a rule is
            against it.
    """

    same_story: bool
    summary: str
    score: float
    threshold: float
    first: Side
    relation: Relation | None = None
    copy_side: Side | None = None
    original: Side | None = None
    original_why: str | None = None
    reasons: tuple[Reason, ...] = ()


class StoredPlacement(Model):
    """How FOLD placed the article among all others, from its event, and what LINK says of its
    story.

    Attributes:
        translations: ids of the stories in other languages; None if nothing is said of them.
        translation_of: the one of them that the story is a translation of; None if that is not
            decided.
        why: what decided that.
    """

    story_id: str
    relation: Relation
    parent: str | None = None
    similarity: float
    translations: tuple[str, ...] | None = None
    translation_of: str | None = None
    why: Why | None = None


class ExplainedArticle(Model):
    """One of the two articles.

    Attributes:
        source: where it was found, for people.
        evidence: for the agency.
        words: number of tokens compared.
        cut: True if the text has more tokens than can be compared.
        text: the text that was signed: without dateline, credits and text added by the outlet.
    """

    source: str
    uri: str
    url: str
    host: str
    title: str
    language: str
    fetched_at: str | None = None
    published: str | None = None
    agency: str | None = None
    agency_name: str | None = None
    confidence: float = 0.0
    agencys_own_page: bool = False
    evidence: tuple[Evidence, ...] = ()
    revision: Revision | None = None
    words: int
    cut: bool = False
    stored: StoredPlacement | None = None
    text: str


class FeatureShare(Model):
    """One feature of the pair.

    Attributes:
        value: None if it was not computed, since the texts have too little in common.
        meaning: what it is a share of, or the number of.
        moved: what it added to the log-odds of the score; None if the model was not used.
    """

    name: str
    value: float | None = None
    meaning: str
    moved: float | None = None


class Score(Model):
    """How the score was computed.

    Attributes:
        model_asked: True if the model was used; if not, the score is 0.
        start: log-odds before any feature.
        log_odds: `start` plus what all features added.
    """

    model_asked: bool
    start: float | None = None
    log_odds: float | None = None
    features: tuple[FeatureShare, ...]


class SharedPair(Model):
    """A candidate key of both signatures: two rare words near each other.

    Attributes:
        a, b: the words as printed in each text.
    """

    key: int
    a: tuple[str, str]
    b: tuple[str, str]


class Keys(Model):
    """The candidate keys of each article, and those of both."""

    rare_pairs_a: int
    rare_pairs_b: int
    rare_pairs_shared: tuple[SharedPair, ...]
    shingles_a: int
    shingles_b: int
    shingles_shared: int


class Agreement(Model):
    """Numbers or names that both texts have, as printed in each, and those that only one has."""

    both: tuple[tuple[str, str], ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


class Stretch(Model):
    """Part of a sentence.

    Attributes:
        shared: True if the aligned sentences of the other text have its words too.
    """

    text: str
    shared: bool


class AlignedSentences(Model):
    """Sentences of A aligned with sentences of B; one side is empty if the other has no partner.

    Attributes:
        a, b: the sentences, each in parts.
        numbers_a, numbers_b: their numbers in the text, from 0.
        found: share of the words' weight that is on both sides, of the side with the lower share;
            0 if one side is empty.
    """

    a: tuple[tuple[Stretch, ...], ...]
    b: tuple[tuple[Stretch, ...], ...]
    numbers_a: tuple[int, ...]
    numbers_b: tuple[int, ...]
    found: float


class Explanation(Model):
    """Two articles side by side, and why they are one story or not.

    Attributes:
        stored_together: True if their events are in one story, where FOLD has seen all other
            articles too; None if they do not come from events.
    """

    verdict: Verdict
    a: ExplainedArticle
    b: ExplainedArticle
    stored_together: bool | None = None
    score: Score
    keys: Keys
    numbers: Agreement
    names: Agreement
    sentences: tuple[AlignedSentences, ...]
