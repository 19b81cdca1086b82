"""One shard: the single writer that places each article in its story, in the order of arrival."""

from collections.abc import Sequence

from service.contract.control import Control
from service.contract.extracted import Extracted, Signature
from service.contract.fold_state import ArticleRecord, IdentityRecord, PartitionClock, StoryRecord
from service.fold.assign.authority import AuthorityPolicy
from service.fold.assign.candidate_stories import (
    STORIES,
    STORIES_OF_A_NOTICE,
    CandidateStories,
    look_up,
)
from service.fold.assign.choice import choose_story, may_be_copies
from service.fold.assign.decision import (
    Decided,
    Decision,
    ForLink,
    Placed,
    PlacementStats,
    Repeat,
    Saved,
    TooOld,
    Unchanged,
)
from service.fold.assign.identity import resolve
from service.fold.assign.operator import carry_out
from service.fold.assign.prefetch import PendingArticle, prefetch
from service.fold.assign.query import Reach
from service.fold.assign.recording import Changes, Recorder
from service.fold.assign.returning import Earlier, earlier_version
from service.fold.assign.same_wire_id import same_wire_id
from service.fold.assign.scoring import Fit
from service.fold.assign.telling import Teller
from service.fold.assign.withdrawal import headlines_withdrawn, withdraws
from service.fold.candidates.index import keys_of
from service.fold.candidates.segment import Segment
from service.fold.repeat import is_repeat, note_input
from service.fold.state.article import ArticleState
from service.fold.state.event_clock import is_ahead
from service.fold.state.expiry import expire
from service.fold.state.identities import content_of
from service.fold.state.restore import concepts_of, restore_rows
from service.fold.state.row_integrity import StoreFailed
from service.fold.state.row_store import RowStore
from service.fold.state.story import StoryState
from service.fold.state.watermark import Late
from service.fold.state.window import Window, WindowLimits


