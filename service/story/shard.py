"""One shard: the single writer that places each article in its story, in the order of arrival."""

from collections.abc import Sequence
from functools import partial

from service.events.extracted import Extracted, SourcePosition
from service.events.fold_record import ArticleRecord, StoryRecord
from service.events.identity import story_uri
from service.events.placement import Placement, Relation
from service.events.story_state import StoryStatus
from service.story.assign import MERGE, Fit, Link, fit, joins, should_merge
from service.story.coming import STORIES_IN_QUESTION, Coming, foresee
from service.story.decision import Decision, Placed, Repeat, Saved, Unchanged
from service.story.index import Candidate, keys_of
from service.story.known import (
    KnownArticle,
    KnownStory,
    Representative,
    named_original,
)
from service.story.memory import Expired, Memory, Window
from service.story.original import better_original, first_original, original_of_all
from service.story.placing import placement_in
from service.story.representatives import represent
from service.story.runs import Run
from service.story.store import Store, StoreFailed
from service.story.withdrawal import headlines_withdrawn, withdrawn_story, withdraws
from service.story.work import Work

STORIES_IN_QUESTION_OF_A_NOTICE = 32
"""A notice of withdrawal is rare, short, and shares few keys."""

_MOVES_REVISION = frozenset({Relation.UPDATE, Relation.CORRECTION, Relation.WITHDRAWAL})


