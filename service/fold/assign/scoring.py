"""Scores of an article against stories, and what they decide: which story it joins, which merge."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean
from typing import Protocol

from service.fold.assign.roundup import HELD, are_strangers, share_in
from service.fold.state.story import Representative, StoryState
from service.fold.verify.features import Features, compare, is_conclusive
from service.fold.verify.text_record import TextRecord
from service.fold.verify.verifier import LINK, score

TOP_LINKS = 3
"""An article's score for a story is the mean of this many best links to its representatives: a
roundup that quotes two stories does not bridge them, and copies of copies still count."""

MERGE = 0.5
"""Mean link between the representatives of two stories from which they are one."""

MERGE_ANCHORS = 0.2
"""Mean containment of anchor pairs from which two stories are one, if their representatives are too
short for the verifier. On the training stories it lifts recall by .003 at the same precision;
unrelated texts share next to none, another agency's story of the event a tenth."""


@dataclass(frozen=True, slots=True)
class Link:
    """An article compared with one representative."""

    representative: Representative
    features: Features
    score: float


@dataclass(frozen=True, slots=True)
class Fit:
    """An article compared with one story; the best link comes first.

    Attributes:
        out_of_reach: True if none of the story's texts is within reach of the article.
    """

    story: StoryState
    links: tuple[Link, ...]
    score: float
    out_of_reach: bool = False


class Texts(Protocol):
    """The texts of articles in the window, by article number."""

    def text(self, number: int) -> TextRecord:
        """Return a text, unpacked."""

    def __contains__(self, number: int) -> bool:
        """Return True if the text is unpacked."""

    def records(self, numbers: Sequence[int]) -> list[bytes]:
        """Return some texts as they are stored."""

    def keep(self, number: int, text: TextRecord) -> None:
        """Keep a text that was unpacked elsewhere."""


def joins(fitted: Fit) -> bool:
    """Return True if the article belongs to the story."""
    return fitted.score >= LINK


def should_merge(
    a: StoryState, b: StoryState, texts: Texts, beside: Sequence[StoryState] = ()
) -> bool:
    """Return True if two stories that one article belongs to are one story.

    If no two of their texts are long enough for the verifier, their anchor pairs decide: two briefs
    that a roundup quotes share none, a trimmed copy and a rewording of one text do.

    Args:
        beside: stories that are the same as `a`.
    """
    pairs = product(_single((a, *beside), b, texts), _single((b,), a, texts))
    compared = [compare(texts.text(left.number), texts.text(right.number)) for left, right in pairs]
    if not compared:
        return False
    links = [score(features) for features in compared if is_conclusive(features)]
    if links:
        return fmean(links) >= MERGE
    return fmean(features.anchors for features in compared) >= MERGE_ANCHORS


def _single(stories: Sequence[StoryState], other: StoryState, texts: Texts) -> list[Representative]:
    """Return the representatives that the first of some stories, which are one, is compared by with
    another: not those that hold a text of each side, strangers to each other. Their parts stand in
    for them."""
    own = [each for story in stories for each in story.representatives]

    def held(whole: Representative, parts: Sequence[Representative]) -> list[TextRecord]:
        text = texts.text(whole.number)
        found = [texts.text(each.number) for each in parts if each.number != whole.number]
        return [each for each in found if share_in(text, each) >= HELD]

    def is_mixed(whole: Representative) -> bool:
        pairs = product(held(whole, own), held(whole, other.representatives))
        return any(are_strangers(one, each) for one, each in pairs)

    every = [each for each in stories[0].representatives if not is_mixed(each)]
    uris = {each.uri for each in every}
    return [each for each in every if each.part_of not in uris]
