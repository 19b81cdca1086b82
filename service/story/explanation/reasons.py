"""Why two articles are not one story: each rule that keeps them apart, with its figures."""

from collections.abc import Iterator

from service.events.extracted import Extracted
from service.story.assign import OTHER_AGENCY_CONTAINMENT
from service.story.compare import SHORT_CONTAINMENT, SHORT_WORDS, Features, is_near, tells
from service.story.explanation.model import Agreement, Keys, Reason, ReasonCode, Score
from service.story.judge import LINK, score
from service.story.memory import Window

_LEAST_PAIRS = 2
"""Rare pairs that make a candidate; of shingles one is enough (see `CandidateIndex.find`)."""

_OF_NUMBERS = ("numbers", "long_numbers", "all_numbers")
_NUMBERS_COUNT = -0.5
_ALIKE = 0.5
"""Differing numbers are named as the reason where they lowered the log-odds by this much, and this
share of the common words agrees: the sentences are alike, their facts are not."""

_NAMED_FEATURES = 3
_EXAMPLES = 4


def reasons_apart(
    first: Extracted,
    second: Extracted,
    window: Window,
    features: Features,
    keys: Keys,
    numbers: Agreement,
    weighed: Score,
) -> Iterator[Reason]:
    """Each rule that keeps two articles apart, those that need no comparison first.

    Args:
        first: the one that arrived first.
    """
    yield from _before_comparing(first, second, window, keys)
    short = not tells(features)
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
            text="they have too little in common to be compared closely:"
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
            text=f"they are signed by different agencies ({first.wire.agency},"
            f" {', '.join(second.wire.agencies)}): then {OTHER_AGENCY_CONTAINMENT:.2f} of the word"
            f" 5-grams must agree, here {features.containment:.2f}",
            figure=round(features.containment, 4),
            threshold=OTHER_AGENCY_CONTAINMENT,
        )
    if not short and is_near(features) and score(features) < LINK:
        yield from _by_the_model(features, numbers, weighed)


def _before_comparing(
    first: Extracted, second: Extracted, window: Window, keys: Keys
) -> Iterator[Reason]:
    languages = [each.article.language.split("-")[0] for each in (first, second)]
    if "und" not in languages and languages[0] != languages[1]:
        yield Reason(
            code=ReasonCode.OTHER_LANGUAGE,
            text=f"they are in different languages ({languages[0]}, {languages[1]})",
        )
    fetched = [each.article.fetched_at for each in (first, second)]
    if fetched[0] is not None and fetched[1] is not None:
        apart, span = fetched[1] - fetched[0], window.span
        if apart > span:
            hours, most = apart.total_seconds() / 3600, span.total_seconds() / 3600
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
            f" shingle: {_LEAST_PAIRS} pairs or one shingle would make them be compared",
            figure=pairs,
            threshold=_LEAST_PAIRS,
        )


def _by_the_model(features: Features, numbers: Agreement, weighed: Score) -> Iterator[Reason]:
    moved = {feature.name: feature.moved or 0.0 for feature in weighed.features}
    lowered = sum(moved.get(name, 0.0) for name in _OF_NUMBERS) <= _NUMBERS_COUNT
    if lowered and features.plain >= _ALIKE and numbers.only_a and numbers.only_b:
        yield Reason(
            code=ReasonCode.NUMBERS_DIFFER,
            text=f"their numbers differ: {_some(numbers.only_a)} only in A,"
            f" {_some(numbers.only_b)} only in B, {len(numbers.both)} in both",
            figure=round(features.all_numbers, 4),
        )
    against = sorted((step, name) for name, step in moved.items() if step < 0)[:_NAMED_FEATURES]
    values = {feature.name: feature.value or 0.0 for feature in weighed.features}
    named = ", ".join(f"{name} {values[name]:.2f}" for _, name in against)
    value = score(features)
    yield Reason(
        code=ReasonCode.LOW_SCORE,
        text=f"the score is below {LINK:.2f}" + (f"; most against it: {named}" if named else ""),
        figure=round(value, 4),
        threshold=LINK,
    )


def _some(words: tuple[str, ...]) -> str:
    shown = ", ".join(words[:_EXAMPLES])
    more = len(words) - _EXAMPLES
    return f"{shown} and {more} more" if more > 0 else shown
