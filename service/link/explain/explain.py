"""Explains why two texts in two languages are linked or not, from their texts alone."""

from collections.abc import Iterator
from dataclasses import astuple

import numpy as np

from service.fold.explain.features import contributions
from service.fold.explain.model import FeatureShare, Score
from service.link import guards
from service.link.explain.beside import put_beside
from service.link.explain.located import Located, locate_concepts
from service.link.explain.model import (
    LinkReason,
    LinkReasonCode,
    TextsBeside,
    TranslationExplanation,
    TranslationVerdict,
)
from service.link.features import LinkFeatures, compare_concepts
from service.link.original import Source
from service.link.story import LinkStory, link_story
from service.link.verifier import LINKED, NAMES, link_score, link_verifier
from service.text.concepts.packed import pack_concepts, unpack_concepts


def explain_translation(
    a: str,
    b: str,
    language_a: str,
    language_b: str,
    *,
    agency_a: str | None = None,
    agency_b: str | None = None,
    source: Source | None = None,
) -> TranslationExplanation:
    """Return two texts side by side, and why LINK takes one for a translation of the other or not.

    The verdict is that of a window with these two alone. Among other stories, the other may not be
    compared: too many share more keys, or many have the keys that the two share.

    Args:
        language_a, language_b: BCP 47 tags.
        agency_a, agency_b: keys of the agencies that are credited.
        source: which side is the original, see `service.link.original`; None if that is open.
    """
    located = locate_concepts(a, language_a), locate_concepts(b, language_b)
    one = _as_linked("a", located[0], language_a, agency_a)
    other = _as_linked("b", located[1], language_b, agency_b)
    keys = len(np.intersect1d(one.keys, other.keys))
    features = compare_concepts(one.concepts, other.concepts, keys)
    score = round(link_score(features), 4)
    return TranslationExplanation(
        verdict=_verdict(one, other, keys, features, score, source),
        words_a=one.concepts.words,
        words_b=other.concepts.words,
        keys_a=len(one.keys),
        keys_b=len(other.keys),
        keys_shared=keys,
        features=_weighed(features),
        beside=put_beside(*located),
    )


def _as_linked(id: str, text: Located, language: str, agency: str | None) -> LinkStory:
    """A text as LINK gets it: packed, which leaves words out of long texts."""
    return link_story(id, unpack_concepts(pack_concepts(text.concepts)), language, agency)


def texts_beside(a: str, b: str, language_a: str, language_b: str) -> TextsBeside:
    """Return two texts side by side, without a verdict: what an explanation has under `beside`."""
    return put_beside(locate_concepts(a, language_a), locate_concepts(b, language_b))


def _verdict(
    one: LinkStory,
    other: LinkStory,
    keys: int,
    features: LinkFeatures,
    score: float,
    source: Source | None,
) -> TranslationVerdict:
    linked = (
        guards.may_be_linked(one, other)
        and keys >= guards.keys_needed(one, other)
        and guards.has_facts_in_order(features)
        and score >= LINKED
    )
    verdict = TranslationVerdict(linked=linked, summary="", score=score, threshold=LINKED)
    if linked:
        found: dict[str, object] = {"summary": f"translation: score {score:.2f}"}
        if source is not None:
            found |= {"source": "a" if source.first else "b", "why": source.why}
        return verdict.model_copy(update=found)
    reasons = tuple(_reasons(one, other, keys, features, score)) or (
        LinkReason(code=LinkReasonCode.OTHER_RULE, text="another rule keeps them apart"),
    )
    summary = f"no translation: score {score:.2f}, because {reasons[0].text}"
    return verdict.model_copy(update={"summary": summary, "reasons": reasons})


