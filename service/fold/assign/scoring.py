"""Scores of an article against stories, and what they decide: which story it joins, which merge."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean
from typing import Protocol

from service.contract.story import Relation
from service.fold.assign.roundup import HELD, are_strangers, share_in
from service.fold.state.story import Representative, StoryState
from service.fold.verify.features import Features, compare, is_conclusive
from service.fold.verify.rewrite import is_rewrite, tells_another_story
from service.fold.verify.text_record import TextRecord
from service.fold.verify.verifier import LINK, score

TOP_LINKS = 3
"""An article's score for a story is the mean of this many best links to its representatives: a
roundup that quotes two stories does not bridge them, and copies of copies still count."""

SAME_TEXT = 0.9
"""Texts that share this part of all their 5-grams have the same relation to the story."""

MERGE = 0.5
"""Mean link between the representatives of two stories from which they are one."""

MERGE_ANCHORS = 0.2
"""Mean containment of anchor pairs from which two stories are one, if their representatives are too
short for the verifier. On the training stories it lifts recall by .003 at the same precision;
unrelated texts share next to none, another agency's story of the event a tenth."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Two texts compared.

    Attributes:
        score: probability that they are copies of one story, 0 to 1.
        rewrites: True if one of the two rewrites the other, see `service.fold.verify.rewrite`.
    """

    features: Features
    score: float
    rewrites: bool


@dataclass(frozen=True, slots=True)
class Link:
    """An article compared with one representative.

    Attributes:
        score, rewrites: as in `Judgement`; the score may be lower, since articles with other
            wording that credit different agencies are no copies.
        speaks: False if it says neither that the article belongs to the story nor that it does not.
        same_id: True if both carry one wire story's identifier, and their texts agree.
    """

    representative: Representative
    features: Features
    score: float
    rewrites: bool = False
    speaks: bool = True
    same_id: bool = False


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


def judge(
    text: TextRecord,
    other: TextRecord,
    languages: tuple[str, str],
    *,
    join_rewrites: bool = True,
    one_page: bool = False,
) -> Judgement:
    """Return how likely two texts are copies. A rewrite is none if it tells another story too.

    Args:
        languages: BCP 47 tags of the two.
        join_rewrites: False if no rewrite is a copy.
        one_page: True if they are versions of one page, which may be written anew.
    """
    features = compare(text, other)
    likelihood = score(features)
    rewrites = not one_page and is_rewrite(features, *languages)
    if rewrites and likelihood and (not join_rewrites or tells_another_story(text, other)):
        likelihood = 0.0
    return Judgement(features, likelihood, rewrites)


def speaks_for(story: StoryState, representative: Representative, *, rewrites: bool) -> bool:
    """Return True if a link to a representative counts for or against its story.

    A rewrite of the story's text does not speak for a rewrite of itself: each has the facts of the
    one before but for a few, and a chain of them would lead from one story to another.

    Args:
        rewrites: of the link.
    """
    is_rewrite = representative.relation is Relation.REWRITTEN
    return not (rewrites and is_rewrite) or story.is_reference(representative)


def closest_take(story: StoryState, links: Sequence[Link]) -> Link:
    """Return the link to the original or later take that an article has most in common with; to a
    copy if it was compared with neither."""
    takes = [link for link in links if story.is_reference(link.representative)]
    return max(takes or links, key=closeness)


def closeness(link: Link) -> tuple[float, float]:
    """Return by what links are ordered when the closest text is looked for."""
    return link.features.jaccard, link.score


def should_merge(
    a: StoryState,
    b: StoryState,
    texts: Texts,
    beside: Sequence[StoryState] = (),
    *,
    join_rewrites: bool = True,
) -> bool:
    """Return True if two stories that one article belongs to are one story.

    If no two of their texts are long enough for the verifier, their anchor pairs decide: two briefs
    that a roundup quotes share none, a trimmed copy and a rewording of one text do.

    Args:
        beside: stories that are the same as `a`.
        join_rewrites: False if a text is no copy of one that it rewrites.
    """
    languages = (a.language, b.language)
    judged = [
        (left, right, judge(one, other, languages, join_rewrites=join_rewrites))
        for left, right in product(_single((a, *beside), b, texts), _single((b,), a, texts))
        for one, other in [(texts.text(left.number), texts.text(right.number))]
    ]
    if not judged:
        return False
    conclusive = [each for each in judged if is_conclusive(each[-1].features)]
    if not conclusive:
        return fmean(each.features.anchors for *_, each in judged) >= MERGE_ANCHORS
    links = [
        each.score
        for left, right, each in conclusive
        if speaks_for(a, left, rewrites=each.rewrites)
        and speaks_for(b, right, rewrites=each.rewrites)
    ]
    return bool(links) and fmean(links) >= MERGE


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
