"""Finds the translations of a story among those in the window: look-up by keys, guards, comparison
in full."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from service.link.features import LinkFeatures, Shared
from service.link.guards import LEAST_KEYS, has_facts_in_order, keys_needed, may_be_linked
from service.link.key_index import KeyIndex
from service.link.plan import Plan
from service.link.screen import told_apart
from service.link.sharing import Sharing, sharing
from service.link.story import Comparable, LinkStory
from service.link.verifier import LINKED, link_score
from service.text.hashing import Hashes

MOST_COMPARED = 64
"""Candidates of a story that are compared with it: those that share most keys."""

_MOST_TOGETHER = 512
"""Pairs that are told apart together."""

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


class _Ahead(NamedTuple):
    """What was found of a story ahead.

    Attributes:
        story: it is held as long as this is, so that it is of no other.
        after: number of the steps of the plan that are done by then.
        candidates: how many keys, and numbers of those that are compared in full.
    """

    story: LinkStory
    after: int
    candidates: Sequence[tuple[int, int]]


class LinkSearch(Generic[S]):
    """Stories by number, and by their keys. What is found depends on the stories that are here
    alone, and not on the order in which others came and went.

    It may not be held by two threads at once.
    """

    def __init__(self, prepare: Callable[[Sequence[Comparable]], None] = lambda _: None) -> None:
        """Start empty.

        Args:
            prepare: told which stories will be compared, before they are.
        """
        self._prepare = prepare
        self._plan = Plan()
        self._done = 0
        self._ahead: dict[int, _Ahead] = {}
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

    @property
    def is_as_planned(self) -> bool:
        """True if all was done that was planned last, and nothing else."""
        return bool(self._ahead) and self._done == len(self._plan.steps)

    def are_alive(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return which numbers are of stories that are here."""
        places = numbers - self._base
        alive: npt.NDArray[np.bool_] = self._alive.take(places, mode="clip") & (places >= 0)
        return alive

    def add(self, number: int, story: S, keys: Hashes) -> None:
        """Add a story; its number is higher than all before."""
        self._step(number, keys)
        self._enter(number, story)
        self._keys.add(number, keys)

    def load(self, entries: Iterable[tuple[int, S, Hashes]]) -> None:
        """Add many stories at once, ascending by number."""
        self._keys.load(self._entered(entries))

    def _entered(self, entries: Iterable[tuple[int, S, Hashes]]) -> Iterator[tuple[int, Hashes]]:
        for number, story, keys in entries:
            self._enter(number, story)
            yield number, keys

    def remove(self, number: int) -> None:
        """Remove a story; where it was the oldest, memory is given back."""
        self._step(number, None)
        del self._stories[number]
        self._alive[number - self._base] = False
        order = self._order
        while order and order[0] not in self._stories:
            order.popleft()
        self._expire(order[0] if order else number + 1)

    def prefetch(self, plan: Plan) -> None:
        """Look for several stories together, which is cheaper; as long as what is done is what is
        planned, `compared` then finds what it finds without."""
        self._plan, self._done = plan, 0
        found = self._found(plan, LINKED)
        self._ahead = {
            id(story): _Ahead(story, after, own)
            for (story, after), own in zip(plan.queries, found, strict=True)
        }

    def compared(self, story: LinkStory, least: float = LINKED) -> list[Link[S]]:
        """Return the candidates of a story that pass the guards and reach a score, best first."""
        ahead = self._ahead.get(id(story))
        if ahead is not None and ahead.after == self._done and least >= LINKED:
            candidates = ahead.candidates
        else:
            (candidates,) = self._found(Plan.of([story]), least)
        links = []
        for keys, number in candidates:
            other = self._stories[number]
            shared = Shared(story.profile, other.profile, keys)
            if not has_facts_in_order(shared):
                continue
            features = shared.aligned(shared.unaligned())
            score = link_score(features)
            if score >= least:
                links.append(Link(other, score, features))
        return sorted(links, key=lambda link: (-link.score, link.story.id))

    def _found(self, plan: Plan, least: float) -> list[list[tuple[int, int]]]:
        """The candidates of each story of a plan that may have a score."""
        candidates = [
            self._candidates(query.story, own, plan)
            for query, own in zip(plan.queries, sharing(self._keys, plan, LEAST_KEYS), strict=True)
        ]
        pairs = [
            (place, keys, number) for place, own in enumerate(candidates) for keys, number in own
        ]
        found: list[list[tuple[int, int]]] = [[] for _ in candidates]
        for first in range(0, len(pairs), _MOST_TOGETHER):
            some = pairs[first : first + _MOST_TOGETHER]
            both = [
                (plan.queries[place].story, self._other(number, plan)) for place, _, number in some
            ]
            self._prepare([each for pair in both for each in pair])
            profiles = [
                (story.profile, other.profile, keys)
                for (story, other), (_, keys, _) in zip(both, some, strict=True)
            ]
            for (place, keys, number), apart in zip(some, told_apart(profiles, least), strict=True):
                if not apart:
                    found[place].append((keys, number))
        return found

    def _candidates(
        self, story: LinkStory, sharing: Iterable[Sharing], plan: Plan
    ) -> list[tuple[int, int]]:
        """Those that are compared with a story, of the ones that share keys with it: how many keys,
        and their numbers, the most keys first."""
        found: list[tuple[int, int]] = []
        for number, keys in sharing:
            other = self._other(number, plan)
            may = may_be_linked(story, other) and keys >= keys_needed(story, other)
            if may and other.id != story.id:
                found.append((-keys, number))
        return [(-keys, number) for keys, number in sorted(found)[:MOST_COMPARED]]

    def _other(self, number: int, plan: Plan) -> Comparable:
        """A story that is here, or will be."""
        return plan.added.get(number) or self._stories[number]

    def _step(self, number: int, keys: Hashes | None) -> None:
        """Note what is done; where it is not as planned, nothing that was found ahead counts."""
        if self._ahead:
            if self._plan.is_next(self._done, number, keys):
                self._done += 1
            else:
                self._ahead = {}

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
