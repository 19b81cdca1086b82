"""The window: the articles and stories that a shard can link new articles to.

Rows are in the row store. In memory are the candidate index, a few numbers of every article and
story, and the stories and texts in use. A story in use is changed in place, and stored by `save`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from service.contract.extracted import Extracted, Signature
from service.contract.fold_state import PartitionClock
from service.contract.story import StoryStatus
from service.fold.candidates.index import CandidateIndex
from service.fold.candidates.segment import Segment
from service.fold.state.article import ArticleState
from service.fold.state.columns import ArticleColumns, StoryColumns
from service.fold.state.empty_stories import EmptyStories
from service.fold.state.load import load_index, load_next_number, load_stories, load_watermark
from service.fold.state.remembered import Remembered
from service.fold.state.restore import signature_of
from service.fold.state.row_integrity import StoreDamaged
from service.fold.state.row_store import RowStore
from service.fold.state.story import StoryState
from service.fold.state.story_cache import StoryCache
from service.fold.state.text_cache import TextCache
from service.fold.state.text_table import StoredText
from service.fold.state.watermark import Watermark


@dataclass(frozen=True, slots=True)
class WindowLimits:
    """What a shard keeps.

    Attributes:
        span: length of the window in event time.
        articles: most articles in the window.
        remember: for how long identities are kept after the last fetch, in event time.
        reject_late: True if articles older than the watermark by more than `span` are rejected,
            False if they are placed.
    """

    span: timedelta = timedelta(hours=72)
    articles: int = 1_000_000
    remember: timedelta = timedelta(days=60)
    reject_late: bool = False


class Window:
    """Articles and stories of one shard.

    A merged story is kept as long as records of articles name it, so that the window can be
    restored from the records.

    Attributes:
        limits: what is kept.
        store: the rows.
        watermark: event time (see `service.fold.state.watermark`).
        next_number: number of the next article.
        index: finds articles by key.
        articles, stories: the numbers held in memory of each.
        texts: the articles' texts.
        story_cache: the stories by slot.
        empty_stories: those of them without articles.
        remembered: what is kept of articles that have left the window.
    """

    def __init__(
        self, limits: WindowLimits, store: RowStore | None = None, *, one_clock: bool = False
    ) -> None:
        """Start empty.

        Args:
            store: in memory if None. If it has rows, call `open`.
            one_clock: True if all input comes in one order, as from files.
        """
        self.limits = limits
        self.store = store or RowStore.in_memory()
        self.watermark = Watermark(limits.span.total_seconds(), one_clock=one_clock)
        self.next_number = 0
        self.articles = ArticleColumns()
        self.stories = StoryColumns()
        self.index = CandidateIndex(self.articles)
        self.texts = TextCache(self.store)
        self.story_cache = StoryCache(self.store)
        self.empty_stories = EmptyStories()
        self.remembered = Remembered(
            self.store.identities,
            self.watermark,
            seconds=limits.remember.total_seconds(),
            articles=limits.articles,
        )
        # Slots of stories of which articles may be published again, see `StoryState.reinstated`.
        self._reinstated: dict[int, int] = {}

    def open(self, clock: float, segments: Sequence[Segment] = ()) -> None:
        """Load what the store has.

        Args:
            clock: the newest event time seen, seconds since the epoch; used if version 0.1.0 wrote
                the state.
            segments: of the index; articles that they do not cover are read from the store.
        """
        rows = self.store.rows()
        self.store.identities.verify()
        self.next_number = load_next_number(self.store, rows)
        load_watermark(self.watermark, self.store, rows, clock)
        self.articles.load(rows.number, rows.story, rows.seen)
        empty = load_stories(self.stories, self.store, rows)
        self.empty_stories.load(empty, self.store.stories.merged(), rows.recorded)
        self._reinstated = dict(self.store.stories.reinstated())
        load_index(self.index, self.store, segments, rows.number)

    @property
    def article_count(self) -> int:
        """Articles in the window."""
        return self.articles.count

    @property
    def story_count(self) -> int:
        """Stories in the window, merged ones included."""
        return self.stories.count

    @property
    def age(self) -> float:
        """Seconds of event time from the oldest article to the partition that has got furthest; 0
        without articles."""
        return self.watermark.newest - self.articles.oldest_seen if self.articles.count else 0.0

    @property
    def nbytes(self) -> int:
        """Bytes held of all articles and stories, without the index."""
        return self.articles.nbytes + self.stories.nbytes

    def article(self, uri: str) -> ArticleState | None:
        """Return an article; None if it is not in the window."""
        return self.store.article(uri)

    def advance(self, extracted: Extracted) -> tuple[PartitionClock | None, float]:
        """Move the watermark with an article that is about to be placed, see `Watermark.advance`.

        Returns:
            The clock of its partition, and its event time.
        """
        clock, seen = self.watermark.advance(extracted, self.next_number)
        if clock is not None:
            self.store.put_clock(clock)
        return clock, seen

    def existing(self, uris: Sequence[str]) -> set[str]:
        """Return which of these uris are those of articles in the window, or of articles that have
        left it and are remembered."""
        held = self.store.existing(uris)
        return held | {
            uri for uri in uris if uri not in held and self.remembered.find(uri) is not None
        }

    def story_of(self, article: ArticleState) -> StoryState:
        """Return the story that holds an article."""
        return self.story_cache.story(self.slot_of(article.number))

    def story_with_id(self, story_id: str) -> StoryState | None:
        """Return a story, or the one that it was merged into; None if it is not in the window."""
        slot = self.store.stories.slot_of(story_id)
        while slot is not None:
            story = self.story_cache.story(slot)
            if story.merged_into is None:
                return story
            slot = self.store.stories.slot_of(story.merged_into)
        return None

    def is_published_again(self, article: ArticleState) -> bool:
        """Return True if an article is published again although it is unchanged."""
        slot = self.slot_of(article.number)
        if article.number >= self._reinstated.get(slot, 0):
            return False
        return self.story_cache.story(slot).is_published_again(article)

    def create(self, story: StoryState) -> StoryState:
        """Add a new story; if there is one with its id, return that one instead."""
        slot = self.store.stories.slot_of(story.id)
        if slot is not None:
            return self.story_cache.story(slot)
        slot = self.store.stories.reserve(story.id)
        self.stories.add(slot, story.id)
        return self.story_cache.keep(slot, story)

    def save(self, stories: Iterable[StoryState]) -> None:
        """Store stories as they are now."""
        for story in stories:
            self.store.stories.put(story.slot, story)
            self._reinstated.pop(story.slot, None)
            if story.reinstated is not None:
                self._reinstated[story.slot] = story.reinstated

    def insert(
        self,
        article: ArticleState,
        story: StoryState,
        text: StoredText,
        previous: ArticleState | None,
    ) -> None:
        """Add a version of an article as a member of its story. `index_member` (see
        `service.fold.state.indexed_members`) completes it, once the story has changed.

        Args:
            previous: the version that it replaces.
        """
        if previous is not None:
            self.remove(previous)
        self.store.put_article(article, story.slot, story.slot, text)
        story.add(article)
        self.articles.add(article.number, story.slot, article.held_from)
        self.stories.resize(story.slot, 1)
        self.empty_stories.discard(story.id)
        self.next_number = max(self.next_number, article.number + 1)

    def renumber(self, article: ArticleState, text: StoredText) -> None:
        """Give an article the next number, and store its text under it."""
        before = article.number
        slot, recorded = self.slot_of(before), self._recorded_slot(article)
        article.number = self.next_number
        article.clock = self.watermark.record()
        self.store.put_article(article, slot, recorded, text)
        self.articles.add(article.number, slot, article.held_from)
        self._forget(before)
        self.next_number += 1

    def touch(self, article: ArticleState) -> None:
        """Store an article of which the text has not changed."""
        self.store.put_article(article, self.slot_of(article.number), self._recorded_slot(article))

    def absorb(self, kept: StoryState, other: StoryState) -> None:
        """Move the articles and representatives of one story into another, for good."""
        recorded = self.store.recorded_count(other.slot)
        moved = self.store.move(other.slot, kept.slot)
        self.articles.move(moved, kept.slot)
        self.stories.resize(kept.slot, len(moved))
        self.stories.resize(other.slot, -len(moved))
        kept.take_over(other)
        other.status = StoryStatus.MERGED
        other.merged_into = kept.id
        self.empty_stories.add_merged(other.id, other.slot, kept.id, recorded)

    def move(self, article: ArticleState, story: StoryState) -> Signature:
        """Move an article to another story, which its record will name from now on.

        Returns:
            The article's signature, for that record.
        """
        left, recorded = self.story_of(article), article.recorded_story_id
        article.story_id = article.recorded_story_id = story.id
        self.store.put_article(article, story.slot, story.slot)
        self.articles.move([article.number], story.slot)
        self.stories.resize(story.slot, 1)
        left.remove(article)
        story.add(article)
        if not self.stories.resize(left.slot, -1):
            self.empty_stories.add(left.id, left.slot)
        self.empty_stories.release(recorded)
        return self.signature(article)

    def signature(self, article: ArticleState) -> Signature:
        """Return the signature of an article, for its record."""
        return signature_of(article, self.store.texts.stored(article.number))

    def remove(self, article: ArticleState) -> None:
        """Remove a version of an article from memory; its row stays."""
        slot = self.slot_of(article.number)
        self._forget(article.number)
        story = self.story_cache.in_memory(slot)
        if story is not None:
            story.remove(article)
            self.story_cache.has_shrunk(story)
        if not self.stories.resize(slot, -1):
            self.empty_stories.add(article.story_id, slot)
        self.empty_stories.release(article.recorded_story_id)

    def drop_story(self, slot: int) -> None:
        """Remove a story that holds no article, and its row."""
        self.store.stories.drop(slot)
        self.stories.remove()
        self.story_cache.discard(slot)
        self._reinstated.pop(slot, None)

    def slot_of(self, number: int) -> int:
        """Return the slot of the story that holds an article."""
        return int(self.articles.slots(np.array([number]))[0])

    def _forget(self, number: int) -> None:
        self.index.remove(number)
        self.articles.remove(number)
        self.texts.discard(number)

    def _recorded_slot(self, article: ArticleState) -> int:
        slot = self.store.stories.slot_of(article.recorded_story_id)
        if slot is None:
            raise StoreDamaged(f"an article names {article.recorded_story_id}, which is missing")
        return slot
