"""A shard's memory: articles and stories of the window, found by uri, by number and by key."""

from collections import Counter, deque
from dataclasses import dataclass
from datetime import timedelta

from service.events.fold_record import ArticleRecord, StoryRecord
from service.events.signature import SIGNATURE_VERSION, Signature
from service.events.story_state import StoryStatus
from service.story.hashing import Hashes
from service.story.headline import headline_keys
from service.story.index import Candidate, CandidateIndex, keys_of
from service.story.known import KnownArticle, KnownStory


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


class Memory:
    """Articles and stories of one shard.

    A story that was merged into another is kept as long as the records of articles name it: the
    memory can then be restored from the records.
    """

    def __init__(self, window: Window) -> None:
        self.articles: dict[str, KnownArticle] = {}
        self.stories: dict[str, KnownStory] = {}
        self.clock = 0.0
        self.next_number = 0
        self._window = window
        self._index = CandidateIndex()
        self._by_number: dict[int, str] = {}
        self._arrivals: deque[int] = deque()
        self._references: Counter[str] = Counter()
        self._emptied: set[str] = set()

    def restore(self, articles: list[ArticleRecord], stories: list[StoryRecord]) -> None:
        """Take over the records of `fold.state`, in any order."""
        ordered = sorted(articles, key=lambda record: record.number)
        signatures = {record.uri: record.signature for record in ordered}
        for stored in stories:
            story = KnownStory.from_record(stored, signatures)
            self.stories[story.id] = story
            self.clock = max(self.clock, story.latest)
            if story.merged_into is not None:
                self._references[story.merged_into] += 1
        loaded = []
        for record in ordered:
            story_id = record.story_id
            while story_id in self.stories and self.stories[story_id].merged_into is not None:
                story_id = self.stories[story_id].merged_into or story_id
            if story_id in self.stories:
                article = KnownArticle.from_record(record, story_id)
                self._note(article)
                if record.signature.version == SIGNATURE_VERSION:
                    loaded.append((article.number, _keys(article, record.signature), article.seen))
        self._index.load(loaded)
        self._emptied.update(id_ for id_ in self.stories if self._is_empty(id_))

    def enter(self, article: KnownArticle, signature: Signature) -> None:
        """Remember a version of an article, and its keys, as a member of its story."""
        previous = self.articles.get(article.uri)
        if previous is not None:
            self._drop_number(previous)
            if previous.story_id != article.story_id:
                self._leave(previous)
        self._note(article)
        if signature.version == SIGNATURE_VERSION:
            self._index.add(article.number, _keys(article, signature), article.seen)

    def _note(self, article: KnownArticle) -> None:
        self.articles[article.uri] = article
        self.stories[article.story_id].add(article)
        self._emptied.discard(article.story_id)
        self._references[article.filed] += 1
        self._by_number[article.number] = article.uri
        self._arrivals.append(article.number)
        self.next_number = max(self.next_number, article.number + 1)
        self.clock = max(self.clock, article.seen)

    def in_question(
        self, signature: Signature, most: int, headlines: Hashes | None = None
    ) -> tuple[list[KnownStory], dict[str, Candidate]]:
        """The stories whose articles share most keys with the signature, at most `most`, and what
        is shared with each article, by uri.

        With headlines it is a notice that asks: articles under one of these count too, and one
        rare pair is enough, since notices are short.
        """
        keys = keys_of(signature, headlines)
        least_pairs = 2 if headlines is None else 1
        shared: dict[str, Candidate] = {}
        votes: dict[str, int] = {}
        for candidate in self._index.find(keys, least_pairs):
            uri = self._by_number[candidate.number]
            shared[uri] = candidate
            story_id = self.articles[uri].story_id
            common = candidate.rare_pairs + candidate.shingles
            votes[story_id] = max(votes.get(story_id, 0), common)
        ranked = sorted(votes, key=lambda story_id: (-votes[story_id], story_id))
        return [self.stories[story_id] for story_id in ranked[:most]], shared

    def absorb(self, kept: KnownStory, other: KnownStory) -> None:
        """Move the articles and representatives of one story into another, for good."""
        for article in list(other.members.values()):
            other.remove(article.uri)
            article.story_id = kept.id
            kept.add(article)
        kept.representatives.extend(other.representatives)
        other.representatives = []
        other.status = StoryStatus.MERGED
        other.merged_into = kept.id
        self._references[kept.id] += 1
        self._note_if_empty(other.id)

    def expire(self) -> Expired:
        """Forget what has left the window, oldest arrivals first."""
        cutoff = self.clock - self._window.span.total_seconds()
        articles = []
        while self._arrivals:
            uri = self._by_number.get(self._arrivals[0])
            if uri is not None:
                article = self.articles[uri]
                if article.seen >= cutoff and len(self.articles) <= self._window.articles:
                    break
                self._drop_number(article)
                del self.articles[uri]
                self._leave(article)
                articles.append(uri)
            self._arrivals.popleft()
        if articles:
            self._index.expire(cutoff)
        return Expired(tuple(articles), tuple(self._forget_emptied()))

    def _forget_emptied(self) -> list[str]:
        gone: list[str] = []
        while self._emptied:
            batch = sorted(self._emptied)
            self._emptied.clear()
            for story_id in batch:
                story = self.stories.pop(story_id)
                self._references.pop(story_id, None)
                if story.merged_into is not None:
                    self._unreference(story.merged_into)
            gone += batch
        return gone

    def _drop_number(self, article: KnownArticle) -> None:
        """Forget a version: its keys, and where its record says that it belongs."""
        del self._by_number[article.number]
        self._index.discard(article.number)
        self._unreference(article.filed)

    def _unreference(self, story_id: str) -> None:
        self._references[story_id] -= 1
        self._note_if_empty(story_id)

    def _leave(self, article: KnownArticle) -> None:
        self.stories[article.story_id].remove(article.uri)
        self._note_if_empty(article.story_id)

    def _note_if_empty(self, story_id: str) -> None:
        if story_id in self.stories and self._is_empty(story_id):
            self._emptied.add(story_id)

    def _is_empty(self, story_id: str) -> bool:
        story = self.stories[story_id]
        if story.merged_into is not None:
            return self._references[story_id] <= 0
        return not story.members


def _keys(article: KnownArticle, signature: Signature) -> Hashes:
    return keys_of(signature, headline_keys((article.title,)))