class Shard:
    """The stories of one partition of `articles.extracted`.

    Event time is the fetch time of the page; where the input gives none, the newest seen so far.
    The same articles in the same order, from the same restored state, give the same decisions.

    `work` is what the last article was to do; None where nothing had to be compared.
    """

    def __init__(self, window: Window | None = None, store: Store | None = None) -> None:
        """Begin empty.

        Args:
            store: where articles and stories are kept; in memory if not said. See `open`.
        """
        self.work: Work | None = None
        self._coming: dict[int, Coming] = {}
        self._memory = Memory(window or Window(), store)

    def open(self, clock: float, runs: Sequence[Run] = ()) -> None:
        """Begin with what the store holds.

        Args:
            clock: the newest event time that was seen.
            runs: sealed runs of the candidate index, where they were saved.
        """
        self._memory.open(clock, runs)

    def restore(self, articles: Sequence[ArticleRecord], stories: Sequence[StoryRecord]) -> None:
        """Take over the shard's own earlier records, in any order."""
        self._memory.restore(list(articles), list(stories))

    @property
    def article_count(self) -> int:
        """Articles in the window."""
        return self._memory.article_count

    @property
    def story_count(self) -> int:
        """Stories in the window."""
        return self._memory.story_count

    @property
    def clock(self) -> float:
        """The newest event time seen, in seconds since the epoch; 0 before the first."""
        return self._memory.clock

    @property
    def window_age(self) -> float:
        """Seconds of event time from the oldest article in the window to the newest seen."""
        return self._memory.age

    @property
    def runs(self) -> Sequence[Run]:
        """The sealed runs of the candidate index, which `open` takes back."""
        return self._memory.index.runs

    @property
    def index_bytes(self) -> int:
        """Bytes of the sealed part of the candidate index."""
        return self._memory.index.nbytes

    @property
    def column_bytes(self) -> int:
        """Bytes of what is held in memory of each article and story beside the index."""
        return self._memory.nbytes

    def foresee(self, batch: Sequence[Extracted]) -> None:
        """Look at articles that are to be placed next, together; it changes no decision.

        Args:
            batch: a few of them, see `service.story.coming`; `place` must be given these objects.
        """
        self._coming = {}
        try:
            coming = foresee(batch, self._memory)
        except StoreFailed:
            raise
        except Exception:
            return  # placing says which article is at fault: here it would be the first
        self._coming = {id(each.extracted): each for each in coming}

    def place(self, extracted: Extracted) -> Decision:
        """Decide what an article is, and remember it."""
        self.work = None
        article = extracted.article
        known = self._memory.article(article.uri)
        if known is not None:
            if _is_repeat(known, extracted):
                return Repeat()
            if known.content_hash == article.content_hash:
                known.source = _place(extracted.source)
                self._memory.note(known)
                return Unchanged(known, Saved(articles=(known.to_record(extracted.signature),)))
        seen = article.fetched_at.timestamp() if article.fetched_at else self._memory.clock
        self._memory.clock = max(self._memory.clock, seen)
        expired = self._memory.expire()
        if article.uri in expired.articles:
            known = None
        return self._place_version(extracted, known, seen, expired)

    def _place_version(
        self, extracted: Extracted, known: KnownArticle | None, seen: float, expired: Expired
    ) -> Placed:
        # What is foreseen holds its article, so that no other can have the same id.
        coming = self._coming.pop(id(extracted), None) or Coming.of(extracted)
        fits, shared = self._fits(coming, known)
        best, absorbed = self._choose(extracted, known, fits)
        current = _as_known(extracted, known, self._memory.next_number, seen)
        if best is None:
            story = self._begin(extracted, current)
        else:
            story = self._merge(best.story, absorbed)
        current.story_id = current.filed = story.id
        left = story
        if known is not None:
            left = self._memory.story_of(known)
            known.story_id = left.id
        placement = placement_in(extracted, current, story, best, shared)
        current.relation = placement.relation
        links = best.links if best is not None else ()
        taken_down = self._withdraw(current, story, placement)
        self._memory.enter(current, story, coming.text, known)
        self._remember(extracted, current, story, placement, links)
        changed = (story, best.story if best else story, *absorbed, left)
        touched = tuple({other.id: other for other in changed}.values())
        self._memory.save(touched)
        states = tuple(other.state() for other in touched)
        return Placed(
            placement=placement,
            version=current.version,
            first_created=current.first_created,
            withdrawn=story.status is StoryStatus.WITHDRAWN,
            taken_down=taken_down,
            stories=states,
            saved=Saved(
                articles=(current.to_record(extracted.signature),),
                stories=tuple(map(KnownStory.to_record, touched, states)),
                forgotten_articles=tuple(u for u in expired.articles if u != current.uri),
                forgotten_stories=tuple(s for s in expired.stories if s != story.id),
            ),
        )

    def _fits(
        self, coming: Coming, known: KnownArticle | None
    ) -> tuple[list[Fit], dict[int, Candidate]]:
        """The stories in question, best first; the article's own earlier one among them."""
        extracted, asking, keys = coming.extracted, coming.asking, coming.keys
        headlines, most = None, STORIES_IN_QUESTION
        if withdraws(extracted):
            headlines, most = headlines_withdrawn(extracted), STORIES_IN_QUESTION_OF_A_NOTICE
            keys = keys_of(extracted.signature, headlines)
        are_far = partial(asking.are_far, texts=self._memory)
        stories, shared = self._memory.in_question(keys, most, are_far, headlines)
        asking.shared = shared
        if known is not None:
            home = self._memory.story_of(known)
            stories = [home, *(story for story in stories if story is not home)]
        language = extracted.article.language
        fits = [
            fit(asking, story, self._memory)
            for story in stories
            if _same_language(story.language, language)
        ]
        self.work = Work(len(shared), sum(len(each.links) for each in fits))
        return sorted(fits, key=lambda f: (-f.score, f.story.id)), shared

    def _choose(
        self, extracted: Extracted, known: KnownArticle | None, fits: Sequence[Fit]
    ) -> tuple[Fit | None, list[KnownStory]]:
        """The story that the article belongs to, if any, and those that are the same as it."""
        home = next((f for f in fits if known and f.story.id == known.story_id), None)
        withdrawing = withdraws(extracted)
        if home is not None and (withdrawing or home.score >= MERGE):
            return home, []
        if withdrawing and (meant := withdrawn_story(extracted, fits)) is not None:
            return meant, []
        joined = [f for f in fits if joins(f)]
        if not joined:
            return None, []
        best, texts = joined[0], self._memory
        return best, [f.story for f in joined[1:] if should_merge(best.story, f.story, texts)]

    def _begin(self, extracted: Extracted, current: KnownArticle) -> KnownStory:
        article = extracted.article
        at = article.fetched_at.isoformat() if article.fetched_at else None
        story = KnownStory(
            id=story_uri(article.uri, article.content_hash, at or ""),
            language=article.language,
            agency=current.agency,
            headline=article.title,
            original=first_original(current),
            first_seen=at,
            last_seen=at,
            latest=current.seen,
        )
        return self._memory.begin(story)

    def _merge(self, story: KnownStory, others: list[KnownStory]) -> KnownStory:
        """One story out of several: the one first seen keeps its id."""
        together = sorted((story, *others), key=lambda s: (s.first_seen or "", s.id))
        kept = together[0]
        for other in together[1:]:
            kept.original = original_of_all((kept.original, other.original))
            kept.latest = max(kept.latest, other.latest)
            kept.last_seen = max(filter(None, (kept.last_seen, other.last_seen)), default=None)
            kept.agency = kept.agency or other.agency
            self._memory.absorb(kept, other)
        return kept

    def _withdraw(
        self, current: KnownArticle, story: KnownStory, placement: Placement
    ) -> tuple[KnownArticle, ...]:
        """Withdraw the story where the article says so; returns the members that it takes down."""
        if placement.relation is not Relation.WITHDRAWAL or story.status is not StoryStatus.ACTIVE:
            return ()
        story.status = StoryStatus.WITHDRAWN
        return tuple(m for m in story.members.fetch() if m.uri != current.uri)

    def _remember(
        self,
        extracted: Extracted,
        current: KnownArticle,
        story: KnownStory,
        placement: Placement,
        links: Sequence[Link],
    ) -> None:
        """Let the story be what it is with the article."""
        story.original = better_original(story, current)
        if story.original.uri == current.uri and placement.relation is not Relation.WITHDRAWAL:
            story.headline = current.title
            story.agency = current.agency or story.agency
        story.agency = story.agency or current.agency
        story.latest = self._memory.clock
        if extracted.article.fetched_at is not None:
            at = extracted.article.fetched_at.isoformat()
            story.first_seen = min(story.first_seen or at, at)
            story.last_seen = max(story.last_seen or at, at)
        if placement.relation in _MOVES_REVISION:
            story.revision += 1
        represent(story, Representative.of(current), links)


