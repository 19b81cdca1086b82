"""The window: the articles and stories that a shard can link new articles to.

Rows are in the row store. In memory are the candidate index, a few numbers of every article and
story, and the stories and texts in use. A story in use is one object, which is changed in place and
stored by `save`.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from service.contract.extracted import SIGNATURE_VERSION, Extracted, Signature
from service.contract.fold_state import ArticleRecord, IdentityRecord, PartitionClock, StoryRecord
from service.contract.story import StoryStatus
from service.fold.candidates.index import CandidateIndex
from service.fold.candidates.segment import Segment
from service.fold.state.article import ArticleState
from service.fold.state.columns import ArticleColumns, StoryColumns
from service.fold.state.identities import Identities, Remembering, identity_of, merger_of
from service.fold.state.load import load_index, load_stories
from service.fold.state.restore import Restorer, left_out, signature_of
from service.fold.state.row_integrity import StoreDamaged
from service.fold.state.row_store import RowStore, StoredText
from service.fold.state.story import Members, StoryState
from service.fold.state.text_cache import TextCache
from service.fold.state.tombstones import Merged, MergedStories
from service.fold.state.watermark import Watermark

INDEXED_MEMBERS = 16
"""The first members of a story are in the candidate index; of later ones, only those that represent
it. So a text of which there are fifty thousand copies has a few dozen
postings, and its keys are no stop keys."""

_IDENTITIES = 64
"""Identities that are kept for each article that the window may hold: more than those of 60 days in
a window of three."""

_STORIES = 2048
"""Stories kept in memory; one takes about 3 kB."""

_LARGE = 1000
"""Stories with more members stay in memory: to read them back would take a second for each 100,000
members. There are at most a thousand of them in a window of a million articles."""


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


@dataclass(frozen=True, slots=True)
class Expired:
    """Uris of articles and ids of stories that left the window, and the identities that are kept
    of them."""

    articles: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    identities: tuple[IdentityRecord, ...] = ()


class Window:
    """Articles and stories of one shard.

    A merged story is kept as long as records of articles name it, so that the window can be
    restored from the records.

    Attributes:
        watermark: event time (see `service.fold.state.watermark`).
        next_number: number of the next article.
        index: finds articles by key.
        articles, stories: the numbers held in memory of each.
        texts: the articles' texts.
    """

    def __init__(
        self, limits: WindowLimits, store: RowStore | None = None, *, one_clock: bool = False
    ) -> None:
        """Start empty.

        Args:
            store: in memory if None. If it has rows, call `open`.
            one_clock: True if all input comes in one order, as from files.
        """
        self.watermark = Watermark(limits.span.total_seconds(), one_clock=one_clock)
        self.next_number = 0
        self.articles = ArticleColumns()
        self.stories = StoryColumns()
        self.index = CandidateIndex(self.articles)
        self._limits = limits
        self._store = store or RowStore.in_memory()
        self.texts = TextCache(self._store)
        most = _IDENTITIES * limits.articles
        self._identities = Identities(
            self._store.identities, Remembering(limits.remember.total_seconds(), most)
        )
        self._merged = MergedStories()
        self._emptied: dict[str, int] = {}
        # Slots of stories of which articles may be published again, see `StoryState.reinstated`.
        self._reinstated: dict[int, int] = {}
        self._loaded: OrderedDict[int, StoryState] = OrderedDict()
        self._large: dict[int, StoryState] = {}

    def restore(
        self,
        articles: Iterable[ArticleRecord],
        stories: Iterable[StoryRecord],
        clocks: Iterable[PartitionClock] = (),
        identities: Iterable[IdentityRecord] = (),
    ) -> None:
        """Restore the window from changelog records, in any order."""
        restorer = Restorer(self._store)
        for article in articles:
            restorer.put_article(article)
        for story in stories:
            restorer.put_story(story)
        for clock in clocks:
            restorer.put_clock(clock)
        for identity in identities:
            restorer.put_identity(identity)
        restorer.finish()
        self.open(restorer.clock)

    def open(self, clock: float, segments: Sequence[Segment] = ()) -> None:
        """Load what the store has.

        Args:
            clock: the newest event time seen, seconds since the epoch; used if version 0.1.0 wrote
                the state.
            segments: of the index; articles that they do not cover are read from the store.
        """
        rows = self._store.rows()
        self._store.identities.verify()
        self.next_number = int(rows.number.max(initial=-1)) + 1
        start = max(clock, float(rows.seen.max(initial=0.0)))
        if len(rows.number):
            newest = self._store.article_by_number(self.next_number - 1)
            start = newest.clock.now if newest.clock else start
        self.watermark.load(self._store.clocks(), start)
        self.articles.load(rows.number, rows.story, rows.seen)
        empty = load_stories(self.stories, self._store, rows)
        merged = self._store.merged()
        if any(slot not in empty for slot, _ in merged):
            raise StoreDamaged("a merged story holds articles")
        self._merged.load(
            {
                empty[slot]: Merged(slot, into, int(np.count_nonzero(rows.recorded == slot)))
                for slot, into in merged
            }
        )
        self._emptied = {story_id: slot for slot, story_id in empty.items()}
        self._reinstated = dict(self._store.reinstated())
        for story_id in self._merged.referenced():
            del self._emptied[story_id]
        load_index(self.index, self._store, segments, rows.number)

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
        return self._store.article(uri)

    def advance(self, extracted: Extracted) -> tuple[PartitionClock | None, float]:
        """Move the watermark with an article that is about to be placed, see `Watermark.advance`.

        Returns:
            The clock of its partition, and its event time.
        """
        clock, seen = self.watermark.advance(extracted, self.next_number)
        if clock is not None:
            self._store.put_clock(clock)
        return clock, seen

    def existing(self, uris: Sequence[str]) -> set[str]:
        """Return which of these uris are those of articles in the window, or of articles that have
        left it and are remembered."""
        held = self._store.existing(uris)
        return held | {uri for uri in uris if uri not in held and self.identity(uri) is not None}

    def identity(self, uri: str) -> IdentityRecord | None:
        """Return what is kept of an article that has left the window."""
        return self._identities.find(uri, self.watermark.now)

    def touch_identity(
        self, identity: IdentityRecord, fetched: float | None
    ) -> tuple[IdentityRecord, ...]:
        """Keep the identity of an article of which a page was fetched again."""
        last = identity.last
        if fetched is not None:
            last = max(last, int(min(fetched, self.watermark.newest)))
        kept = self._identities.keep(identity.model_copy(update={"last": last}), self.watermark.now)
        return () if kept is None else (kept,)

    def drop_identity(self, uri: str) -> str | None:
        """Delete the identity of an article that is in the window; returns its key."""
        return self._identities.drop(uri)

    def sweep_identities(self) -> tuple[str, ...]:
        """Delete some identities that were kept long enough; returns their keys."""
        return self._identities.sweep(self.next_number, self.watermark.now)

    def story(self, slot: int) -> StoryState:
        """Return a story.

        Raises:
            StoreDamaged: there is none at this slot.
        """
        story = self.story_in_memory(slot)
        if story is not None:
            if slot in self._loaded:
                self._loaded.move_to_end(slot)
            return story
        story = self._store.story(slot)
        if story is None:
            raise StoreDamaged(f"there is no story {slot}")
        story.load_members(self._store.members(slot))
        return self._keep(slot, story)

    def story_of(self, article: ArticleState) -> StoryState:
        """Return the story that holds an article."""
        return self.story(self._slot_of(article.number))

    def story_in_memory(self, slot: int) -> StoryState | None:
        """Return a story if it is in memory."""
        return self._loaded.get(slot) or self._large.get(slot)

    def story_with_id(self, story_id: str) -> StoryState | None:
        """Return a story, or the one that it was merged into; None if it is not in the window."""
        slot = self._store.slot_of(story_id)
        while slot is not None:
            story = self.story(slot)
            if story.merged_into is None:
                return story
            slot = self._store.slot_of(story.merged_into)
        return None

    def is_published_again(self, article: ArticleState) -> bool:
        """Return True if an article is published again although it is unchanged."""
        slot = self._slot_of(article.number)
        if article.number >= self._reinstated.get(slot, 0):
            return False
        return self.story(slot).is_published_again(article)

    def create(self, story: StoryState) -> StoryState:
        """Add a new story; if there is one with its id, return that one instead."""
        slot = self._store.slot_of(story.id)
        if slot is not None:
            return self.story(slot)
        slot = self._store.reserve(story.id)
        self.stories.add(slot, story.id)
        return self._keep(slot, story)

    def save(self, stories: Iterable[StoryState]) -> None:
        """Store stories as they are now."""
        for story in stories:
            self._store.put_story(story.slot, story)
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
        """Add a version of an article as a member of its story. `index_member` completes it, once
        the story has changed.

        Args:
            previous: the version that it replaces.
        """
        if previous is not None:
            self._remove(previous)
        self._store.put_article(article, story.slot, story.slot, text)
        story.add(article)
        self.articles.add(article.number, story.slot, article.held_from)
        self.stories.resize(story.slot, 1)
        self._emptied.pop(story.id, None)
        self.next_number = max(self.next_number, article.number + 1)

    def index_member(self, article: ArticleState, story: StoryState, text: StoredText) -> None:
        """Add the article that was inserted last to the candidate index, if it is needed there.

        Articles are compared with representatives only. So a later member of a story that does not
        represent it is left out.
        """
        if article.signature_version != SIGNATURE_VERSION:
            return
        represents = any(each.number == article.number for each in story.representatives)
        if story.size > INDEXED_MEMBERS and not represents:
            article.indexed = False
            self._store.put_article(article, story.slot, story.slot, left_out(text))
        else:
            self.index.add(article.number, text.keys)

    def index_again(self, article: ArticleState) -> None:
        """Add an article that was left out to the candidate index, before it represents a story.

        The postings of a number never change, which the segments rely on. So an article that was
        left out gets a new number, as a new version does.
        """
        if article.indexed:
            return
        text, before = self._store.stored_text(article.number), article.number
        slot, recorded = self._slot_of(before), self._recorded_slot(article)
        article.number, article.indexed = self.next_number, True
        article.clock = self.watermark.record()
        text = StoredText(text.record, text.all_keys)
        self._store.put_article(article, slot, recorded, text)
        self.articles.add(article.number, slot, article.held_from)
        self._forget(before)
        self.next_number += 1
        self.index.add(article.number, text.keys)

    def touch(self, article: ArticleState) -> None:
        """Store an article of which the text has not changed."""
        self._store.put_article(
            article, self._slot_of(article.number), self._recorded_slot(article)
        )

    def absorb(self, kept: StoryState, other: StoryState) -> None:
        """Move the articles and representatives of one story into another, for good."""
        recorded = self._store.recorded_count(other.slot)
        moved = self._store.move(other.slot, kept.slot)
        self.articles.move(moved, kept.slot)
        self.stories.resize(kept.slot, len(moved))
        self.stories.resize(other.slot, -len(moved))
        kept.take_over(other)
        other.status = StoryStatus.MERGED
        other.merged_into = kept.id
        self._merged.add(other.id, other.slot, kept.id, recorded)
        if not self._merged.is_referenced(other.id):
            self._emptied[other.id] = other.slot

    def move(self, article: ArticleState, story: StoryState) -> Signature:
        """Move an article to another story, which its record will name from now on.

        Returns:
            The article's signature, for that record.
        """
        left, recorded = self.story_of(article), article.recorded_story_id
        article.story_id = article.recorded_story_id = story.id
        self._store.put_article(article, story.slot, story.slot)
        self.articles.move([article.number], story.slot)
        self.stories.resize(story.slot, 1)
        left.remove(article)
        story.add(article)
        if not self.stories.resize(left.slot, -1):
            self._emptied[left.id] = left.slot
        self._release(recorded)
        return self.signature(article)

    def signature(self, article: ArticleState) -> Signature:
        """Return the signature of an article, for its record."""
        return signature_of(article, self._store.stored_text(article.number))

    def expire(self) -> Expired:
        """Remove what has left the window, the oldest articles first."""
        while len(self._loaded) > _STORIES:
            slot, story = self._loaded.popitem(last=False)
            if story.size > _LARGE:
                self._large[slot] = story
        cutoff = self.watermark.now - self._limits.span.total_seconds()
        columns = self.articles
        expired, kept = [], []
        while columns.count > self._limits.articles or (
            columns.count and self._oldest_time() < cutoff
        ):
            article = self._store.article_by_number(columns.oldest)
            kept.append(self._remember(article))
            self._remove(article)
            self._store.drop_article(article.number)
            expired.append(article.uri)
        if expired:
            self.index.expire(columns.oldest if columns.count else self.next_number)
        removed, merged = self._remove_emptied()
        identities = tuple(each for each in (*kept, *merged) if each is not None)
        return Expired(tuple(expired), tuple(removed), identities)

    def _remember(self, article: ArticleState) -> IdentityRecord | None:
        slot, now = self._slot_of(article.number), self.watermark.now
        story = self.story_in_memory(slot) or self._store.story(slot)
        if story is None:
            raise StoreDamaged(f"there is no story {slot}")
        return self._identities.keep(identity_of(article, story, now), now)

    def _oldest_time(self) -> float:
        """Return the event time from which the article with the lowest number is held.

        A time of fetch that is ahead of every partition may be wrong, and would keep all articles
        behind it in the window: then it is the watermark's when the article was placed. If the
        clocks were set back since, it is not later than that of the next article.
        """
        columns, newest = self.articles, self.watermark.newest
        time = columns.oldest_seen
        if time <= newest:
            return time
        time = self._store.article_by_number(columns.oldest).believed_time
        return time if time <= newest else min(time, columns.second_seen)

    def _remove_emptied(self) -> tuple[list[str], list[IdentityRecord | None]]:
        """Remove the stories without articles that no record names; returns their ids, and what is
        kept of merged ones."""
        removed: list[str] = []
        kept: list[IdentityRecord | None] = []
        now = self.watermark.now
        while self._emptied:
            batch = sorted(self._emptied.items())
            self._emptied.clear()
            for story_id, slot in batch:
                self._store.drop_story(slot)
                self.stories.remove()
                self._loaded.pop(slot, None)
                self._reinstated.pop(slot, None)
                self._large.pop(slot, None)
                into = self._merged.remove(story_id)
                if into is not None:
                    self._release(into)
                    kept.append(self._identities.keep(merger_of(story_id, into, now), now))
                removed.append(story_id)
        return removed, kept

    def _remove(self, article: ArticleState) -> None:
        """Remove a version of an article from memory; its row stays."""
        slot = self._slot_of(article.number)
        self._forget(article.number)
        story = self.story_in_memory(slot)
        if story is not None:
            story.remove(article)
            if slot in self._large and story.size <= _LARGE:
                self._loaded[slot] = self._large.pop(slot)
        if not self.stories.resize(slot, -1):
            self._emptied[article.story_id] = slot
        self._release(article.recorded_story_id)

    def _forget(self, number: int) -> None:
        self.index.remove(number)
        self.articles.remove(number)
        self.texts.discard(number)

    def _release(self, story_id: str) -> None:
        """Count one record less that names a story."""
        slot = self._merged.release(story_id)
        if slot is not None:
            self._emptied[story_id] = slot

    def _recorded_slot(self, article: ArticleState) -> int:
        slot = self._store.slot_of(article.recorded_story_id)
        if slot is None:
            raise StoreDamaged(f"an article names {article.recorded_story_id}, which is missing")
        return slot

    def _slot_of(self, number: int) -> int:
        return int(self.articles.slots(np.array([number]))[0])

    def _keep(self, slot: int, story: StoryState) -> StoryState:
        def find(uri: str) -> ArticleState | None:
            article = self._store.article(uri)
            return article if article is not None and article.story_id == story.id else None

        story.slot = slot
        story.members = Members(find, lambda: self._store.members(slot))
        self._loaded[slot] = story
        return story
