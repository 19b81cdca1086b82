"""What a shard keeps outside its own memory, and what it asks of the place that keeps it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from service.story.hashing import Hashes
from service.story.known import KnownArticle, KnownStory


class StoreFailed(RuntimeError):
    """The store cannot be read or written: the disk is full, or gone. No article is at fault, and
    what was not committed is lost."""


class StoreDamaged(StoreFailed):
    """The store holds something else than what was put into it: it must not be opened again."""


@dataclass(frozen=True, slots=True)
class StoredText:
    """What is kept of a text: its verification record, and the keys it is found by."""

    record: bytes
    keys: Hashes


@dataclass(frozen=True, slots=True)
class Rows:
    """Every article of a store by columns, ascending by number.

    Attributes:
        story, filed: slots of the story that holds it, and of the one its record names.
        seen: event time, seconds since the epoch.
    """

    number: npt.NDArray[np.int64]
    story: npt.NDArray[np.int64]
    filed: npt.NDArray[np.int64]
    seen: npt.NDArray[np.float64]


class Store(Protocol):
    """Articles by uri and by number, stories by slot, texts by the number of their article.

    A slot is a small number that a story has as long as it is in the window; it is used again
    afterwards. What is put can be read at once. Whoever opened the store decides when what was put
    is to last, and takes it back after a fault.

    Every method may raise StoreFailed.
    """

    def article(self, uri: str) -> KnownArticle | None:
        """The latest version of an article, in the story that holds it now."""

    def known(self, uris: Sequence[str]) -> set[str]:
        """Which of these articles are there."""

    def numbered(self, number: int) -> KnownArticle:
        """The article with this arrival number."""

    def members(self, slot: int) -> list[KnownArticle]:
        """The articles of a story, ascending by number."""

    def put_article(
        self, article: KnownArticle, slot: int, filed: int, text: StoredText | None = None
    ) -> None:
        """Keep a version of an article, in place of an earlier one.

        Args:
            slot, filed: of its `story_id` and of its `filed`.
            text: None where only what is known of the article has changed.
        """

    def drop_article(self, number: int) -> None:
        """Forget an article and its text."""

    def move(self, slot: int, into: int) -> None:
        """Give the articles of one story to another."""

    def text(self, number: int) -> bytes:
        """An article's verification record."""

    def texts(self, numbers: Sequence[int]) -> list[bytes]:
        """The verification records of some articles, in their order."""

    def keys(self, first: int, last: int) -> Iterator[tuple[int, Hashes]]:
        """Numbers and keys of the articles from `first` to `last`, ascending; none without keys."""

    def slot_of(self, story_id: str) -> int | None:
        """The slot of a story."""

    def reserve(self, story_id: str) -> int:
        """A slot for a story that has none."""

    def story(self, slot: int) -> KnownStory | None:
        """A story without its members; None where only its slot is reserved."""

    def put_story(self, slot: int, story: KnownStory) -> None:
        """Keep a story."""

    def drop_story(self, slot: int) -> None:
        """Forget a story; its slot is free."""

    def rows(self) -> Rows:
        """All articles."""

    def slots(self) -> Iterable[tuple[int, str]]:
        """Slots and ids of all stories, in any order."""

    def merged(self) -> list[tuple[int, str]]:
        """Slots of the merged stories, and the id of the story that each was merged into."""

    def reserved(self) -> list[int]:
        """Slots that were reserved for stories that are not there."""