class Shard:
    """The stories of one partition of `articles.extracted`.

    Event time is the fetch time of the page; if the input has none, that of its partition's clock
    (see `service.fold.state.watermark`). The same articles in the same order, from the same
    restored state, give the same decisions.

    Attributes:
        stats: of the article placed last; None if nothing had to be compared.
        late: that the article placed last was late; None if it was not.
        identified: the article placed last, under the address that identifies it; None before the
            first.
    """

    def __init__(
        self,
        limits: WindowLimits | None = None,
        store: RowStore | None = None,
        policy: AuthorityPolicy | None = None,
        *,
        one_clock: bool = False,
        join_rewrites: bool = True,
        links: bool = False,
    ) -> None:
        """Start empty.

        Args:
            store: of articles, stories and texts; in memory if None. If it has rows, call `open`.
            policy: whose word changes a story.
            one_clock: True if all input comes in one order, as from files.
            join_rewrites: False if a text that rewrites another is not put into its story.
            links: True if LINK is told of the stories.
        """
        self.stats: PlacementStats | None = None
        self.late: Late | None = None
        self.identified: Extracted | None = None
        self._pending: dict[int, PendingArticle] = {}
        limits = limits or WindowLimits()
        self._join_rewrites = join_rewrites
        self._limits = limits
        self._span = limits.span.total_seconds()
        self._window = Window(limits, store, one_clock=one_clock)
        self._teller = Teller(self._window, links=links)
        self._recorder = Recorder(
            self._window, policy or AuthorityPolicy(), self._span, self._teller
        )

    def open(self, clock: float, segments: Sequence[Segment] = ()) -> None:
        """Load what the store has.

        Args:
            clock: the newest event time seen, seconds since the epoch.
            segments: of the candidate index, if they were saved.
        """
        self._window.open(clock, segments)

    def restore(
        self,
        articles: Sequence[ArticleRecord],
        stories: Sequence[StoryRecord],
        clocks: Sequence[PartitionClock] = (),
        identities: Sequence[IdentityRecord] = (),
    ) -> None:
        """Restore the state from the shard's changelog records, in any order."""
        records = (articles, stories, clocks, identities)
        self._window.open(restore_rows(self._window.store, *records))

    @property
    def article_count(self) -> int:
        """Articles in the window."""
        return self._window.article_count

    @property
    def story_count(self) -> int:
        """Stories in the window."""
        return self._window.story_count

    @property
    def clock(self) -> float:
        """The watermark in seconds since the epoch; 0 before the first article."""
        return self._window.watermark.now

    @property
    def newest(self) -> float:
        """Event time of the partition that has got furthest, in seconds since the epoch."""
        return self._window.watermark.newest

    @property
    def event_times(self) -> list[tuple[tuple[str, int], float]]:
        """The partitions of `pages.raw` that are not idle, by topic and number, each with its event
        time in seconds since the epoch."""
        return list(self._window.watermark.report())

    def is_ahead(self, fetched: float) -> bool:
        """Return True if an article fetched then is further ahead of all partitions than one
        article may move a clock."""
        return is_ahead(self.newest, fetched, self._span)

    @property
    def window_age(self) -> float:
        """Seconds of event time from the oldest article in the window to the partition that has got
        furthest."""
        return self._window.age

    @property
    def segments(self) -> Sequence[Segment]:
        """The segments of the candidate index, which `open` accepts."""
        return self._window.index.segments

    @property
    def index_bytes(self) -> int:
        """Bytes of the segments of the candidate index."""
        return self._window.index.nbytes

    @property
    def column_bytes(self) -> int:
        """Bytes held in memory of all articles and stories, without the index."""
        return self._window.nbytes

    def prefetch(self, batch: Sequence[Extracted]) -> None:
        """Prefetch for articles that are placed next; it changes no decision.

        Args:
            batch: a few articles, see `service.fold.assign.prefetch`. `place` must be given these
                objects.
        """
        self._pending = {}
        try:
            pending = prefetch(batch, self._window)
        except StoreFailed:
            raise
        except Exception:
            return  # placing them one by one shows which article is at fault
        self._pending = {id(each.extracted): each for each in pending}

    def control(self, control: Control) -> Decided | Repeat:
        """Carry out a decision of the operator.

        Raises:
            Refused: it cannot be carried out; nothing has changed.
        """
        self.stats = None
        return carry_out(control, self._window, self._span, self._teller)

    def place(self, extracted: Extracted) -> Decision:
        """Assign an article to its story, and add it to the window."""
        self.stats = self.late = None
        self.identified, previous = resolve(extracted, self._window)
        identity: IdentityRecord | None = None
        extracted = self.identified
        article = extracted.article
        if previous is not None:
            if is_repeat(previous, extracted):
                return Repeat()
            unchanged = previous.content_hash == article.content_hash
            if unchanged and not self._window.is_published_again(previous):
                note_input(previous, previous, extracted)
                previous.sentences = extracted.signature.sentences  # as its record will have it
                self._window.touch(previous)
                record = previous.to_record(extracted.signature)
                for_link = self._sign_again(previous, extracted.signature)
                return Unchanged(previous, Saved(articles=(record,)), for_link)
        else:
            identity = self._window.remembered.find(article.uri)
            if identity is not None and identity.content == content_of(article.content_hash):
                fetched = article.fetched_at.timestamp() if article.fetched_at else None
                kept = self._window.remembered.touch(identity, fetched)
                return Unchanged(None, Saved(identities=kept))
        clock, seen = self._window.advance(extracted)
        clocks = () if clock is None else (clock,)
        if (too_old := self._check_late(extracted, seen, clocks)) is not None:
            return too_old
        expired = expire(self._window)
        if article.uri in expired.articles:
            previous, identity = None, self._window.remembered.find(article.uri)
        earlier = earlier_version(self._window, previous, identity)
        changes = Changes(clocks, expired, self._window.remembered.sweep(self._window.next_number))
        return self._place_version(extracted, earlier, seen, changes)

    def _sign_again(self, article: ArticleState, signature: Signature) -> ForLink:
        """Keep the concepts that READ signs of an unchanged text, which it may not have signed
        before; returns what LINK is told."""
        stories = [self._window.story_of(article)] if self._teller.links else []
        known = self._teller.known(stories)
        self._window.store.texts.put_concepts(article.number, concepts_of(signature))
        return self._teller.changes(known, stories)

    def _check_late(
        self, extracted: Extracted, seen: float, clocks: tuple[PartitionClock, ...]
    ) -> TooOld | None:
        """Note whether an article is late, and return the decision if it is rejected for that."""
        watermark, source = self._window.watermark, extracted.source
        distance = watermark.lateness(seen)
        if distance is None:
            return None
        rejected = self._limits.reject_late
        self.late = Late(source.topic, source.partition, distance, rejected)
        return TooOld(watermark.now, distance, Saved(clocks=clocks)) if rejected else None

    def _place_version(
        self, extracted: Extracted, earlier: Earlier, seen: float, changes: Changes
    ) -> Placed:
        # A prefetched article holds `extracted`, so that no other object can have its id.
        pending = self._pending.pop(id(extracted), None)
        if pending is None:
            pending = PendingArticle.of(extracted, self._window.texts)
        pending.query.same_id = same_wire_id(extracted.wire.ids, self._window)
        candidates = self._look_up(pending)
        stories = self._rule_out(pending, candidates, earlier.story)
        article = extracted.article
        reach = Reach(seen, self._span, article.uri, article.language, self._join_rewrites)
        fits = self._score(pending, candidates, stories, reach)
        best, same = choose_story(
            extracted,
            earlier.version,
            fits,
            self._window.texts,
            join_rewrites=self._join_rewrites,
        )
        return self._recorder.record(pending, candidates.shared, best, same, earlier, seen, changes)

    def _look_up(self, pending: PendingArticle) -> CandidateStories:
        """Return the stories that share most keys with the article."""
        if not withdraws(pending.extracted):
            return look_up(self._window, pending.keys, STORIES)
        headlines = headlines_withdrawn(pending.extracted)
        keys = keys_of(pending.extracted.signature, headlines)
        return look_up(self._window, keys, STORIES_OF_A_NOTICE, headlines)

    def _rule_out(
        self,
        pending: PendingArticle,
        candidates: CandidateStories,
        own: StoryState | None,
    ) -> list[StoryState]:
        """Return the candidate stories in memory; the story of the article's earlier version comes
        first. Stories of which the only text cannot be a copy are left out."""
        single = candidates.single_texts
        verdicts = zip(single, pending.query.rule_out(list(single.values())), strict=True)
        ruled_out = {slot for slot, is_ruled_out in verdicts if is_ruled_out}
        slots = [each.slot for each in candidates.ranked if each.slot not in ruled_out]
        stories = list(map(self._window.story_cache.story, slots))
        if own is None:
            return stories
        return [own, *(story for story in stories if story is not own)]

    def _score(
        self,
        pending: PendingArticle,
        candidates: CandidateStories,
        stories: Sequence[StoryState],
        reach: Reach,
    ) -> list[Fit]:
        """Return the article's fits to the stories in its language, the best first. It is compared
        with texts that are within reach only."""
        language = pending.extracted.article.language
        fits = [
            pending.query.score(story, candidates.shared, reach)
            for story in stories
            if may_be_copies(story.language, language)
        ]
        compared = sum(len(each.links) for each in fits)
        self.stats = PlacementStats(len(candidates.shared), compared)
        return sorted(fits, key=lambda each: (-each.score, each.story.id))
