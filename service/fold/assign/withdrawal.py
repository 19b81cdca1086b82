"""Finds the story that a notice of withdrawal means."""

from collections.abc import Sequence

from service.contract.attribution import RevisionKind
from service.contract.extracted import Extracted
from service.fold.assign.scoring import Fit, Link
from service.fold.candidates.headline import headline_keys, named_headlines
from service.fold.state.story import StoryState
from service.text.hashing import Hashes

_NAMES = 0.6
_ANCHORS = 0.15
"""A notice that quotes no headline must share this part of its names, and of its anchor pairs, with
the story. Unrelated texts of one agency share a few hundredths of either."""

_MEMBERS_READ = 200
"""A notice reads the headlines of all members of a story that has no more. It takes 2 ms for each
of up to 32 stories, and would take half a second for one of 50,000."""


def withdraws(extracted: Extracted) -> bool:
    """Return True if the article is a notice that withdraws a story."""
    revision = extracted.wire.revision
    return revision is not None and revision.kind is RevisionKind.WITHDRAWAL


def headlines_withdrawn(extracted: Extracted) -> Hashes:
    """Return the keys of the headlines that a notice names."""
    article = extracted.article
    return headline_keys(named_headlines(article.title, article.text))


def withdrawn_story(extracted: Extracted, fits: Sequence[Fit]) -> Fit | None:
    """Return the story that a notice withdraws; None if none is certain.

    It is never a story of another agency. It is the first one with a headline that the notice
    names; otherwise the one of the same agency that shares most anchor pairs with the notice.

    Args:
        fits: the notice compared with the candidate stories.
    """
    named = set(headlines_withdrawn(extracted).tolist())
    possible = [fitted for fitted in fits if fitted.links and _may_mean(extracted, fitted.story)]
    for fitted in possible:
        if named & _headlines(fitted.story):
            return fitted
    similar = [
        (max(link.features.anchors for link in fitted.links), fitted)
        for fitted in possible
        if fitted.story.agency is not None
        and fitted.story.agency in extracted.wire.agencies
        and any(
            link.features.anchors >= _ANCHORS and _share_of_names(link) >= _NAMES
            for link in fitted.links
        )
    ]
    return max(similar, key=lambda pair: (pair[0], pair[1].story.id))[1] if similar else None


def _may_mean(extracted: Extracted, story: StoryState) -> bool:
    agencies = extracted.wire.agencies
    return story.agency is None or not agencies or story.agency in agencies


def _headlines(story: StoryState) -> set[int]:
    """Return the keys of a story's headline and of its members'; of a large story's, those of its
    representatives."""
    if story.size <= _MEMBERS_READ:
        members = story.members.fetch()
    else:
        found = (story.members.find(each.uri) for each in story.representatives)
        members = [each for each in found if each is not None]
    return set(headline_keys({story.headline, *(each.title for each in members)}).tolist())


def _share_of_names(link: Link) -> float:
    """Return the share of the notice's names that the article has; 1 if it has none."""
    share = link.features.all_names
    return 1.0 if share is None else share
