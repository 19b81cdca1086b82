"""LINK's memory: the stories in the window, and which of them are translations of one another.

A pair is scored once, when the later of the two comes, and held by both. A story that comes again
with another text is a new one under the old id: its pairs are found anew. A story that FOLD's
window has left is not looked for any more; while a story that is still there has it as a
translation, it is kept, without its text, for nothing that was said of it has changed.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.contract.story_concepts import StoryConcepts
from service.contract.translations import StoryTranslations
from service.link.arrival import Arrival, ArrivedStory, unpack_arrivals
from service.link.forecast import Forecast
from service.link.held import PAIR_BYTES, Held, Pair, about
from service.link.profiles import make_profiles
from service.link.search import LinkSearch
from service.link.statement import pair_of, statement
from service.link.story import Comparable, LinkStory
from service.text.hashing import Hashes

MOST_PAIRS = 128
"""Translations of one story that are remembered; with more, further ones are not linked with it.
Texts that so many others match are templates."""


@dataclass(frozen=True, slots=True)
class Change:
    """What came of a record.

    Attributes:
        said: what is to be said, with the story that it is said of.
        saved: ids of the stories that are not as they were, with the values of their records.
        deleted: ids of stories that are forgotten.
    """

    said: Sequence[tuple[StoryTranslations, StoryConcepts]] = ()
    saved: Sequence[tuple[str, bytes]] = ()
    deleted: Sequence[str] = ()


NOTHING = Change()


class Linker:
    """The stories that LINK remembers. What it does depends on the records that it was given alone,
    and after a restore it goes on as before.

    Attributes:
        offset: of the last record of `stories.concepts` that was taken; -1 before the first.
        next_number: number that the next story gets.
    """

    def __init__(self, most: int) -> None:
        """Start empty.

        Args:
            most: stories that are kept; where there are more, the oldest are forgotten.
        """
        self.offset = -1
        self.next_number = 0
        self._most = most
        self._held: dict[str, Held] = {}
        self._order: deque[Held] = deque()  # by number; also some that are forgotten
        self._search: LinkSearch[Held] = LinkSearch(_prepare)
        self._bytes = 0
        self._sides = 0
        self._touched: set[str] = set()

    @property
    def stories(self) -> int:
        """Number of stories that are kept."""
        return len(self._held)

    @property
    def pairs(self) -> int:
        """Number of pairs of translations among them."""
        return self._sides // 2

    @property
    def nbytes(self) -> int:
        """Bytes held, about."""
        return self._bytes + self._sides * PAIR_BYTES + self.index_bytes

    @property
    def index_bytes(self) -> int:
        """Bytes of them that the index of keys holds."""
        return self._search.nbytes

    def restore(self, stories: Iterable[tuple[Held, Hashes | None]]) -> None:
        """Take over stories, ascending by number, with their keys; None: it has left the window."""
        self._search.load(self._entered(stories))

    def _entered(
        self, stories: Iterable[tuple[Held, Hashes | None]]
    ) -> Iterator[tuple[int, Held, Hashes]]:
        for held, keys in stories:
            self._enter(held)
            self._sides += len(held.pairs)
            if keys is not None:
                yield held.number, held, keys

    def prefetch(self, coming: Sequence[Arrival | str]) -> None:
        """Look up together what `take` and `forget` will look up.

        Args:
            coming: stories that are told of, and ids of those that leave the window.
        """
        arrivals = (each for each in coming if isinstance(each, Arrival))
        unpack_arrivals(arrival for arrival in arrivals if not self._is_known(arrival))
        forecast = Forecast(self._held, self._order, self.next_number, self._most)
        self._search.prefetch(forecast.of(coming))

    def take(self, arrival: Arrival) -> Change:
        """Take what FOLD tells of a story.

        Raises:
            UndecodableValue: its concepts are damaged; nothing has changed.
        """
        told, known = arrival.told, self._held.get(arrival.told.story)
        if known is not None and self._is_known(arrival):
            return NOTHING if known.about == about(told) else self._retold(known, told)
        story = arrival.story()
        if story is None and known is None:
            return NOTHING
        return self._replaced(arrival, known, story)

    def forget(self, story: str) -> Change:
        """Forget a story that has left FOLD's window; nothing is to be said of that."""
        known = self._held.get(story)
        if known is None or not known.packed:
            return NOTHING
        partners = known.pairs
        self._leave(known)
        self._touched.add(story)
        self._sweep([story, *partners])
        return self._change(())

    def _is_known(self, arrival: Arrival) -> bool:
        """True if the story is here, with this text."""
        known = self._held.get(arrival.told.story)
        return known is not None and known.is_as(arrival.told, arrival.packed)

    def _retold(self, known: Held, told: StoryConcepts) -> Change:
        """Take other properties of a story with the same text."""
        before = self._said([known.id, *sorted(known.pairs)])
        self._bytes -= known.nbytes
        known.about = about(told)
        self._bytes += known.nbytes
        self._touched.add(known.id)
        return self._change(self._changed(before, told))

    def _replaced(self, arrival: Arrival, known: Held | None, story: LinkStory | None) -> Change:
        """Take a story that is new, has another text, or is none any more."""
        told = arrival.told
        pairs = {} if story is None else self._translations(story)
        old = () if known is None else known.pairs
        before = self._said([told.story, *sorted({*pairs, *old})])
        if known is not None:
            self._delete(known)
        if story is not None:
            held = Held(self.next_number, told, arrival.packed, story.words)
            self.next_number += 1
            self._enter(held)
            self._search.add(held.number, held, story.keys)
            for other, pair in pairs.items():
                held.pair(other, pair)
                self._held[other].pair(told.story, pair)
                self._touched.add(other)
            self._sides += 2 * len(pairs)
            self._touched.add(told.story)
        said = self._changed(before, told)
        self._sweep(old)
        while len(self._held) > self._most:
            oldest = self._order[0]
            partners = oldest.pairs
            self._delete(oldest)
            self._sweep(partners)
        return self._change(said)

    def _translations(self, story: LinkStory) -> dict[str, Pair]:
        """Return the pairs of a story with those that are here."""
        return {
            link.story.id: pair_of(link.score, link.features)
            for link in self._search.compared(story)
            if len(link.story.pairs) < MOST_PAIRS
        }

    def _said(self, stories: Iterable[str]) -> dict[str, StoryTranslations | None]:
        """What is said of stories now; None of those that have no translation."""
        return {each: self._statement(self._held.get(each)) for each in stories}

    def _statement(self, held: Held | None) -> StoryTranslations | None:
        if held is None or not held.pairs:
            return None
        return statement(held.told, [(self._held[other].told, pair) for other, pair in held.best])

    def _changed(
        self, before: dict[str, StoryTranslations | None], told: StoryConcepts
    ) -> list[tuple[StoryTranslations, StoryConcepts]]:
        """What is to be said of stories of which something else was said before."""
        said = []
        for story, old in before.items():
            held = self._held.get(story)
            new = self._statement(held)
            if new != old:
                own = told if held is None else held.told
                said.append((new or statement(own, ()), own))
        return said

    def _change(self, said: Iterable[tuple[StoryTranslations, StoryConcepts]]) -> Change:
        """What came of a record, of which all is done."""
        touched = sorted(self._touched)
        self._touched.clear()
        return Change(
            tuple(said),
            tuple((each, self._held[each].value) for each in touched if each in self._held),
            tuple(each for each in touched if each not in self._held),
        )

    def _enter(self, held: Held) -> None:
        self._held[held.id] = held
        self._order.append(held)
        self._bytes += held.nbytes

    def _leave(self, held: Held) -> None:
        """Take a story out of the search; it keeps its pairs."""
        self._bytes -= held.nbytes
        if held.packed:
            self._search.remove(held.number)
            held.packed = b""
        self._bytes += held.nbytes

    def _delete(self, held: Held) -> None:
        """Forget a story, and its pairs."""
        self._leave(held)
        self._bytes -= held.nbytes
        for other in held.pairs:
            self._held[other].part(held.id)
            self._touched.add(other)
        self._sides -= 2 * len(held.pairs)
        del self._held[held.id]
        self._touched.add(held.id)
        order = self._order
        while order and self._held.get(order[0].id) is not order[0]:
            order.popleft()

    def _sweep(self, stories: Iterable[str]) -> None:
        """Forget those of some stories that have left the window and are nobody's translations
        there any more."""
        for story in sorted(stories):
            held = self._held.get(story)
            if held is not None and not held.packed and not self._has_living(held):
                self._delete(held)

    def _has_living(self, held: Held) -> bool:
        """True if a translation of a story is still in the window."""
        return any(self._held[other].packed for other in held.pairs)


def _prepare(stories: Iterable[Comparable]) -> None:
    make_profiles(
        (each.packed, each.concepts if isinstance(each, ArrivedStory) else None)
        for each in stories
        if isinstance(each, Held | ArrivedStory)
    )
