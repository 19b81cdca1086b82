"""A shard's memory: articles and stories of the window, found by uri, by number and by key.

The rows are in a store; here are the candidate index, a few numbers an article and a story, and
what was lately in use. A story in use is one object, changed in place and put back by `save`.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import compress

import numpy as np
import numpy.typing as npt

from service.events.fold_record import ArticleRecord, StoryRecord
from service.events.signature import SIGNATURE_VERSION
from service.events.story_state import StoryStatus
from service.story.columns import Arrivals, Places, rank_of
from service.story.hashing import Hashes
from service.story.heap import HeapStore
from service.story.index import LEAST_PAIRS, Candidate, CandidateIndex
from service.story.known import KnownArticle, KnownStory, Members
from service.story.merged import Merged, MergedStories
from service.story.record import TextRecord, unpack_bytes
from service.story.runs import Run
from service.story.store import Rows, Store, StoreDamaged, StoredText
from service.story.takeover import Takeover

_NAMED = 1_000_000
"""More than any article has in common with another: a story that a notice names is asked first."""

_STORIES_IN_USE = 2048
_TEXTS_IN_USE = 128
"""Kept ready for use: a story takes some 3 kB so, a text some 60 kB."""


@dataclass(frozen=True, slots=True)
class Window:
    """How far back a shard remembers: by event time and by number of articles."""

    span: timedelta = timedelta(hours=72)
    articles: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Expired:
    """What left the window."""

    articles: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()


_Vote = tuple[int, int, int, int]
"""A story that may be in question: keys in common, negative; rank of its id; slot; the number of
one of its articles. Ascending, those that share most come first."""


class Memory:
    """Articles and stories of one shard.

    A story that was merged into another is kept as long as the records of articles name it: the
    memory can then be restored from the records.
    """

    def __init__(self, window: Window, store: Store | None = None) -> None:
        self.clock = 0.0
        self.next_number = 0
        self.index = CandidateIndex()
        self._window = window
        self._store: Store = store or HeapStore()
        self._arrivals = Arrivals()
        self._places = Places()
        self._merged = MergedStories()
        self._emptied: dict[str, int] = {}
        self._stories: OrderedDict[int, KnownStory] = OrderedDict()
        self._texts: OrderedDict[int, TextRecord] = OrderedDict()

    def restore(self, articles: Iterable[ArticleRecord], stories: Iterable[StoryRecord]) -> None:
        """Take over the records of `fold.state`, in any order, and begin with them."""
        takeover = Takeover(self._store)
        for article in articles:
            takeover.enter_article(article)
        for story in stories:
            takeover.enter_story(story)
        takeover.finish()
        self.open(takeover.clock)

    def open(self, clock: float, runs: Sequence[Run] = ()) -> None:
        """Begin with what the store holds.

        Args:
            clock: the newest event time seen, in seconds since the epoch.
            runs: sealed runs of the index; what they do not cover is read from the store.
        """
        rows = self._store.rows()
        self.clock = max(clock, float(rows.seen.max(initial=0.0)))
        self.next_number = int(rows.number.max(initial=-1)) + 1
        self._arrivals.load(rows.number, rows.story, rows.seen)
        ids = self._load_stories(rows)
        if any(slot not in ids for slot, _ in self._store.merged()):
            raise StoreDamaged("a story that was merged holds articles")
        self._merged.load(
            {
                ids[slot]: Merged(slot, into, int(np.count_nonzero(rows.filed == slot)))
                for slot, into in self._store.merged()
            }
        )
        self._emptied = {story_id: slot for slot, story_id in ids.items()}
        for story_id in self._merged.named():
            del self._emptied[story_id]
        self._load_index(runs, rows.number)

    @property
    def article_count(self) -> int:
        """Articles in the window."""
        return self._arrivals.count

    @property
    def story_count(self) -> int:
        """Stories in the window, with those that were merged into others."""
        return self._places.count

    @property
    def age(self) -> float:
        """Seconds of event time from the oldest article that counts to the clock."""
        return self.clock - self._arrivals.oldest_seen if self._arrivals.count else 0.0

    @property
    def nbytes(self) -> int:
        """Bytes of what is held of each article and story, without the index."""
        return self._arrivals.nbytes + self._places.nbytes

    def article(self, uri: str) -> KnownArticle | None:
        """What is known of an article."""
        return self._store.article(uri)

    def known(self, uris: Sequence[str]) -> set[str]:
        """Which of these articles are known."""
        return self._store.known(uris)

    def story_of(self, article: KnownArticle) -> KnownStory:
        """The story that holds an article."""
        return self._story(int(self._arrivals.slots(np.array([article.number]))[0]))

    def text(self, number: int) -> TextRecord:
        """The text of an article, ready to compare."""
        held = self._texts.get(number)
        if held is None:
            held = unpack_bytes(self._store.text(number))
            self.use_text(number, held)
        else:
            self._texts.move_to_end(number)
        return held

    def is_ready(self, number: int) -> bool:
        """Whether the text of an article is ready."""
        return number in self._texts

    def records(self, numbers: Sequence[int]) -> list[bytes]:
        """The texts of some articles as they are stored."""
        return self._store.texts(numbers)

    def use_text(self, number: int, text: TextRecord) -> None:
        """Keep a text ready."""
        self._texts[number] = text
        if len(self._texts) > _TEXTS_IN_USE:
            self._texts.popitem(last=False)

    def begin(self, story: KnownStory) -> KnownStory:
        """Remember a new story; where there is one with its id, that one is it."""
        slot = self._store.slot_of(story.id)
        if slot is not None:
            return self._story(slot)
        slot = self._store.reserve(story.id)
        self._places.add(slot, story.id)
        return self._use(slot, story)

    def save(self, stories: Iterable[KnownStory]) -> None:
        """Put stories back as they are now."""
        for story in stories:
            self._store.put_story(story.slot, story)

    def enter(
        self,
        article: KnownArticle,
        story: KnownStory,
        text: StoredText,
        previous: KnownArticle | None,
    ) -> None:
        """Remember a version of an article, and its keys, as a member of its story.

        Args:
            previous: the version that it replaces.
        """
        if previous is not None:
            self._leave(previous)
        self._store.put_article(article, story.slot, story.slot, text)
        story.add(article)
        self._arrivals.add(article.number, story.slot, article.seen)
        self._places.resize(story.slot, 1)
        self._emptied.pop(story.id, None)
        self.next_number = max(self.next_number, article.number + 1)
        self.clock = max(self.clock, article.seen)
        if article.signed == SIGNATURE_VERSION:
            self.index.add(article.number, text.keys)

    def note(self, article: KnownArticle) -> None:
        """Remember what has changed of an article whose text has not."""
        filed = self._store.slot_of(article.filed)
        if filed is None:
            raise StoreDamaged(f"{article.filed} is named by an article and not there")
        self._store.put_article(article, self.story_of(article).slot, filed)

    def in_question(
        self,
        keys: Hashes,
        most: int,
        are_far: Callable[[Sequence[int]], list[bool]],
        headlines: Hashes | None = None,
    ) -> tuple[list[KnownStory], dict[int, Candidate]]:
        """The stories whose articles share most of the keys, at most `most`, and what each article
        shares, by number.

        With headlines, which are among the keys, it is a notice that asks: articles under one of
        these count too, and one rare pair is enough, since notices are short.

        Args:
            are_far: which texts, by number, cannot be copies; a story that is only such a text is
                not in question.
        """
        found = self.index.find(keys, LEAST_PAIRS if headlines is None else 1)
        named = set() if headlines is None else self._under(headlines)
        ranked = self._ranked(found, named, most)
        # One text may be all of a story, or stand for it: these are looked at together.
        alone = self._lone_texts(ranked)
        far = set(compress(alone, are_far(list(alone.values()))))
        stories = [self._story(slot) for _, _, slot, _ in ranked if slot not in far]
        return stories, {candidate.number: candidate for candidate in found}

    def look_ahead(self, asked: Sequence[Hashes], most: int) -> list[list[int]]:
        """Look up some keys together, which will be asked for soon.

        Returns:
            For each of the asked, numbers of texts that `in_question` is likely to ask about.
        """
        self.index.look_ahead(asked)
        ranked = [self._ranked(self.index.find(keys), (), most) for keys in asked]
        return [self._texts_in_question(each) for each in ranked]

    def _texts_in_question(self, ranked: Iterable[_Vote]) -> list[int]:
        """Numbers of the texts that may be asked about, without those that are ready."""
        numbers: list[int] = []
        for _, _, slot, voter in ranked:
            if (story := self._stories.get(slot)) is not None:
                standing = (held.number for held in story.standing())
                numbers += [number for number in standing if number not in self._texts]
            elif self._places.size(slot) == 1:
                numbers.append(voter)
        return numbers

    def _ranked(self, found: Sequence[Candidate], named: Collection[int], most: int) -> list[_Vote]:
        """The stories of candidates that have most in common, at most `most`, the first first."""
        slots = self._arrivals.slots(np.array([each.number for each in found], dtype=np.int64))
        ranks = self._places.ranks(slots).tolist()
        votes: dict[int, _Vote] = {}
        for slot, rank, (number, pairs, shingles) in zip(slots.tolist(), ranks, found, strict=True):
            less = -pairs - shingles
            if number in named:
                less -= _NAMED
            held = votes.get(slot)
            votes[slot] = less if held is None else min(less, held[0]), rank, slot, number
        return sorted(votes.values())[:most]

    def _lone_texts(self, ranked: Iterable[_Vote]) -> dict[int, int]:
        """The one text of each story that has only one, by slot; without those that notices name,
        and those that are ready."""
        return {
            slot: number
            for less, _, slot, voter in ranked
            if less > -_NAMED and (number := self._lone_text(slot, voter)) is not None
        }

    def _lone_text(self, slot: int, voter: int) -> int | None:
        """The one text that an article is compared with for a story; None where there are more, or
        it is ready.

        Args:
            voter: an article of the story.
        """
        number = voter if self._places.size(slot) == 1 else None
        if (story := self._stories.get(slot)) is not None:
            standing = story.standing()
            number = standing[0].number if len(standing) == 1 else None
        return None if number in self._texts else number

    def _under(self, headlines: Hashes) -> set[int]:
        """Numbers of the articles under one of these headlines."""
        keys = headlines | np.uint64(1)  # as `keys_of` marks what is enough alone
        return {candidate.number for candidate in self.index.find(keys)}

    def absorb(self, kept: KnownStory, other: KnownStory) -> None:
        """Move the articles and representatives of one story into another, for good."""
        members = self._store.members(other.slot)
        self._store.move(other.slot, kept.slot)
        self._arrivals.move([article.number for article in members], kept.slot)
        self._places.resize(kept.slot, len(members))
        self._places.resize(other.slot, -len(members))
        kept.representatives.extend(other.representatives)
        for article in members:
            other.remove(article)
            kept.add(article)
        other.status = StoryStatus.MERGED
        other.merged_into = kept.id
        filed = sum(article.filed == other.id for article in members)
        self._merged.add(other.id, other.slot, kept.id, filed)
        if not self._merged.is_named(other.id):
            self._emptied[other.id] = other.slot

    def expire(self) -> Expired:
        """Forget what has left the window, oldest arrivals first."""
        while len(self._stories) > _STORIES_IN_USE:
            self._stories.popitem(last=False)
        cutoff = self.clock - self._window.span.total_seconds()
        arrivals = self._arrivals
        articles = []
        while arrivals.count > self._window.articles or (
            arrivals.count and arrivals.oldest_seen < cutoff
        ):
            article = self._store.numbered(arrivals.oldest)
            self._leave(article)
            self._store.drop_article(article.number)
            articles.append(article.uri)
        if articles:
            self.index.expire(arrivals.oldest if arrivals.count else self.next_number)
        return Expired(tuple(articles), tuple(self._forget_emptied()))

    def _forget_emptied(self) -> list[str]:
        gone: list[str] = []
        while self._emptied:
            batch = sorted(self._emptied.items())
            self._emptied.clear()
            for story_id, slot in batch:
                self._store.drop_story(slot)
                self._places.drop(slot)
                self._stories.pop(slot, None)
                into = self._merged.drop(story_id)
                if into is not None:
                    self._unname(into)
                gone.append(story_id)
        return gone

    def _leave(self, article: KnownArticle) -> None:
        """Forget a version: its keys, its membership, and where its record says that it belongs."""
        slot = int(self._arrivals.slots(np.array([article.number]))[0])
        self.index.discard(article.number)
        self._arrivals.drop(article.number)
        self._texts.pop(article.number, None)
        if slot in self._stories:
            self._stories[slot].remove(article)
        if not self._places.resize(slot, -1):
            self._emptied[article.story_id] = slot
        self._unname(article.filed)

    def _unname(self, story_id: str) -> None:
        """Note that a record less names a story."""
        slot = self._merged.unname(story_id)
        if slot is not None:
            self._emptied[story_id] = slot

    def _story(self, slot: int) -> KnownStory:
        story = self._stories.get(slot)
        if story is not None:
            self._stories.move_to_end(slot)
            return story
        story = self._store.story(slot)
        if story is None:
            raise StoreDamaged(f"there is no story {slot}")
        story.fill(self._store.members(slot))
        return self._use(slot, story)

    def _use(self, slot: int, story: KnownStory) -> KnownStory:
        def find(uri: str) -> KnownArticle | None:
            article = self._store.article(uri)
            return article if article is not None and article.story_id == story.id else None

        story.slot = slot
        story.members = Members(find, lambda: self._store.members(slot))
        self._stories[slot] = story
        return story

    def _load_stories(self, rows: Rows) -> dict[int, str]:
        """Take over the stories; slots and ids of those that hold no article."""
        sizes = np.bincount(rows.story)
        empty: dict[int, str] = {}

        def ranked() -> Iterator[tuple[int, int]]:
            held = sizes > 0
            for slot, story_id in self._store.slots():
                if slot >= len(held) or not held[slot]:
                    empty[slot] = story_id
                yield slot, rank_of(story_id)

        stories = np.fromiter(ranked(), dtype=[("slot", "i8"), ("rank", "u8")])
        room = max(int(stories["slot"].max(initial=0)) + 1, len(sizes))
        sizes = np.concatenate([sizes, np.zeros(room - len(sizes), dtype=np.int64)])
        if len(stories) - len(empty) != np.count_nonzero(sizes):
            raise StoreDamaged("there are articles of stories that are not there")
        self._places.load(stories["slot"], stories["rank"], sizes)
        return empty

    def _load_index(self, runs: Sequence[Run], numbers: npt.NDArray[np.int64]) -> None:
        begin = 0
        for run in sorted(runs, key=lambda run: run.first):
            self.index.load(self._store.keys(begin, run.first - 1))
            left, right = np.searchsorted(numbers, [run.first, run.last + 1])
            if left < right:
                self.index.take(run, numbers[left:right])
            begin = run.last + 1
        self.index.load(self._store.keys(begin, self.next_number))
