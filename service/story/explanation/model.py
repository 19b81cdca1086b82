"""The explanation of a pair of articles: what `copydesk explain --json` prints."""

from enum import StrEnum
from typing import Literal

from service.events.model import Model
from service.events.placement import Relation
from service.events.wire import Evidence, Revision

Side = Literal["a", "b"]


class ReasonCode(StrEnum):
    """Why two articles are not one story, or what else decided."""

    OTHER_LANGUAGE = "other_language"
    OUTSIDE_WINDOW = "outside_window"
    OTHER_AGENCY = "other_agency"
    TOO_SHORT = "too_short"
    FEW_KEYS = "few_keys"
    LITTLE_IN_COMMON = "little_in_common"
    NUMBERS_DIFFER = "numbers_differ"
    LOW_SCORE = "low_score"
    SAME_PAGE = "same_page"
    WITHDRAWAL = "withdrawal"
    OTHER_RULE = "other_rule"


class Reason(Model):
    """One rule that decided, in words, with what was found and what would have been enough."""

    code: ReasonCode
    text: str
    figure: float | None = None
    threshold: float | None = None


class Verdict(Model):
    """What FOLD makes of the two, had it seen nothing else.

    Attributes:
        summary: one line.
        score: the model's likelihood that they are copies of one story; 0 where it was not asked.
        threshold: the score from which they are.
        first: which arrived first: by fetch time, else as given.
        relation: what the copy is to the other; None where they are not one story.
        copy_side: which of them is the copy, the update or the withdrawal.
        original: which is taken for the original, and why.
        reasons: why they are not one story; or why they are although the score alone would not do.
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


class StoredPlace(Model):
    """Where FOLD put the article when it saw it among all others: from its event."""

    story_id: str
    relation: Relation
    parent: str | None = None
    similarity: float


class Signed(Model):
    """One of the two articles.

    Attributes:
        evidence: what says whose text it is.
        words: as many tokens as were compared; `cut` where the text has more.
        text: what was signed: without dateline, credits and what outlets add around.
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
    stored: StoredPlace | None = None
    text: str


class FeatureShare(Model):
    """One feature of the pair.

    `value` is None where the texts have too little in common for it to be looked at. `moved` is by
    how much it moved the log-odds of the score, up for a copy; None where the model was not asked.
    """

    name: str
    value: float | None = None
    meaning: str
    moved: float | None = None


class Score(Model):
    """How the score came about: `start` and all that the features moved add up to `log_odds`."""

    model_asked: bool
    start: float | None = None
    log_odds: float | None = None
    features: tuple[FeatureShare, ...]


class SharedPair(Model):
    """A candidate key of both signatures: two rare words near each other, as each text prints
    them."""

    key: int
    a: tuple[str, str]
    b: tuple[str, str]


class Keys(Model):
    """Candidate keys: how many each article has, how many both have."""

    rare_pairs_a: int
    rare_pairs_b: int
    rare_pairs_shared: tuple[SharedPair, ...]
    shingles_a: int
    shingles_b: int
    shingles_shared: int


class Agreement(Model):
    """Numbers or names that both texts have, as each prints them, and those that only one has."""

    both: tuple[tuple[str, str], ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


class Run(Model):
    """A stretch of a sentence; `shared` where its words stand in the partner too."""

    text: str
    shared: bool


class AlignedSentences(Model):
    """Sentences of the two texts that say the same; one side is empty where the other stands alone.

    Attributes:
        a, b: the sentences, each as stretches of text.
        numbers_a, numbers_b: which sentences these are, from 0.
        found: share of the weight of the words that stand on both sides, of the side that has less
            in common; 0 where one side is empty.
    """

    a: tuple[tuple[Run, ...], ...]
    b: tuple[tuple[Run, ...], ...]
    numbers_a: tuple[int, ...]
    numbers_b: tuple[int, ...]
    found: float


class Explanation(Model):
    """Two articles, side by side, and why they are one story or not.

    `stored_together` is what FOLD did with their events when it saw them among all others.
    """

    verdict: Verdict
    a: Signed
    b: Signed
    stored_together: bool | None = None
    score: Score
    keys: Keys
    numbers: Agreement
    names: Agreement
    sentences: tuple[AlignedSentences, ...]
