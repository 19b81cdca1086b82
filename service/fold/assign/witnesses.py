"""Which of a story's texts say whether an article belongs to the story, and what they come to."""

from collections.abc import Callable, Sequence
from statistics import fmean

from service.fold.assign.roundup import MUCH, PART, is_roundup, share_in
from service.fold.assign.scoring import TOP_LINKS, Link
from service.fold.state.story import Representative
from service.fold.verify.features import is_conclusive
from service.fold.verify.text_record import TextRecord
from service.fold.verify.verifier import LINK

SURE = 0.95
"""Links above this, or all below 1 minus this, settle a score: no more texts are compared."""

NEARLY_SAME = 0.95
"""Texts that share this part of all their 5-grams are one text: the article joins its story."""

STRONG_CONTAINMENT, STRONG_LENGTH = 0.5, 0.5
"""Least containment of 5-grams and ratio of lengths of a strong link."""

_ROOM = 1.1
"""Two parts of a text that have nothing in common have no more words than it, but for the words
that sites add and leave out."""


class Witnesses:
    """An article's links to a story's texts.

    Attributes:
        links: to the texts that it was compared with.
        scores: of the texts that say whether it belongs to the story, by article number.
    """

    def __init__(self, text: TextRecord, other: Callable[[int], TextRecord]) -> None:
        """Start without links.

        Args:
            text: the article's.
            other: returns the text of an article number.
        """
        self.links: list[Link] = []
        self.scores: dict[int, float] = {}
        self._text = text
        self._other = other
        self._part_links: dict[int, Link] = {}

    def add(self, link: Link) -> None:
        """Add a link."""
        self.links.append(link)
        if link.speaks and (link.same_id or is_conclusive(link.features)):
            self.scores[link.representative.number] = link.score

    @property
    def are_enough(self) -> bool:
        """True if more links would not change the outcome: as many as count are sure, or the
        closest two are surely no copies."""
        if len(self.scores) < 2:
            return False
        best = sorted(self.scores.values(), reverse=True)
        if len(best) >= TOP_LINKS and best[TOP_LINKS - 1] >= SURE:
            return True
        return best[0] < 1 - SURE

    def parts_missing(
        self, within: Sequence[Representative], every: Sequence[Representative]
    ) -> list[Representative]:
        """Return much shorter parts of the texts that the article is no copy of and much shorter
        than; it may be a copy of one of these.

        Args:
            within: the representatives that articles are compared with.
            every: these and the parts of them.
        """
        wholes = {each.uri: each for each in within if self._is_unlike_the_rest(each)}
        return [
            each
            for each in every
            if each.part_of in wholes
            and each.number not in self.scores
            and MUCH * each.words <= wholes[each.part_of or ""].words
        ]

    def add_part(self, link: Link) -> None:
        """Add a link to a part, which counts only in place of the whole."""
        self._part_links[link.representative.number] = link

    def count_parts(self, within: Sequence[Representative]) -> None:
        """Count a text that the article is a copy of in place of a much longer one that holds it:
        that the article is unlike the rest of that one says nothing."""
        copies = [link for link in (*self.links, *self._part_links.values()) if link.score >= LINK]
        for whole in filter(self._is_unlike_the_rest, within):
            for link in copies:
                part = link.representative
                if part.part_of != whole.uri and not self._holds(whole, part):
                    continue
                del self.scores[whole.number]
                if part.number not in self.scores:
                    self.add(link)
                break

    def drop_roundups(self, every: Sequence[Representative]) -> None:
        """Drop the links to texts that hold the article's text and that of a stranger to it in the
        same story: that they are in the story says nothing of the article.

        Args:
            every: the story's representatives, parts of others included, without the article's own.
        """
        others = {each.number for each in every}
        compared = {*self.scores, *(link.representative.number for link in self.links)}

        def is_mixed(link: Link) -> bool:
            whole = link.representative
            is_same = whole.number not in others or link.features.jaccard >= NEARLY_SAME
            if is_same or link.score < LINK:
                return False
            text = self._other(whole.number)
            room = _ROOM * whole.words - share_in(text, self._text) * len(self._text)
            return any(
                is_roundup(text, self._text, self._other(each.number))
                for each in every
                if each.number != whole.number
                and (each.number in compared or (each.part_of is not None and each.words <= room))
            )

        mixed = {link.representative.number for link in self.links if is_mixed(link)}
        self.links = [each for each in self.links if each.representative.number not in mixed]
        self.scores = {number: each for number, each in self.scores.items() if number not in mixed}

    def total(self, count: int) -> float:
        """Return the score of the story: the mean of the best links, or that of a strong one if
        higher.

        A link is strong if it is sure and the texts share half of their 5-grams and are of like
        length: weaker links to rewordings of the same text say nothing against it, and a roundup,
        which is much longer than what it quotes, has none. So is one between texts that carry the
        wire story's identifier and agree. A text that is nearly the same belongs
        in any case.

        Args:
            count: links that the mean is of.
        """
        if any(link.features.jaccard >= NEARLY_SAME for link in self.links):
            return 1.0
        if not self.scores:
            return 0.0
        strong = [link.score for link in self.links if _is_strong(link)]
        return max([fmean(sorted(self.scores.values(), reverse=True)[:count]), *strong])

    def _is_unlike_the_rest(self, whole: Representative) -> bool:
        """Return True if the article is no copy of a text that is much longer."""
        is_no_copy = self.scores.get(whole.number, LINK) < LINK
        return is_no_copy and MUCH * len(self._text) <= whole.words

    def _holds(self, whole: Representative, part: Representative) -> bool:
        if part.number == whole.number or part.words > whole.words:
            return False
        return share_in(self._other(whole.number), self._other(part.number)) >= PART


def _is_strong(link: Link) -> bool:
    features = link.features
    is_like = features.containment >= STRONG_CONTAINMENT and features.length_ratio >= STRONG_LENGTH
    return link.score >= SURE and (link.same_id or is_like)
