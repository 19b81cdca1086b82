"""The search of one article for its story."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from service.fold.assign.scoring import (
    SAME_TEXT,
    TOP_LINKS,
    Fit,
    Link,
    Texts,
    closest_take,
    judge,
    speaks_for,
)
from service.fold.candidates.candidate import Candidates
from service.fold.state.decisions import is_united
from service.fold.state.story import Representative, StoryState
from service.fold.verify.features import SHORT_WORDS, is_conclusive
from service.fold.verify.prefilter import Prefilter
from service.fold.verify.text_record import TextRecord, unpack_bytes

SURE = 0.95
"""Links above this, or all below 1 minus this, settle a score: no more texts are compared."""

NEARLY_SAME = 0.95
"""Texts that share this part of all their 5-grams are one text: the article joins its story."""

STRONG_CONTAINMENT, STRONG_LENGTH = 0.5, 0.5
"""Least containment of 5-grams and ratio of lengths of a strong link."""

OTHER_AGENCY_CONTAINMENT = 0.3
"""Texts credited to different agencies are copies only if they share this part of the 5-grams."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Which texts an article may be a copy of, by their time of fetch: those no further away than
    the window is long, whatever is still held of others; and its own earlier version.

    Attributes:
        seen: its time of fetch, seconds since the epoch.
        span: length of the window in seconds.
        join_rewrites: False if a text is no copy of one that it rewrites.
    """

    seen: float
    span: float
    uri: str
    language: str
    join_rewrites: bool = True

    def includes(self, representative: Representative) -> bool:
        """Return True if the article may be compared with a representative."""
        near = abs(representative.seen - self.seen) <= self.span
        return near or representative.uri == self.uri


class StoryQuery:
    """An article that looks for its story: rules out candidate texts, and scores stories.

    Attributes:
        text: the article's text.
        quick: True if texts that cannot be copies are ruled out before they are compared in full.
    """

    def __init__(
        self, record: bytes, agencies: Iterable[str], texts: Texts, *, quick: bool = True
    ) -> None:
        """Start a query.

        Args:
            record: verification record of the article's text, without base64.
            agencies: that the article credits.
            texts: the candidates' texts.

        Raises:
            ValueError: the record is invalid.
        """
        self.text = unpack_bytes(record)
        self.quick = quick
        self._record = record
        self._agencies = frozenset(agencies)
        self._texts = texts
        self._prefilter: Prefilter | None = None
        self._ruled_out: dict[int, bool] = {}
        self._unpacked: dict[int, TextRecord] = {}

    def set_verdict(
        self, number: int, record: bytes, *, is_near: bool, text: TextRecord | None = None
    ) -> None:
        """Set the prefilter's verdict on a text.

        Args:
            record: the text as stored.
            text: unpacked, if it is.
        """
        self._ruled_out[number] = not is_near
        if self.is_same(record):
            text = self.text
        if text is not None:
            self._unpacked[number] = text

    def is_same(self, record: bytes) -> bool:
        """Return True if a text is the article's own, word for word."""
        return record == self._record

    def rule_out(self, numbers: Sequence[int]) -> list[bool]:
        """Return which texts cannot be copies of the article."""
        if not self.quick:
            return [False] * len(numbers)
        open_numbers = [number for number in numbers if number not in self._ruled_out]
        if open_numbers:
            if self._prefilter is None:
                self._prefilter = Prefilter([self.text])
            records = self._texts.records(open_numbers)
            near = self._prefilter.near([0] * len(open_numbers), records)
            for number, record, is_near in zip(open_numbers, records, near, strict=True):
                self.set_verdict(number, record, is_near=is_near)
        return [self._ruled_out[number] for number in numbers]

    def score(self, story: StoryState, shared: Candidates, reach: Reach) -> Fit:
        """Score the article for a story by its links to the story's representatives within reach;
        there are no links if none is.

        The original and later takes are compared first, then the copies that share most keys, until
        the score is settled. In a story that the operator made of two, one link is enough: the
        texts of the two need not be like each other.

        Args:
            shared: keys in common with candidates, by article number.
        """
        foreign = story.agency is not None and bool(
            self._agencies and story.agency not in self._agencies
        )
        links: list[Link] = []
        ruled_out: list[Representative] = []
        scores: list[float] = []
        united = is_united(story.decisions)
        within = _closest_first(story, shared, reach)
        for representative in within:
            if not (united or story.is_reference(representative)) and _is_settled(scores):
                break
            if self._is_ruled_out(representative.number):
                ruled_out.append(representative)
                if min(len(self.text), representative.words) >= SHORT_WORDS:
                    scores.append(0.0)
                continue
            link = self._link(representative, story, reach, foreign=foreign)
            links.append(link)
            speaks = speaks_for(story, representative, rewrites=link.rewrites)
            if speaks and is_conclusive(link.features):
                scores.append(link.score)
        total = _total(links, scores, 1 if united else TOP_LINKS)
        if links and not reach.join_rewrites and _rewrites_story(story, links):
            total = 0.0
        if total > 0:
            links += [self._link(each, story, reach, foreign=foreign) for each in ruled_out]
        links.sort(key=lambda link: (-link.score, -link.features.jaccard))
        out_of_reach = bool(story.representatives) and not within
        return Fit(story, tuple(links), total, out_of_reach)

    def _is_ruled_out(self, number: int) -> bool:
        """Return True if a text cannot be a copy; for one that is unpacked this is not computed."""
        if number not in self._ruled_out:
            if number not in self._texts:
                return self.rule_out([number])[0]
            self._ruled_out[number] = False
        return self._ruled_out[number]

    def _link(
        self, representative: Representative, story: StoryState, reach: Reach, *, foreign: bool
    ) -> Link:
        judged = judge(
            self.text,
            self._other(representative.number),
            (reach.language, story.language),
            join_rewrites=reach.join_rewrites,
            one_page=representative.uri == reach.uri,
        )
        value = judged.score
        if foreign and judged.features.containment < OTHER_AGENCY_CONTAINMENT:
            value = 0.0
        return Link(representative, judged.features, value, judged.rewrites)

    def _other(self, number: int) -> TextRecord:
        """Return a text to compare with: the article's own object if they are the same word for
        word, so that arrays are derived once."""
        unpacked = self._unpacked.pop(number, None)
        if unpacked is not None:
            self._texts.keep(number, unpacked)
        return self._texts.text(number)


