"""Finds the translations of a story among those in the window: look-up by keys, guards, comparison
in full."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from service.link.features import LinkFeatures, Shared
from service.link.guards import LEAST_KEYS, has_facts_in_order, keys_needed, may_be_linked
from service.link.key_index import KeyIndex, Sharing, index_keys
from service.link.screen import told_apart
from service.link.story import Comparable, LinkStory
from service.link.verifier import LINKED, highest_score, link_score
from service.text.hashing import Hashes

MOST_COMPARED = 64
"""Candidates of a story that are compared with it: those that share most keys."""

_MOST_AHEAD = 512
"""Pairs that are told apart ahead, of all stories that are looked up together."""

_ROOM = 1 << 16
"""Numbers for which room is made, or given back, at once."""

S = TypeVar("S", bound=Comparable)


@dataclass(frozen=True, slots=True)
class Link(Generic[S]):
    """A story that may be a translation of another.

    Attributes:
        story: the story found.
        score: how likely it is a translation, 0 to 1.
        features: what the two have in common.
    """

    story: S
    score: float
    features: LinkFeatures


class _Apart(NamedTuple):
    """Pairs of a story that are no translations.

    Attributes:
        story: it is held as long as its pairs are, so that they are of no other.
        pairs: number of the other story, and how many keys both have.
    """

    story: LinkStory
    pairs: set[tuple[int, int]]


class LinkSearch(Generic[S]):
    """Stories by number, and by their keys. What is found depends on the stories that are here
    alone, and not on the order in which others came and went.

    It may not be held by two threads at once.
    """

    def __init__(self, prepare: Callable[[Sequence[S]], None] = lambda _: None) -> None:
        """Start empty.

        Args:
            prepare: told which stories will be compared, before they are.
        """
        self._prepare = prepare
        self._apart: dict[int, _Apart] = {}
        self._stories: dict[int, S] = {}
        self._order: deque[int] = deque()
        self._base = 0
        self._alive = np.zeros(_ROOM, dtype=bool)
        self._keys = KeyIndex(self)

    def __len__(self) -> int:
        return len(self._stories)

    @property
    def nbytes(self) -> int:
        """Bytes held by the index of keys."""
        return self._keys.nbytes + self._alive.nbytes

    def are_alive(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return which numbers are of stories that are here."""
        places = numbers - self._base
        alive: npt.NDArray[np.bool_] = self._alive.take(places, mode="clip") & (places >= 0)
        return alive

    def add(self, number: int, story: S, keys: Hashes) -> None:
        """Add a story; its number is higher than all before."""
        self._enter(number, story)
        self._keys.add(number, index_keys(keys))

    def load(self, entries: Sequence[tuple[int, S, Hashes]]) -> None:
        """Add many stories at once, ascending by number."""
        for number, story, _ in entries:
            self._enter(number, story)
        self._keys.load((number, index_keys(keys)) for number, _, keys in entries)

    def remove(self, number: int) -> None:
        """Remove a story; where it was the oldest, memory is given back."""
        del self._stories[number]
        self._alive[number - self._base] = False
        self._keys.remove(number)
        order = self._order
        while order and order[0] not in self._stories:
            order.popleft()
        if order:
            self._expire(order[0])

    def prefetch(self, stories: Sequence[LinkStory]) -> None:
        """Look the keys of several stories up together, which is cheaper; `compared` then finds
        what it finds without."""
        sharing = self._keys.sharing_together(
            [index_keys(story.keys) for story in stories], LEAST_KEYS
        )
        self._apart = {}
        found = [
            (story, number, keys)
            for story, own in zip(stories, sharing, strict=True)
            for keys, number in self._candidates(story, own)
        ][:_MOST_AHEAD]
        self._prepare([self._stories[number] for _, number, _ in found])
        pairs = [
            (story.profile, self._stories[number].profile, keys) for story, number, keys in found
        ]
        apart = told_apart(pairs, LINKED)
        for (story, number, keys), is_apart in zip(found, apart, strict=True):
            if is_apart:
                self._apart.setdefault(id(story), _Apart(story, set())).pairs.add((number, keys))

    def compared(self, story: LinkStory, least: float = LINKED) -> list[Link[S]]:
        """Return the candidates of a story that pass the guards and reach a score, best first."""
        apart = self._told_apart(story) if least >= LINKED else frozenset()
        links = []
        sharing = self._keys.sharing(index_keys(story.keys), LEAST_KEYS)
        for keys, number in self._candidates(story, sharing):
            if (number, keys) in apart:
                continue
            other = self._stories[number]
            shared = Shared(story.profile, other.profile, keys)
            if not has_facts_in_order(shared):
                continue
            # Nearly all that are no translations are told apart before sentences are aligned.
            features = shared.unaligned()
            if highest_score(features) < least:
                continue
            features = shared.aligned(features)
            score = link_score(features)
            if score >= least:
                links.append(Link(other, score, features))
        return sorted(links, key=lambda link: (-link.score, link.story.id))

    def _candidates(self, story: LinkStory, sharing: Iterable[Sharing]) -> list[tuple[int, int]]:
        """Those that are compared with a story, of the ones that share keys with it: how many keys,
        and their numbers, the most keys first."""
        found: list[tuple[int, int]] = []
        for number, keys in sharing:
            other = self._stories[number]
            may = may_be_linked(story, other) and keys >= keys_needed(story, other)
            if may and other.id != story.id:
                found.append((-keys, number))
        return [(-keys, number) for keys, number in sorted(found)[:MOST_COMPARED]]

    def _told_apart(self, story: LinkStory) -> Set[tuple[int, int]]:
        """Pairs of a story that are known to be no translations: numbers, and how many keys."""
        ahead = self._apart.get(id(story))
        return frozenset() if ahead is None else ahead.pairs

    def _expire(self, before: int) -> None:
        self._keys.expire(before)
        if before - self._base >= _ROOM:
            self._alive = self._alive[before - self._base :].copy()
            self._base = before

    def _enter(self, number: int, story: S) -> None:
        if not self._stories:
            self._base, self._alive = number, np.zeros(_ROOM, dtype=bool)
        place = number - self._base
        if place >= len(self._alive):
            room = np.zeros(place + _ROOM, dtype=bool)
            self._alive = np.concatenate([self._alive, room])
        self._stories[number] = story
        self._order.append(number)
        self._alive[place] = True
