"""Records where an article belongs: in its story, in the window, and in what is saved of both."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.contract.fold_state import PartitionClock
from service.contract.story import Authority, Relation, StoryStatus
from service.fold.assign.authority import AuthorityPolicy
from service.fold.assign.changes import changes_of
from service.fold.assign.citations import cited_by, with_cited
from service.fold.assign.decision import Placed, Saved, placement_in
from service.fold.assign.original import choose_another_original
from service.fold.assign.prefetch import PendingArticle
from service.fold.assign.restating import original_of, originals_of, restated
from service.fold.assign.returning import Earlier, continue_from, reopened_story
from service.fold.assign.scoring import Fit
from service.fold.assign.sequence import sequence_of_placement
from service.fold.assign.story_changes import (
    add_member,
    change_status,
    merge_into_first,
    new_story,
)
from service.fold.assign.telling import Teller
from service.fold.candidates.candidate import Candidates
from service.fold.repeat import note_input
from service.fold.state.article import ArticleState
from service.fold.state.decisions import (
    about,
    united,
    withdrawal_of_article,
    withdrawal_of_story,
)
from service.fold.state.expiry import Expired
from service.fold.state.indexed_members import index_member
from service.fold.state.story import StoryState
from service.fold.state.window import Window


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


class Recorder:
    """Adds articles to the stories of one window."""

    def __init__(
        self, window: Window, policy: AuthorityPolicy, span: float, teller: Teller
    ) -> None:
        """Take the window to change.

        Args:
            policy: whose word changes a story.
            span: length of the window in seconds.
            teller: says what LINK is told.
        """
        self._teller = teller
        self._window = window
        self._policy = policy
        self._span = span

    def record(
        self,
        pending: PendingArticle,
        shared: Candidates,
        best: Fit | None,
        same: Sequence[StoryState],
        earlier: Earlier,
        seen: float,
        changes: Changes,
    ) -> Placed:
        """Add the article to its story, and return the decision.

        Args:
            shared: the articles in the window that share enough keys with it.
            best: its fit to the story; None if it begins a new one.
            same: stories that are the same as that one.
            seen: its event time, seconds since the epoch.
        """
        extracted, window, expired = pending.extracted, self._window, changes.expired
        previous, identity = earlier.article, earlier.identity
        now = window.watermark.record()
        article = ArticleState.of(extracted, previous, window.next_number, seen, now)
        note_input(article, previous, extracted)
        if identity is not None:
            continue_from(article, identity)
        were = (best.story if best else None, *same, earlier.story)
        before, known = originals_of(were), self._teller.known(were)
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
            extracted,
            article,
            story,
            best,
            shared,
            window.texts,
            pending.query.text,
            self._span,
            self._policy,
        )
        article.relation = placement.relation
        said = changes_of(extracted, previous, placement, window)
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
        if cited := cited_by(extracted.article, story, window):
            story.cites = with_cited(story.cites, cited)
        if left is not story and left.original.uri == article.uri:
            choose_another_original(left)
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
            changes=said,
            taken_down=taken_down,
            stories=states,
            sequence=sequence_of_placement(article.number),
            original=original_of(story),
            restated=restated(before, changed, window, self._span, article, links),
            saved=Saved(
                articles=(article.to_record(extracted.signature),),
                stories=tuple(map(StoryState.to_record, changed, states)),
                clocks=changes.clocks,
                identities=tuple(each for each in expired.identities if each.key != dropped),
                deleted_articles=tuple(uri for uri in expired.articles if uri != article.uri),
                deleted_stories=tuple(each for each in expired.stories if each != story.id),
                deleted_identities=changes.swept + (() if dropped is None else (dropped,)),
            ),
            for_link=self._teller.changes(known, changed, expired.stories),
        )
