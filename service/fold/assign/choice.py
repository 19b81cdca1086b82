"""Chooses the story of an article, and the stories that turn out to be the same one."""

from collections.abc import Sequence
from typing import Protocol

from service.contract.extracted import Extracted
from service.fold.assign.kept_apart import may_join, may_merge
from service.fold.assign.scoring import MERGE, Fit, Texts, joins, should_merge
from service.fold.assign.withdrawal import withdrawn_story, withdraws
from service.fold.state.story import StoryState
from service.text.language_groups import language_group


class EarlierVersion(Protocol):
    """An earlier version of an article, whether its text is in the window or not."""

    @property
    def story_id(self) -> str:
        """The story that holds it."""


def choose_story(
    extracted: Extracted,
    previous: EarlierVersion | None,
    fits: Sequence[Fit],
    texts: Texts,
    *,
    join_rewrites: bool = True,
) -> tuple[Fit | None, list[StoryState]]:
    """Return the article's fit to its story, None if it begins a new one; and the stories that are
    the same as it.

    Args:
        previous: the article's earlier version, whose story it stays in if it is still like it, or
            if none of the story's texts is within reach and the article is like no other.
        fits: the candidate stories, the best first.
        texts: of the stories' articles.
        join_rewrites: False if a text is no copy of one that it rewrites.
    """
    fits = [each for each in fits if may_join(each.story, extracted.article.uri)]
    own = next((each for each in fits if previous and each.story.id == previous.story_id), None)
    is_notice = withdraws(extracted)
    if own is not None and (is_notice or own.score >= MERGE):
        return own, []
    if is_notice and (meant := withdrawn_story(extracted, fits)) is not None:
        return meant, []
    joined = [each for each in fits if joins(each)]
    if not joined:
        return (own if own is not None and own.out_of_reach else None), []
    best = joined[0]
    one = [best.story]
    for each in joined[1:]:
        allowed = all(may_merge(story, each.story) for story in one)
        if allowed and should_merge(
            best.story, each.story, texts, one[1:], join_rewrites=join_rewrites
        ):
            one.append(each.story)
    return best, one[1:]


def may_be_copies(language: str, other: str) -> bool:
    """Return True if texts in two languages may be copies: the languages are in one group (see
    `service.text.language_groups`), or one of them is undetermined."""
    return "und" in (language, other) or language_group(language) == language_group(other)
