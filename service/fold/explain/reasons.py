"""Finds the rules that keep two articles from being one story, with their figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.contract.extracted import Extracted
from service.fold.assign.choice import may_be_copies
from service.fold.assign.query import OTHER_AGENCY_CONTAINMENT
from service.fold.explain.model import Agreement, Keys, Reason, ReasonCode, Score
from service.fold.state.window import WindowLimits
from service.fold.verify.features import (
    SHORT_CONTAINMENT,
    SHORT_WORDS,
    Features,
    is_conclusive,
    is_near,
)
from service.fold.verify.rewrite import (
    OWN_WORDING,
    STRETCH,
    facts_lacking,
    is_rewrite,
    longest_run,
    tells_another_story,
)
from service.fold.verify.text_record import TextRecord
from service.fold.verify.verifier import LINK, score

_LEAST_PAIRS = 2
"""Rare pairs in common that make a candidate; one shingle is enough (see `CandidateIndex.find`)."""

_NUMBER_FEATURES = ("numbers", "long_numbers", "all_numbers")
_NUMBERS_DECIDE = -0.5
_PLAIN_AGREE = 0.5
"""Different numbers are given as the reason if they added this or less to the log-odds, and this
share of the common words agrees: the sentences are alike, but not their facts."""

_MOST_FEATURES = 3
_MOST_EXAMPLES = 4


@dataclass(frozen=True, slots=True)
class ComparedText:
    """One side of a comparison: whose text, in which language (BCP 47)."""

    uri: str
    language: str
    text: TextRecord


def reasons_apart(
    first: Extracted,
    second: Extracted,
    window: WindowLimits,
    features: Features,
    keys: Keys,
    numbers: Agreement,
    weighed: Score,
) -> Iterator[Reason]:
    """Yield a reason for each rule that keeps two articles apart, those without comparison first.

    Args:
        first: the one that arrived first.
        window: of the shard.
        keys, numbers: that the texts have in common.
        weighed: what each feature added to the score.
    """
    yield from _reasons_without_comparison(first, second, window, keys)
    short = not is_conclusive(features)
    if short:
        yield Reason(
            code=ReasonCode.TOO_SHORT,
            text=f"the shorter text has {features.words} words: below {SHORT_WORDS}, half of the"
            f" word 5-grams ({SHORT_CONTAINMENT:.2f}) must agree, here {features.containment:.2f}",
            figure=round(features.containment, 4),
            threshold=SHORT_CONTAINMENT,
        )
    if not short and not is_near(features):
        yield Reason(
            code=ReasonCode.LITTLE_IN_COMMON,
            text="they have too little in common to be compared in full:"
            f" {features.containment:.2f} of the word 5-grams and {features.anchors:.2f} of the"
            " pairs of rare words",
            figure=round(features.containment, 4),
        )
    foreign = first.wire.agency is not None and bool(second.wire.agencies)
    if (
        foreign
        and first.wire.agency not in second.wire.agencies
        and features.containment < OTHER_AGENCY_CONTAINMENT
    ):
        yield Reason(
            code=ReasonCode.OTHER_AGENCY,
            text=f"they credit different agencies ({first.wire.agency},"
            f" {', '.join(second.wire.agencies)}), so {OTHER_AGENCY_CONTAINMENT:.2f} of the word"
            f" 5-grams must be in common, and {features.containment:.2f} are",
            figure=round(features.containment, 4),
            threshold=OTHER_AGENCY_CONTAINMENT,
        )
    if not short and is_near(features) and score(features) < LINK:
        yield from _model_reasons(features, numbers, weighed)


def reasons_of_rewrite(
    first: ComparedText, second: ComparedText, features: Features, *, join_rewrites: bool
) -> Iterator[Reason]:
    """Yield the reasons that keep a text and its rewrite apart.

    Args:
        join_rewrites: see `service.fold.shard.Shard`.
    """
    if first.uri == second.uri or not is_rewrite(features, first.language, second.language):
        return
    wording = (
        f"they share {features.bag:.2f} of the words and {features.threes:.2f} of the word 3-grams,"
        f" less than {OWN_WORDING:.2f} as much"
    )
    if not join_rewrites:
        yield Reason(
            code=ReasonCode.REWRITE,
            text="one rewrites the other, and rewrites join no story"
            f" (COPYDESK_REWRITES=off): {wording}",
            figure=round(features.threes / features.bag, 4),
            threshold=OWN_WORDING,
        )
    if tells_another_story(first.text, second.text):
        lacking = facts_lacking(first.text, second.text), facts_lacking(second.text, first.text)
        stretch, facts = max((longest_run(each), len(each)) for each in lacking)
        yield Reason(
            code=ReasonCode.ANOTHER_STORY,
            text=f"one of them, whose wording is its own ({wording}), has {stretch} of {facts}"
            " names and numbers in a row that the other lacks, so that it tells another story too",
            figure=stretch,
            threshold=STRETCH,
        )


def _reasons_without_comparison(
    first: Extracted, second: Extracted, window: WindowLimits, keys: Keys
) -> Iterator[Reason]:
    languages = [each.article.language.split("-")[0] for each in (first, second)]
    if not may_be_copies(*languages):
        yield Reason(
            code=ReasonCode.OTHER_LANGUAGE,
            text=f"they are in different languages ({languages[0]}, {languages[1]})",
        )
    fetched = [each.article.fetched_at for each in (first, second)]
    if fetched[0] is not None and fetched[1] is not None:
        distance, span = fetched[1] - fetched[0], window.span
        if distance > span:
            hours, most = distance.total_seconds() / 3600, span.total_seconds() / 3600
            yield Reason(
                code=ReasonCode.OUTSIDE_WINDOW,
                text=f"they were fetched {hours:.1f} hours apart, and the window is {most:g} hours",
                figure=round(hours, 2),
                threshold=most,
            )
    pairs, shingles = len(keys.rare_pairs_shared), keys.shingles_shared
    if pairs < _LEAST_PAIRS and not shingles:
        yield Reason(
            code=ReasonCode.FEW_KEYS,
            text=f"they share {pairs or 'no'} candidate rare pair{'' if pairs == 1 else 's'} and no"
            f" shingle, and are compared only if they share {_LEAST_PAIRS} pairs or one shingle",
            figure=pairs,
            threshold=_LEAST_PAIRS,
        )


def _model_reasons(features: Features, numbers: Agreement, weighed: Score) -> Iterator[Reason]:
    added = {feature.name: feature.moved or 0.0 for feature in weighed.features}
    lowered = sum(added.get(name, 0.0) for name in _NUMBER_FEATURES) <= _NUMBERS_DECIDE
    if lowered and features.plain >= _PLAIN_AGREE and numbers.only_a and numbers.only_b:
        yield Reason(
            code=ReasonCode.NUMBERS_DIFFER,
            text=f"their numbers differ: {_examples(numbers.only_a)} only in A,"
            f" {_examples(numbers.only_b)} only in B, {len(numbers.both)} in both",
            figure=_rounded(features.all_numbers),
        )
    against = sorted((step, name) for name, step in added.items() if step < 0)[:_MOST_FEATURES]
    values = {feature.name: feature.value for feature in weighed.features}
    named = ", ".join(f"{name} {_value(values[name])}" for _, name in against)
    value = score(features)
    yield Reason(
        code=ReasonCode.LOW_SCORE,
        text=f"the score is below {LINK:.2f}" + (f"; lowered most by {named}" if named else ""),
        figure=round(value, 4),
        threshold=LINK,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _value(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}"


def _examples(words: tuple[str, ...]) -> str:
    shown = ", ".join(words[:_MOST_EXAMPLES])
    more = len(words) - _MOST_EXAMPLES
    return f"{shown} and {more} more" if more > 0 else shown
