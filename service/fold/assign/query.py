"""The search of one article for its story."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.fold.assign.same_wire_id import agrees
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
from service.fold.assign.witnesses import Witnesses
from service.fold.candidates.candidate import Candidates
from service.fold.state.decisions import is_united
from service.fold.state.story import Representative, StoryState
from service.fold.verify.features import SHORT_WORDS
from service.fold.verify.prefilter import Prefilter
from service.fold.verify.text_record import TextRecord, unpack_bytes

SURE_BY_ID = 0.96
"""Score of a link between texts that carry one wire story's identifier and agree."""

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
        same_id: numbers of the articles that carry the wire story's identifier too.
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
        self.same_id: frozenset[int] = frozenset()

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
        return [self._ruled_out[number] and number not in self.same_id for number in numbers]

    def score(self, story: StoryState, shared: Candidates, reach: Reach) -> Fit:
        """Score the article for a story by its links to the story's representatives within reach;
        there are no links if none is.

        The original and later takes are compared first, then the copies that share most keys, until
        the score is settled. A text that holds the article's and a stranger's is no witness. In a
        story that the operator made of two, one link is enough: the texts of the two need not be
        like each other.

        Args:
            shared: keys in common with candidates, by article number.
        """
        foreign = story.agency is not None and bool(
            self._agencies and story.agency not in self._agencies
        )
        found = Witnesses(self.text, self._other)
        ruled_out: list[Representative] = []
        united = is_united(story.decisions)
        within = _closest_first(story, shared, reach)
        for each in within:
            if not (united or story.is_reference(each)) and found.are_enough:
                break
            if self._is_ruled_out(each.number):
                ruled_out.append(each)
                if min(len(self.text), each.words) >= SHORT_WORDS:
                    found.scores[each.number] = 0.0
            else:
                found.add(self._link(each, story, reach, foreign=foreign))
        if not united:
            every = list(filter(reach.includes, story.representatives))
            for part in found.parts_missing(within, every):
                if shared.get(part.number) is not None:  # all are indexed: else nothing is common
                    found.add_part(self._link(part, story, reach, foreign=foreign))
            found.count_parts(within)
            found.drop_roundups([each for each in every if each.uri != reach.uri])
        total = found.total(1 if united else TOP_LINKS)
        links = found.links
        if links and not reach.join_rewrites and _rewrites_story(story, links):
            total = 0.0
        if total > 0:
            links += [self._link(each, story, reach, foreign=foreign) for each in ruled_out]
        links.sort(key=lambda link: (-link.score, -link.features.jaccard))
        out_of_reach = bool(story.representatives) and not within
        return Fit(story, tuple(links), total, out_of_reach)

    def _is_ruled_out(self, number: int) -> bool:
        """Return True if a text cannot be a copy; for one that is unpacked this is not computed."""
        if number in self.same_id:
            return False
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
        same_id = representative.number in self.same_id and agrees(judged.features)
        if same_id:
            value = max(value, SURE_BY_ID)
        if foreign and judged.features.containment < OTHER_AGENCY_CONTAINMENT:
            value = 0.0
        speaks = speaks_for(story, representative, rewrites=judged.rewrites)
        return Link(representative, judged.features, value, judged.rewrites, speaks, same_id)

    def _other(self, number: int) -> TextRecord:
        """Return a text to compare with: the article's own object if they are the same word for
        word, so that arrays are derived once."""
        unpacked = self._unpacked.pop(number, None)
        if unpacked is not None:
            self._texts.keep(number, unpacked)
        return self._texts.text(number)


def _rewrites_story(story: StoryState, links: Sequence[Link]) -> bool:
    """Return True if an article rewrites its story's text, and is no copy of another article of the
    story."""
    take = closest_take(story, links)
    same = any(link.features.jaccard >= SAME_TEXT for link in links)
    return take.rewrites and not same


def _closest_first(story: StoryState, shared: Candidates, reach: Reach) -> list[Representative]:
    def rank(representative: Representative) -> tuple[bool, int]:
        candidate = shared.get(representative.number)
        common = candidate.rare_pairs + candidate.shingles if candidate else 0
        return not story.is_reference(representative), -common

    return sorted(story.compared_representatives(reach.includes), key=rank)
