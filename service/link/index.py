"""The stories in the window, and which of them are translations of a new one."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.fold.candidates.candidate import SHINGLE
from service.fold.candidates.index import CandidateIndex
from service.link.features import LinkFeatures, compare_concepts
from service.link.guards import LEAST_KEYS, has_facts_in_order, keys_needed, may_be_linked
from service.link.story import LinkStory
from service.link.verifier import LINKED, link_score
from service.text.hashing import Hashes

MOST_COMPARED = 64
"""Candidates of a story that are compared with it: those that share most keys."""


@dataclass(frozen=True, slots=True)
class Link:
    """A story that is a translation of another.

    Attributes:
        story: the story found.
        score: how likely it is a translation, 0 to 1.
        features: what the two have in common.
    """

    story: LinkStory
    score: float
    features: LinkFeatures


class LinkIndex:
    """Stories by their keys; what is found depends on the stories that are here alone, and not on
    the order in which others came and went."""

    def __init__(self, most: int) -> None:
        """Start empty.

        Args:
            most: stories that are kept; where there are more, the oldest leaves.
        """
        self._most = most
        self._stories: dict[int, LinkStory] = {}
        self._numbers: dict[str, int] = {}
        self._next = 0
        self._keys = CandidateIndex(self)

    def __len__(self) -> int:
        return len(self._stories)

    def are_alive(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return which numbers are of stories that are here."""
        stories = self._stories
        return np.array([number in stories for number in numbers.tolist()], dtype=bool)

    def add(self, story: LinkStory) -> None:
        """Add a story; it takes the place of one with the same id."""
        self.remove(story.id)
        number, self._next = self._next, self._next + 1
        self._stories[number] = story
        self._numbers[story.id] = number
        self._keys.add(number, _pairs(story.keys))
        while len(self._stories) > self._most:
            self.remove(next(iter(self._stories.values())).id)

    def remove(self, story: str) -> None:
        """Remove a story by its id, if it is here."""
        number = self._numbers.pop(story, None)
        if number is not None:
            del self._stories[number]
            self._keys.remove(number)
            self._keys.expire(next(iter(self._stories), self._next))

    def links(self, story: LinkStory) -> list[Link]:
        """Return the translations of a story that are here, the best of each language, best
        first."""
        best: dict[str, Link] = {}
        for link in self.compared(story):
            if link.score >= LINKED and link.story.language not in best:
                best[link.story.language] = link
        return list(best.values())

    def compared(self, story: LinkStory) -> list[Link]:
        """Return the candidates of a story that pass the guards, with their scores, best first."""
        found: list[tuple[int, int]] = []
        for candidate in self._keys.find(_pairs(story.keys), LEAST_KEYS):
            other = self._stories[candidate.number]
            enough = candidate.rare_pairs >= keys_needed(story, other)
            if enough and other.id != story.id and may_be_linked(story, other):
                found.append((-candidate.rare_pairs, candidate.number))
        links = []
        for keys, number in sorted(found)[:MOST_COMPARED]:
            other = self._stories[number]
            features = compare_concepts(story.concepts, other.concepts, -keys)
            if has_facts_in_order(features):
                links.append(Link(other, link_score(features), features))
        return sorted(links, key=lambda link: (-link.score, link.story.id))


def _pairs(keys: Hashes) -> Hashes:
    """Keys as the index holds those of pairs."""
    return np.unique(keys & ~SHINGLE)
