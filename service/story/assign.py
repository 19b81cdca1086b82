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

    def is_ready(self, number: int) -> bool:
        """Whether a text is laid out already."""

    def records(self, numbers: Sequence[int]) -> list[bytes]:
        """Some texts as they are stored."""

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
        quick: whether texts that cannot be copies are passed over.
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
        self.quick = quick
        self._sieve: Sieve | None = None
        self._far: dict[int, bool] = {}
        self._ready: dict[int, TextRecord] = {}

    def tell(
        self, number: int, record: bytes, *, is_near: bool, text: TextRecord | None = None
    ) -> None:
        """Let it know whether a text is near.

        Args:
            text: laid out, where it is.
        """
        self._far[number] = not is_near
        if self.is_same(record):
            text = self.text
        if text is not None:
            self._ready[number] = text

    def is_same(self, record: bytes) -> bool:
        """Whether a text is the article's own, word for word."""
        return record == self._record

    def are_far(self, numbers: Sequence[int], texts: Texts) -> list[bool]:
        """Which texts cannot be copies, as far as is told quickly."""
        if not self.quick:
            return [False] * len(numbers)
        asked = [number for number in numbers if number not in self._far]
        if asked:
            if self._sieve is None:
                self._sieve = Sieve([self.text])
            records = texts.records(asked)
            near = self._sieve.near([0] * len(asked), records)
            for number, record, is_near in zip(asked, records, near, strict=True):
                self.tell(number, record, is_near=is_near)
        return [self._far[number] for number in numbers]

    def is_far(self, number: int, texts: Texts) -> bool:
        """Whether a text cannot be a copy; none that is laid out already is said to be."""
        if number not in self._far:
            if texts.is_ready(number):
                self._far[number] = False
            else:
                return self.are_far([number], texts)[0]
        return self._far[number]

    def other(self, number: int, texts: Texts) -> TextRecord:
        """A text to compare with; one and the same object where it is word for word the same, so
        that nothing is laid out twice."""
        ready = self._ready.pop(number, None)
        if ready is not None:
            texts.use_text(number, ready)
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
