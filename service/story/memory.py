"""A shard's memory: articles and stories of the window, found by uri, by number and by key."""

from collections import deque
from dataclasses import dataclass
from datetime import timedelta

from service.events.fold_record import ArticleRecord, StoryRecord
from service.events.signature import SIGNATURE_VERSION, Signature
from service.events.story_state import StoryStatus
from service.story.hashing import Hashes
from service.story.headline import headline_keys
from service.story.index import Candidate, CandidateIndex, keys_of
from service.story.known import KnownArticle, KnownStory, Representative


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
    """Articles and stories of one shard."""

    def __init__(self, window: Window) -> None:
        self.articles: dict[str, KnownArticle] = {}
        self.stories: dict[str, KnownStory] = {}
        self.clock = 0.0
        self.next_number = 0
        self._window = window
        self._index = CandidateIndex()
        self._by_number: dict[int, str] = {}
        self._arrivals: deque[int] = deque()
        self._merged: deque[str] = deque()
        self._emptied: set[str] = set()

    def restore(self, articles: list[ArticleRecord], stories: list[StoryRecord]) -> None:
        """Take over the records of `fold.state`, in any order."""
        merged = {
            record.state.id: record.state.merged_into
            for record in stories
            if record.state.merged_into is not None
        }
        ordered = sorted(articles, key=lambda record: record.number)
        signatures = {record.uri: record.signature for record in ordered}
        for stored in stories:
            state = stored.state
            self.stories[state.id] = KnownStory(
                id=state.id,
                language=state.language,
                agency=state.agency,
                headline=state.headline,
                original=state.original,
                first_seen=state.first_seen,
                last_seen=state.last_seen,
                latest=stored.latest,
                revision=state.revision,
                status=state.status,
                merged_into=state.merged_into,
                representatives=[
                    Representative(uri, signatures[uri].exact, signatures[uri].record)
                    for uri in stored.representatives
                    if uri in signatures
                ],
            )
        self._merged.extend(sorted(merged, key=lambda id_: (self.stories[id_].latest, id_)))
        for record in ordered:
            story_id = record.story_id
            while story_id in merged:
                story_id = merged[story_id]
            if story_id in self.stories:
                self.enter(KnownArticle.from_record(record, story_id), record.signature)
        self._emptied.update(
            story.id
            for story in self.stories.values()
            if not story.members and story.merged_into is None
        )

    def enter(self, article: KnownArticle, signature: Signature) -> None:
        """Remember a version of an article, and its keys, as a member of its story."""
        previous = self.articles.get(article.uri)
        if previous is not None:
            self._by_number.pop(previous.number, None)
            if previous.story_id != article.story_id:
                self._leave(previous)
        self.articles[article.uri] = article
        self.stories[article.story_id].add(article)
        self._emptied.discard(article.story_id)
        self._by_number[article.number] = article.uri
        self._arrivals.append(article.number)
        self.next_number = max(self.next_number, article.number + 1)
        self.clock = max(self.clock, article.seen)
        if signature.version == SIGNATURE_VERSION:
            headline = headline_keys((article.title,), article.language)
            self._index.add(article.number, keys_of(signature, headline), article.seen)

    def in_question(
        self, signature: Signature, most: int, headlines: Hashes | None = None
    ) -> tuple[list[KnownStory], dict[str, Candidate]]:
        """The stories whose articles share most keys with the signature, at most `most`, and what
        is shared with each article, by uri. Articles under one of the headlines count too."""
        shared: dict[str, Candidate] = {}
        votes: dict[str, int] = {}
        for candidate in self._index.find(keys_of(signature, headlines)):
            uri = self._by_number.get(candidate.number)
            if uri is None:
                continue
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
        self._merged.append(other.id)

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
                del self._by_number[article.number], self.articles[uri]
                self._leave(article)
                articles.append(uri)
            self._arrivals.popleft()
        if articles:
            self._index.expire(cutoff)
        while self._merged and self.stories[self._merged[0]].latest < cutoff:
            self._emptied.add(self._merged.popleft())
        gone = sorted(self._emptied)
        self._emptied.clear()
        for story_id in gone:
            del self.stories[story_id]
        return Expired(tuple(articles), tuple(gone))

    def _leave(self, article: KnownArticle) -> None:
        story = self.stories[article.story_id]
        story.remove(article.uri)
        if not story.members:
            self._emptied.add(story.id)