def _is_repeat(known: KnownArticle, extracted: Extracted) -> bool:
    """Order is kept per URL, so what stands at or before the last position was placed already."""
    (topic, partition, offset), now = known.source, extracted.source
    return (topic, partition) == (now.topic, now.partition) and now.offset <= offset


def _place(source: SourcePosition) -> tuple[str, int, int]:
    return source.topic, source.partition, source.offset


def _same_language(a: str, b: str) -> bool:
    """Whether two texts may be copies: primary subtags agree, or one could not be told."""
    return "und" in (a, b) or a.split("-")[0] == b.split("-")[0]


def _as_known(
    extracted: Extracted, known: KnownArticle | None, number: int, seen: float
) -> KnownArticle:
    article, wire = extracted.article, extracted.wire
    at = article.fetched_at.isoformat() if article.fetched_at else None
    return KnownArticle(
        uri=article.uri,
        url=article.url,
        number=number,
        story_id="",
        filed="",
        relation=Relation.ORIGINAL,
        version=known.version + 1 if known else 1,
        content_hash=article.content_hash,
        title=article.title,
        language=article.language,
        host=article.host,
        agency=wire.agency,
        own=wire.is_original,
        names=named_original(extracted),
        published=article.published,
        first_created=known.first_created if known else at,
        seen=seen,
        source=_place(extracted.source),
        exact=extracted.signature.exact,
        words=extracted.signature.words,
        signed=extracted.signature.version,
    )
