"""An article and the stories in question to a choice: which story it joins, and which merge."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean

from service.story.compare import Features, compare, tells
from service.story.index import Candidate
from service.story.judge import LINK, score
from service.story.known import KnownStory, Representative
from service.story.record import TextRecord

TOP_LINKS = 3
"""An article's score for a story is the mean of this many best links to its representatives: one
roundup that quotes two stories does not bridge them, and copies of copies still count."""

SURE = 0.95

MERGE = 0.5
"""Mean link between the representatives of two stories from which they are one."""

OTHER_AGENCY_CONTAINMENT = 0.3
"""Texts signed by different agencies need this share of 5-grams in common to be copies."""


@dataclass(frozen=True, slots=True)
class Link:
    """An article against one representative."""

    representative: Representative
    features: Features
    score: float


@dataclass(frozen=True, slots=True)
class Fit:
    """An article against one story; links with the best first."""

    story: KnownStory
    links: tuple[Link, ...]
    score: float


def fit(
    text: TextRecord,
    agencies: Iterable[str],
    story: KnownStory,
    shared: Mapping[str, Candidate],
) -> Fit:
    """Score an article for a story by its links to the story's representatives.

    The takes of the story are compared first, then the copies that share most keys, until the
    outcome is settled.

    Args:
        shared: what keys the article has in common with others, by uri.
    """
    foreign = story.agency is not None and (
        (signed := set(agencies)) and story.agency not in signed
    )
    links: list[Link] = []
    for representative in _closest_first(story, shared):
        if not story.is_reference(representative.uri) and _is_settled(links):
            break
        features = compare(text, representative.text)
        value = score(features)
        if foreign and features.containment < OTHER_AGENCY_CONTAINMENT:
            value = 0.0
        links.append(Link(representative, features, value))
    links.sort(key=lambda link: (-link.score, -link.features.jaccard))
    told = [link.score for link in links if tells(link.features)][:TOP_LINKS]
    total = fmean(told) if told else 0.0
    return Fit(story, tuple(links), total)


def _is_settled(links: Sequence[Link]) -> bool:
    """Whether enough was compared: as many as count agree, or the closest two do not at all."""
    told = sorted((link.score for link in links if tells(link.features)), reverse=True)
    if len(told) >= TOP_LINKS and told[TOP_LINKS - 1] >= SURE:
        return True
    return len(told) >= 2 and told[0] < 1 - SURE


def _closest_first(story: KnownStory, shared: Mapping[str, Candidate]) -> list[Representative]:
    def rank(held: Representative) -> tuple[bool, int]:
        candidate = shared.get(held.uri)
        common = candidate.rare_pairs + candidate.shingles if candidate else 0
        return not story.is_reference(held.uri), -common

    return sorted(story.standing(), key=rank)


def joins(fitted: Fit) -> bool:
    """Whether the article belongs to the story."""
    return fitted.score >= LINK


def should_merge(a: KnownStory, b: KnownStory) -> bool:
    """Whether two stories, both joined by one article, are one."""
    pairs = product(a.standing(), b.standing())
    compared = [compare(left.text, right.text) for left, right in pairs]
    links = [score(features) for features in compared if tells(features)]
    return bool(links) and fmean(links) >= MERGE
