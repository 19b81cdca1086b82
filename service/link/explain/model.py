"""The model of an explanation of two texts in two languages, as `copydesk explain --json` has it
under `translation`."""

from enum import StrEnum
from typing import Literal

from service.contract.serde import Model
from service.contract.translations import Why
from service.fold.explain.model import Agreement, Score, Side

Common = Literal["number", "name", "word"]


class LinkReasonCode(StrEnum):
    """The rule that keeps two texts from being linked."""

    SAME_LANGUAGE = "same_language"
    TOO_SHORT = "too_short"
    OTHER_AGENCY = "other_agency"
    FEW_KEYS = "few_keys"
    FEW_FACTS = "few_facts"
    OTHER_ORDER = "other_order"
    LOW_SCORE = "low_score"
    OTHER_RULE = "other_rule"


class LinkReason(Model):
    """One rule that decided.

    Attributes:
        text: the rule and what was found, in words.
        figure: the number found.
        threshold: the number from which the rule would have decided otherwise.
    """

    code: LinkReasonCode
    text: str
    figure: float | None = None
    threshold: float | None = None


class SharedWord(Model):
    """A word of both texts.

    Attributes:
        a, b: as printed first in each.
        english: what the lexicon calls both; English words are without their endings.
    """

    a: str
    b: str
    english: str


class Run(Model):
    """Part of a sentence; `mark` says as what the sentences beside it have it too."""

    text: str
    mark: Common | None = None


class SentencesBeside(Model):
    """Sentences of A and what is told in them in B; one side is empty if the other has no partner.

    Attributes:
        a, b: the sentences, each in parts.
        numbers_a, numbers_b: their numbers in the text, from 0.
        found: share of the weight of the lighter side that is on both; 0 if one side is empty, or
            if the two are beside each other by their place between others alone.
    """

    a: tuple[tuple[Run, ...], ...]
    b: tuple[tuple[Run, ...], ...]
    numbers_a: tuple[int, ...]
    numbers_b: tuple[int, ...]
    found: float


class TextsBeside(Model):
    """Two texts, and what they have in common.

    Attributes:
        numbers, names: in both, as printed in each, and in one only.
        words: of both, the rarest first.
        sentences: every sentence of both texts once.
    """

    numbers: Agreement
    names: Agreement
    words: tuple[SharedWord, ...]
    sentences: tuple[SentencesBeside, ...]


class TranslationVerdict(Model):
    """What LINK says of two texts, if it has seen no others.

    Attributes:
        summary: one line.
        score: how likely one is a translation of the other, from the model, 0 to 1.
        threshold: least score of a link.
        reasons: why they are not linked.
        source: the side that the other is a translation of, if they are linked; None if that is
            not decided.
        why: what decided that, as in the event.
    """

    linked: bool
    summary: str
    score: float
    threshold: float
    reasons: tuple[LinkReason, ...] = ()
    source: Side | None = None
    why: Why | None = None


class TranslationExplanation(Model):
    """Two texts in two languages, and why they are linked or not.

    Attributes:
        words_a, words_b: number of tokens of each text.
        keys_a, keys_b, keys_shared: by which translations are found.
        features: with what each added to the score.
    """

    verdict: TranslationVerdict
    words_a: int
    words_b: int
    keys_a: int
    keys_b: int
    keys_shared: int
    features: Score
    beside: TextsBeside
