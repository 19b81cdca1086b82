"""What LINK says of a story: its translations, and which of them it is a translation of."""

from collections.abc import Sequence

from service.contract.story_concepts import StoryConcepts
from service.contract.translations import (
    MOST_TRANSLATIONS,
    StoryTranslations,
    Translation,
    TranslationEvidence,
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
    sources = [
        (ORDER.index(source.why), place)
        for place, (other, _) in enumerate(listed)
        if (source := source_of(other, told)) is not None and source.first
    ]
    why = min((why for why, _ in sources), default=None)
    places = [place for reason, place in sources if reason == why]
    if len(places) > 1:
        places.sort(key=lambda place: _sources(listed[place][0], listed))
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
        translation_of=listed[places[0]][0].story if places else None,
        why=None if why is None else ORDER[why],
    )


def _sources(told: StoryConcepts, listed: Sequence[tuple[StoryConcepts, Pair]]) -> int:
    """How many of the stories listed one of them is a translation of: the original of all is one of
    none, and what was translated from a translation is one of both."""
    found = (source_of(other, told) for other, _ in listed)
    return sum(source is not None and source.first for source in found)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, _DIGITS)
