"""A store in memory, for one run over a file and for tests: nothing of it lasts."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from service.story.columns import FreeSlots
from service.story.hashing import Hashes
from service.story.known import KnownArticle, KnownStory
from service.story.rows import article_row, read_article, read_story, story_row
from service.story.store import Rows, StoreDamaged, StoredText


class HeapStore:
    """A `Store` of dictionaries. Rows are kept as bytes, so that nothing put can change."""

    def __init__(self) -> None:
        self._articles: dict[int, bytes] = {}
        self._seen: dict[int, float] = {}
        self._slots: dict[int, tuple[int, int]] = {}
        self._numbers: dict[str, int] = {}
        self._texts: dict[int, StoredText] = {}
        self._members: dict[int, set[int]] = {}
        self._stories: dict[int, bytes | None] = {}
        self._ids: dict[int, str] = {}
        self._by_id: dict[str, int] = {}
        self._merged: dict[int, str] = {}
        self._free = FreeSlots()

    def article(self, uri: str) -> KnownArticle | None:
        """See `Store`."""
        number = self._numbers.get(uri)
        return None if number is None else self.numbered(number)

    def known(self, uris: Sequence[str]) -> set[str]:
        """See `Store`."""
        return {uri for uri in uris if uri in self._numbers}

    def numbered(self, number: int) -> KnownArticle:
        """See `Store`."""
        if number not in self._articles:
            raise StoreDamaged(f"there is no article {number}")
        return read_article(self._articles[number], self._ids[self._slots[number][0]])

    def members(self, slot: int) -> list[KnownArticle]:
        """See `Store`."""
        return [self.numbered(number) for number in sorted(self._members.get(slot, ()))]

    def put_article(
        self, article: KnownArticle, slot: int, filed: int, text: StoredText | None = None
    ) -> None:
        """See `Store`."""
        earlier = self._numbers.get(article.uri)
        if earlier is not None and earlier != article.number:
            self.drop_article(earlier)
        number = article.number
        if number in self._slots:
            self._members[self._slots[number][0]].discard(number)
        self._articles[number] = article_row(article)
        self._seen[number] = article.seen
        self._slots[number] = slot, filed
        self._numbers[article.uri] = number
        self._members.setdefault(slot, set()).add(number)
        if text is not None:
            self._texts[number] = text

    def drop_article(self, number: int) -> None:
        """See `Store`."""
        article = self.numbered(number)
        del self._numbers[article.uri], self._articles[number], self._seen[number]
        self._members[self._slots.pop(number)[0]].discard(number)
        self._texts.pop(number, None)

    def move(self, slot: int, into: int) -> None:
        """See `Store`."""
        moved = self._members.pop(slot, set())
        for number in moved:
            self._slots[number] = into, self._slots[number][1]
        self._members.setdefault(into, set()).update(moved)

    def text(self, number: int) -> bytes:
        """See `Store`."""
        if number not in self._texts:
            raise StoreDamaged(f"there is no text of article {number}")
        return self._texts[number].record

    def texts(self, numbers: Sequence[int]) -> list[bytes]:
        """See `Store`."""
        return [self.text(number) for number in numbers]

    def keys(self, first: int, last: int) -> Iterator[tuple[int, Hashes]]:
        """See `Store`."""
        for number in sorted(self._texts):
            if first <= number <= last and len(self._texts[number].keys):
                yield number, self._texts[number].keys

    def slot_of(self, story_id: str) -> int | None:
        """See `Store`."""
        return self._by_id.get(story_id)

    def reserve(self, story_id: str) -> int:
        """See `Store`."""
        slot = self._free.take()
        self._stories[slot] = None
        self._ids[slot] = story_id
        self._by_id[story_id] = slot
        return slot

    def story(self, slot: int) -> KnownStory | None:
        """See `Store`."""
        row = self._stories.get(slot)
        return None if row is None else read_story(row)

    def put_story(self, slot: int, story: KnownStory) -> None:
        """See `Store`."""
        self._stories[slot] = story_row(story)
        if story.merged_into is not None:
            self._merged[slot] = story.merged_into

    def drop_story(self, slot: int) -> None:
        """See `Store`."""
        del self._stories[slot], self._by_id[self._ids.pop(slot)]
        self._members.pop(slot, None)
        self._merged.pop(slot, None)
        self._free.give(slot)

    def rows(self) -> Rows:
        """See `Store`."""
        numbers = sorted(self._articles)
        return Rows(
            number=np.array(numbers, dtype=np.int64),
            story=np.array([self._slots[number][0] for number in numbers], dtype=np.int64),
            filed=np.array([self._slots[number][1] for number in numbers], dtype=np.int64),
            seen=np.array([self._seen[number] for number in numbers], dtype=np.float64),
        )

    def slots(self) -> Iterable[tuple[int, str]]:
        """See `Store`."""
        return self._ids.items()

    def merged(self) -> list[tuple[int, str]]:
        """See `Store`."""
        return sorted(self._merged.items())

    def reserved(self) -> list[int]:
        """See `Store`."""
        return [slot for slot, row in self._stories.items() if row is None]
