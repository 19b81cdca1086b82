"""A notice of withdrawal to the story it withdraws."""

from collections.abc import Sequence

from service.events.extracted import Extracted
from service.events.wire import RevisionKind
from service.story.assign import Fit
from service.story.hashing import Hashes
from service.story.headline import headline_keys, named_headlines
from service.story.known import KnownStory

_NAMES = 0.6
_ANCHORS = 0.15
"""A notice that quotes no headline must name what the story names: this share of its names, and of
its pairs of rare words. Unrelated texts of one agency share a few hundredths of either."""


def withdraws(extracted: Extracted) -> bool:
    """Whether the article is a notice that withdraws a story."""
    revision = extracted.wire.revision
    return revision is not None and revision.kind is RevisionKind.WITHDRAWAL


def headlines_withdrawn(extracted: Extracted) -> Hashes:
    """Keys of the headlines that a notice names."""
    article = extracted.article
    return headline_keys(named_headlines(article.title, article.text))


def withdrawn_story(extracted: Extracted, fits: Sequence[Fit]) -> Fit | None:
    """The story that a notice withdraws, of those in question; None where none is certain.

    A story of another agency is never meant. One under a headline that the notice names is; else
    the one of the same agency that has most in common with the notice.
    """
    named = set(headlines_withdrawn(extracted).tolist())
    possible = [fitted for fitted in fits if fitted.links and _may_mean(extracted, fitted.story)]
    for fitted in possible:
        if named & _headlines(fitted.story):
            return fitted
    told = [
        (max(link.features.anchors for link in fitted.links), fitted)
        for fitted in possible
        if fitted.story.agency is not None
        and fitted.story.agency in extracted.wire.agencies
        and any(
            link.features.anchors >= _ANCHORS and link.features.all_names >= _NAMES
            for link in fitted.links
        )
    ]
    return max(told, key=lambda pair: (pair[0], pair[1].story.id))[1] if told else None


def _may_mean(extracted: Extracted, story: KnownStory) -> bool:
    agencies = extracted.wire.agencies
    return story.agency is None or not agencies or story.agency in agencies


def _headlines(story: KnownStory) -> set[int]:
    titles = {story.headline, *(member.title for member in story.members.fetch())}
    return set(headline_keys(titles).tolist())
