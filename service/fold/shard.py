"""One shard: the single writer that places each article in its story, in the order of arrival."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.contract.control import Control
from service.contract.extracted import Extracted
from service.contract.fold_state import ArticleRecord, IdentityRecord, PartitionClock, StoryRecord
from service.contract.story import Authority, Relation, StoryStatus
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
    Placed,
    PlacementStats,
    Repeat,
    Saved,
    TooOld,
    Unchanged,
    placement_in,
)
from service.fold.assign.identity import resolve
from service.fold.assign.operator import carry_out
from service.fold.assign.prefetch import PendingArticle, prefetch
from service.fold.assign.query import Reach
from service.fold.assign.returning import Earlier, continue_from, reopened_story
from service.fold.assign.scoring import Fit
from service.fold.assign.story_changes import (
    add_member,
    change_status,
    merge_into_first,
    new_story,
)
from service.fold.assign.withdrawal import headlines_withdrawn, withdraws
from service.fold.candidates.index import keys_of
from service.fold.candidates.segment import Segment
from service.fold.repeat import is_repeat, note_input
from service.fold.state.article import ArticleState
from service.fold.state.decisions import (
    about,
    united,
    withdrawal_of_article,
    withdrawal_of_story,
)
from service.fold.state.event_clock import is_ahead
from service.fold.state.expiry import Expired, expire
from service.fold.state.identities import content_of
from service.fold.state.indexed_members import index_member
from service.fold.state.restore import restore_rows
from service.fold.state.row_integrity import StoreFailed
from service.fold.state.row_store import RowStore
from service.fold.state.story import StoryState
from service.fold.state.watermark import Late
from service.fold.state.window import Window, WindowLimits


@dataclass(frozen=True, slots=True)
class Changes:
    """What an article changed before it was placed.

    Attributes:
        clocks: the clock that it moved.
        expired: what left the window.
        swept: keys of identities that were kept long enough.
    """

    clocks: tuple[PartitionClock, ...]
    expired: Expired
    swept: tuple[str, ...]


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
    ) -> None:
        """Start empty.

        Args:
            store: of articles, stories and texts; in memory if None. If it has rows, call `open`.
            policy: whose word changes a story.
            one_clock: True if all input comes in one order, as from files.
            join_rewrites: False if a text that rewrites another is not put into its story.
        """
        self.stats: PlacementStats | None = None
        self.late: Late | None = None
        self.identified: Extracted | None = None
        self._pending: dict[int, PendingArticle] = {}
        limits = limits or WindowLimits()
        self._policy = policy or AuthorityPolicy()
        self._join_rewrites = join_rewrites
        self._limits = limits
        self._span = limits.span.total_seconds()
        self._window = Window(limits, store, one_clock=one_clock)

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
        return carry_out(control, self._window)

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
                self._window.touch(previous)
                record = previous.to_record(extracted.signature)
                return Unchanged(previous, Saved(articles=(record,)))
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
        earlier = self._earlier(previous, identity)
        changes = Changes(clocks, expired, self._window.remembered.sweep(self._window.next_number))
        return self._place_version(extracted, earlier, seen, changes)

    def _earlier(self, previous: ArticleState | None, identity: IdentityRecord | None) -> Earlier:
        """Return what is left of an article's earlier version."""
        if previous is not None:
            return Earlier(previous, story=self._window.story_of(previous))
        if identity is None:
            return Earlier()
        story = self._window.story_with_id(identity.story_id)
        if story is not None:
            identity = identity.model_copy(update={"story_id": story.id})
        return Earlier(identity=identity, story=story)

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
        return self._record(pending, candidates, best, same, earlier, seen, changes)

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

    def _record(
        self,
        pending: PendingArticle,
        candidates: CandidateStories,
        best: Fit | None,
        same: Sequence[StoryState],
        earlier: Earlier,
        seen: float,
        changes: Changes,
    ) -> Placed:
        """Add the article to its story, and return the decision.

        Args:
            best: its fit to the story; None if it begins a new one.
            same: stories that are the same as that one.
        """
        extracted, window, expired = pending.extracted, self._window, changes.expired
        previous, identity = earlier.article, earlier.identity
        now = window.watermark.record()
        article = ArticleState.of(extracted, previous, window.next_number, seen, now)
        note_input(article, previous, extracted)
        if identity is not None:
            continue_from(article, identity)
        if best is None and identity is not None:
            reopened = reopened_story(extracted, article, identity)
            story = earlier.story or window.create(reopened)
        elif best is None:
            story = window.create(new_story(extracted, article))
        else:
            story, others = merge_into_first((best.story, *same))
            for other in others:
                window.absorb(story, other)
        article.story_id = article.recorded_story_id = story.id
        left = story
        if previous is not None:
            left = window.story_of(previous)
            previous.story_id = left.id
            if left is not story:
                story.decisions = united(story.decisions, about(left.decisions, article.uri))
        placement = placement_in(
            extracted, article, story, best, candidates.shared, self._span, self._policy
        )
        article.relation = placement.relation
        taken_down = change_status(story, extracted, article, placement, self._policy)
        window.insert(article, story, pending.text, previous)
        links = best.links if best is not None else ()
        add_member(
            story,
            extracted,
            article,
            placement,
            links,
            span=self._span,
            clock=now.now,
            policy=self._policy,
        )
        index_member(window, article, story, pending.text)
        touched = (story, best.story if best else story, *same, left)
        changed = tuple({each.id: each for each in touched}.values())
        window.save(changed)
        dropped = None if identity is None else window.remembered.drop(article.uri)
        states = tuple(each.state() for each in changed)
        by_operator = withdrawal_of_article(story.decisions, article.uri) or (
            withdrawal_of_story(story.decisions)
        )
        if by_operator is not None:
            placement = placement.model_copy(update={"authority": Authority.OPERATOR})
        return Placed(
            placement=placement,
            version=article.version,
            first_created=article.first_created,
            withdrawn=story.status is StoryStatus.WITHDRAWN
            or placement.relation is Relation.WITHDRAWAL
            or by_operator is not None,
            why=by_operator.why if by_operator is not None else None,
            verified=story.is_agency_verified and article.agency == story.agency,
            boilerplate=story.is_boilerplate,
            taken_down=taken_down,
            stories=states,
            saved=Saved(
                articles=(article.to_record(extracted.signature),),
                stories=tuple(map(StoryState.to_record, changed, states)),
                clocks=changes.clocks,
                identities=tuple(each for each in expired.identities if each.key != dropped),
                deleted_articles=tuple(uri for uri in expired.articles if uri != article.uri),
                deleted_stories=tuple(each for each in expired.stories if each != story.id),
                deleted_identities=changes.swept + (() if dropped is None else (dropped,)),
            ),
        )