def _total(links: Sequence[Link], scores: Sequence[float], count: int) -> float:
    """Return the score of a story: the mean of the best links, or that of a strong one if higher.

    A link is strong if it is sure and the texts share half of their 5-grams and are of like length:
    weaker links to rewordings of the same text say nothing against it, and a roundup, which is much
    longer than what it quotes, has none. A text that is nearly the same belongs in any case.

    Args:
        scores: of the links that count.
        count: links that the mean is of.
    """
    if any(link.features.jaccard >= NEARLY_SAME for link in links):
        return 1.0
    if not scores:
        return 0.0
    strong = [link.score for link in links if _is_strong(link)]
    return max([fmean(sorted(scores, reverse=True)[:count]), *strong])


def _rewrites_story(story: StoryState, links: Sequence[Link]) -> bool:
    """Return True if an article rewrites its story's text, and is no copy of another article of the
    story."""
    take = closest_take(story, links)
    same = any(link.features.jaccard >= SAME_TEXT for link in links)
    return take.rewrites and not same


def _is_strong(link: Link) -> bool:
    features = link.features
    return (
        link.score >= SURE
        and features.containment >= STRONG_CONTAINMENT
        and features.length_ratio >= STRONG_LENGTH
    )


def _is_settled(scores: Sequence[float]) -> bool:
    """Return True if more links would not change the outcome: as many as count are sure, or the
    closest two are surely no copies."""
    if len(scores) < 2:
        return False
    best = sorted(scores, reverse=True)
    if len(best) >= TOP_LINKS and best[TOP_LINKS - 1] >= SURE:
        return True
    return best[0] < 1 - SURE


def _closest_first(story: StoryState, shared: Candidates, reach: Reach) -> list[Representative]:
    def rank(representative: Representative) -> tuple[bool, int]:
        candidate = shared.get(representative.number)
        common = candidate.rare_pairs + candidate.shingles if candidate else 0
        return not story.is_reference(representative), -common

    return sorted(story.compared_representatives(reach.includes), key=rank)