def _reasons(
    one: LinkStory, other: LinkStory, keys: int, features: LinkFeatures, score: float
) -> Iterator[LinkReason]:
    """Yield a reason for each rule that keeps two texts apart, first those without comparison."""
    if one.language == other.language:
        yield LinkReason(
            code=LinkReasonCode.SAME_LANGUAGE,
            text=f"they are in one language ({one.language}): copies are FOLD's to find",
        )
    words = min(one.concepts.words, other.concepts.words)
    if words < guards.LEAST_WORDS:
        yield LinkReason(
            code=LinkReasonCode.TOO_SHORT,
            text=f"the shorter text has {words} words, and {guards.LEAST_WORDS} are needed",
            figure=words,
            threshold=guards.LEAST_WORDS,
        )
    if one.agency is not None and other.agency is not None and one.agency != other.agency:
        yield LinkReason(
            code=LinkReasonCode.OTHER_AGENCY,
            text=f"they credit different agencies ({one.agency}, {other.agency})",
        )
    needed = guards.keys_needed(one, other)
    if keys < needed:
        yield LinkReason(
            code=LinkReasonCode.FEW_KEYS,
            text=f"they share {keys or 'no'} key{'' if keys == 1 else 's'}, and are compared only"
            f" if they share {needed}",
            figure=keys,
            threshold=needed,
        )
    numbers, names = features.common_numbers, features.common_names
    if numbers < guards.LEAST_NUMBERS and names < guards.LEAST_NAMES:
        yield LinkReason(
            code=LinkReasonCode.FEW_FACTS,
            text=f"they have {numbers or 'no'} number{'' if numbers == 1 else 's'} and"
            f" {names or 'no'} name{'' if names == 1 else 's'} in common, and words alone are the"
            " topic",
        )
    if features.order is not None and features.order < guards.LEAST_ORDER:
        yield LinkReason(
            code=LinkReasonCode.OTHER_ORDER,
            text=f"{features.order:.2f} of what each has once stands in the same order, and"
            f" {guards.LEAST_ORDER:.2f} must",
            figure=round(features.order, 4),
            threshold=guards.LEAST_ORDER,
        )
    if score < LINKED:
        yield LinkReason(
            code=LinkReasonCode.LOW_SCORE,
            text=f"the score is below {LINKED:.2f}{_lowered_by(features)}",
            figure=score,
            threshold=LINKED,
        )


def _lowered_by(features: LinkFeatures) -> str:
    """The features that lowered the score most, in words."""
    moved = sorted(
        (each.moved or 0.0, each.name, each.value) for each in _weighed(features).features
    )
    named = ", ".join(
        f"{name} {'unknown' if value is None else f'{value:.2f}'}"
        for step, name, value in moved[:_MOST_NAMED]
        if step < 0
    )
    return f"; lowered most by {named}" if named else ""


_MOST_NAMED = 3
"""Features that are named as a reason."""

MEANINGS = {
    "words": "weight of the shorter text's words that the longer has",
    "names": "weight of the shorter text's names that the longer has",
    "numbers": "weight of the shorter text's numbers that the longer has",
    "long_words": "weight of the longer text's words that the shorter has",
    "long_names": "weight of the longer text's names that the shorter has",
    "long_numbers": "weight of the longer text's numbers that the shorter has",
    "cosine": "cosine of the weights of all concepts of both",
    "common_words": "how many different words both have",
    "common_names": "how many different names both have",
    "common_numbers": "how many different numbers both have",
    "common_weight": "weight of all that both have",
    "order": "what each has once, in the same order",
    "soft": "weight of the shorter text's sentences found in their best places",
    "covered": "sentences of the shorter text that have a partner",
    "in_order": "consecutive sentences with partners, whose partners are in the same order",
    "clash": "names and numbers in the shorter text's sentences that the partner lacks",
    "partners": "how many sentences of the shorter text have a partner",
    "long_soft": "weight of the longer text's sentences found in their best places",
    "long_covered": "sentences of the longer text that have a partner",
    "long_clash": "names and numbers in the longer text's sentences that the partner lacks",
    "head": "the shorter text's beginning that is anywhere in the longer",
    "known": "how much the lexicon knows of the text of which it knows less, concepts a word",
    "count": "different concepts of the text with fewer",
    "ratio": "words of the shorter text, divided by those of the longer",
    "keys": "how many keys both have",
    "size": "words of the shorter text: the fewer, the more must speak for a link",
}
"""What each feature of LINK's model is a share of, or the number of."""


def _weighed(features: LinkFeatures) -> Score:
    row = [None if value is None else float(value) for value in astuple(features)]
    split = contributions(link_verifier(), row)
    return Score(
        model_asked=True,
        start=round(split.start, 4),
        log_odds=round(split.log_odds, 4),
        features=tuple(
            FeatureShare(
                name=name,
                value=None if value is None else round(value, 4),
                meaning=MEANINGS.get(name, name.replace("_", " ")),
                moved=round(moved, 4),
            )
            for name, value, moved in zip(NAMES, row, split.moved, strict=True)
        ),
    )
