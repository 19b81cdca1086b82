"""An article and the stories in question to a choice: which story it joins, and which merge."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean
from typing import Protocol

from service.story.compare import SHORT_WORDS, Features, compare, tells
from service.story.index import Candidate
from service.story.judge import LINK, score
from service.story.known import KnownStory, Representative
from service.story.record import TextRecord, unpack_bytes
from service.story.sieve import Sieve

TOP_LINKS = 3
"""An article's score for a story is the mean of this many best links to its representatives: one
roundup that quotes two stories does not bridge them, and copies of copies still count."""

SURE = 0.95

MERGE = 0.5
"""Mean link between the representatives of two stories from which they are one."""

MERGE_ANCHORS = 0.2
"""Mean containment of anchor pairs between the representatives, where these are too short to tell,
from which two stories are one. On the training stories it lifts recall by .003 at the same
precision; unrelated texts share next to none, another agency's story of the event a tenth."""

OTHER_AGENCY_CONTAINMENT = 0.3
"""Texts signed by different agencies need this share of 5-grams in common to be copies."""


class Texts(Protocol):
    """The texts of known articles, by number."""

    def text(self, number: int) -> TextRecord:
        """A text, laid out to be compared."""

    def record(self, number: int) -> bytes | None:
        """A text as it is stored; None where it is laid out already."""

    def use_text(self, number: int, text: TextRecord) -> None:
        """Keep a text that was laid out elsewhere."""


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


class Asking:
    """An article that looks for its story.

    Attributes:
        agencies: that sign it.
        shared: what keys it has in common with others, by number.
    """

    def __init__(self, record: bytes, agencies: Iterable[str], *, quick: bool = True) -> None:
        """Begin to ask.

        Args:
            record: of its text, without base64.
            quick: texts that cannot be copies are passed over before they are laid out; their
                features are then not known.

        Raises:
            ValueError: it is no record.
        """
        self.text = unpack_bytes(record)
        self._record = record
        self.agencies = frozenset(agencies)
        self.shared: Mapping[int, Candidate] = {}
        self._quick = quick
        self._sieve: Sieve | None = None
        self._far: dict[int, bool] = {}
        self._same: set[int] = set()

    def are_far(self, records: Mapping[int, bytes]) -> list[bool]:
        """Which texts, by number their records, cannot be copies, as far as is told quickly."""
        if not self._quick or not records:
            return [False] * len(records)
        if self._sieve is None:
            self._sieve = Sieve(self.text)
        far = [not near for near in self._sieve.near(list(records.values()))]
        self._far.update(zip(records, far, strict=True))
        self._same.update(number for number in records if records[number] == self._record)
        return far

    def is_far(self, number: int, texts: Texts) -> bool:
        """Whether a text cannot be a copy; none that is laid out already is said to be."""
        if number not in self._far:
            record = texts.record(number) if self._quick else None
            self._far[number] = record is not None and self.are_far({number: record})[0]
        return self._far[number]

    def other(self, number: int, texts: Texts) -> TextRecord:
        """A text to compare with; one and the same object where it is word for word the same, so
        that nothing is laid out twice."""
        if number in self._same:
            self._same.discard(number)
            texts.use_text(number, self.text)
        return texts.text(number)


def fit(asking: Asking, story: KnownStory, texts: Texts) -> Fit:
    """Score an article for a story by its links to the story's representatives.

    The takes of the story are compared first, then the copies that share most keys, until the
    outcome is settled.
    """
    foreign = story.agency is not None and bool(
        asking.agencies and story.agency not in asking.agencies
    )
    links: list[Link] = []
    far: list[Representative] = []
    told: list[float] = []
    for representative in _closest_first(story, asking.shared):
        if not story.is_reference(representative) and _is_settled(told):
            break
        if asking.is_far(representative.number, texts):
            far.append(representative)
            if min(len(asking.text), representative.words) >= SHORT_WORDS:
                told.append(0.0)
            continue
        link = _link(asking, representative, texts, foreign=foreign)
        links.append(link)
        if tells(link.features):
            told.append(link.score)
    total = fmean(sorted(told, reverse=True)[:TOP_LINKS]) if told else 0.0
    if total > 0:
        links += [_link(asking, each, texts, foreign=foreign) for each in far]
    links.sort(key=lambda link: (-link.score, -link.features.jaccard))
    return Fit(story, tuple(links), total)


def _link(asking: Asking, representative: Representative, texts: Texts, *, foreign: bool) -> Link:
    features = compare(asking.text, asking.other(representative.number, texts))
    value = score(features)
    if foreign and features.containment < OTHER_AGENCY_CONTAINMENT:
        value = 0.0
    return Link(representative, features, value)


def _is_settled(told: Sequence[float]) -> bool:
    """Whether enough was compared: as many as count agree, or the closest two do not at all."""
    if len(told) < 2:
        return False
    best = sorted(told, reverse=True)
    if len(best) >= TOP_LINKS and best[TOP_LINKS - 1] >= SURE:
        return True
    return best[0] < 1 - SURE


def _closest_first(story: KnownStory, shared: Mapping[int, Candidate]) -> list[Representative]:
    def rank(held: Representative) -> tuple[bool, int]:
        candidate = shared.get(held.number)
        common = candidate.rare_pairs + candidate.shingles if candidate else 0
        return not story.is_reference(held), -common

    return sorted(story.standing(), key=rank)


def joins(fitted: Fit) -> bool:
    """Whether the article belongs to the story."""
    return fitted.score >= LINK


def should_merge(a: KnownStory, b: KnownStory, texts: Texts) -> bool:
    """Whether two stories, both joined by one article, are one.

    Where no two of their texts are long enough to tell, their anchor pairs decide: two briefs
    that a roundup quotes share none, a trimmed copy and a rewording of one text do.
    """
    pairs = product(a.standing(), b.standing())
    compared = [compare(texts.text(left.number), texts.text(right.number)) for left, right in pairs]
    links = [score(features) for features in compared if tells(features)]
    if links:
        return fmean(links) >= MERGE
    return fmean(features.anchors for features in compared) >= MERGE_ANCHORS
