"""What LINK says of a story: its translations, and which of them it is a translation of."""

from collections.abc import Sequence

from service.contract.story_concepts import StoryConcepts
from service.contract.translations import (
    MOST_TRANSLATIONS,
    StoryTranslations,
    Translation,
    TranslationEvidence,
    Why,
)
from service.link.features import LinkFeatures
from service.link.held import Pair
from service.link.original import ORDER, source_of

_DIGITS = 4
"""Decimals of scores and shares. They are rounded before anything is decided by their order, so
that a story's list is the same whoever computed it."""


def pair_of(score: float, features: LinkFeatures) -> Pair:
    """Return what is kept of two stories that are translations of one another."""
    return Pair(
        round(score, _DIGITS),
        TranslationEvidence(
            common_numbers=features.common_numbers,
            common_names=features.common_names,
            common_words=features.common_words,
            numbers=_rounded(features.numbers),
            names=_rounded(features.names),
            words=_rounded(features.words),
            sentences=round(features.covered, _DIGITS),
            order=_rounded(features.order),
            length_ratio=round(features.ratio, _DIGITS),
        ),
    )


def statement(
    told: StoryConcepts, translations: Sequence[tuple[StoryConcepts, Pair]]
) -> StoryTranslations:
    """Return what is said of a story.

    Args:
        told: the story.
        translations: the other stories, the highest score first.
    """
    listed = translations[:MOST_TRANSLATIONS]
    source, why = _source(told, [other for other, _ in listed])
    return StoryTranslations(
        story=told.story,
        language=told.language,
        agency=told.agency,
        translations=tuple(
            Translation(
                story=other.story,
                language=other.language,
                score=pair.score,
                headline=other.headline,
                uri=other.uri,
                url=other.url,
                host=other.host,
                evidence=pair.evidence,
            )
            for other, pair in listed
        ),
        translation_of=source,
        why=why,
    )


def _source(
    told: StoryConcepts, others: Sequence[StoryConcepts]
) -> tuple[str, Why] | tuple[None, None]:
    """Return the id of the story that one is a translation of, and why: by the most decisive reason
    that there is. Where it decides for several, one that is no translation of the others is meant:
    a text that was translated twice has one original."""
    found = [(other, source_of(other, told)) for other in others]
    reasons = {source.why for _, source in found if source is not None and source.first}
    if not reasons:
        return None, None
    why = min(reasons, key=ORDER.index)
    sources = [other for other, source in found if source == (True, why)]
    first = min(sources, key=lambda each: sum(_is_source(other, each) for other in sources))
    return first.story, why


def _is_source(a: StoryConcepts, b: StoryConcepts) -> bool:
    source = source_of(a, b)
    return source is not None and source.first


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, _DIGITS)
