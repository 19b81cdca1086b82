"""Gives an article a story of its own, because the operator keeps it apart from another."""

from dataclasses import dataclass
from datetime import UTC, datetime

from service.contract.control import Control, ControlAction
from service.contract.fold_state import ArticleRecord
from service.contract.identity import story_uri
from service.contract.story import OperatorDecision, Relation, StoryStatus
from service.fold.assign.operator_order import Order, Target, refused
from service.fold.assign.original import choose_another_original, first_original
from service.fold.assign.restating import is_down
from service.fold.state.article import ArticleState
from service.fold.state.decisions import about, apart_pairs, with_new
from service.fold.state.indexed_members import index_again
from service.fold.state.story import Representative, StoryState
from service.fold.state.window import Window


@dataclass(frozen=True, slots=True)
class Apart:
    """Two articles that are kept apart now.

    Attributes:
        stories: those that hold them.
        records: of the articles that have changed.
    """

    stories: tuple[StoryState, StoryState]
    records: tuple[ArticleRecord, ...] = ()


def separate(order: Order, target: Target, other: Target) -> Apart:
    """Give the second article a story of its own, if it is in one with the first.

    Raises:
        Refused: it would change nothing.
    """
    stays, leaves, window = target.article, other.article, order.window
    if stays is None or leaves is None:
        raise refused("two articles can be kept apart, not stories")
    if stays.uri == leaves.uri:
        raise refused("it is one article")
    story, own = target.story, other.story
    pair = {stays.uri, leaves.uri}
    if any(set(each) == pair for each in apart_pairs(story.decisions)):
        raise refused("the two are already kept apart")
    records: tuple[ArticleRecord, ...] = ()
    before = 0
    if story is own:
        if story.status is StoryStatus.WITHDRAWN:
            raise refused(f"{story.id} is withdrawn; reinstate it first")
        was_down = is_down(story, leaves)
        index_again(window, leaves)
        before = window.next_number
        own = window.create(_story_of_one(order.control, leaves, story, window))
        if was_down:  # its number may be a new one
            own.withdrawn_before = before
        story.change_relation(leaves, Relation.ORIGINAL)
        records = (leaves.to_record(window.move(leaves, own)),)
        own.representatives = [Representative.of(leaves)]
        records += _repair(story, stays, leaves, window)
    decision = order.decision(before=before)

    def ends(each: OperatorDecision) -> bool:
        return each.action is ControlAction.SAME and {each.target, each.other} == pair

    for each in (story, own):
        each.decisions = with_new(each.decisions, decision, ends)
    return Apart((story, own), records)


def _story_of_one(
    control: Control, article: ArticleState, left: StoryState, window: Window
) -> StoryState:
    """Return a new story for an article that leaves its own."""
    seen = None
    if article.first_created is not None:
        seen = datetime.fromtimestamp(article.seen, UTC).isoformat()
    return StoryState(
        id=story_uri(article.uri, article.content_hash, f"{control.at} {control.id}"),
        language=article.language,
        agency=article.agency,
        headline=article.title,
        original=first_original(article),
        first_seen=article.first_created,
        last_seen=seen,
        latest=window.watermark.now,
        withdrawn_before=left.withdrawn_before,
        decisions=about(left.decisions, article.uri),
    )


def _repair(
    story: StoryState, stays: ArticleState, left: ArticleState, window: Window
) -> tuple[ArticleRecord, ...]:
    """Give a story that an article has left an original and a representative, if that was it.

    Returns:
        The record of the new representative, if it has changed.
    """
    records: tuple[ArticleRecord, ...] = ()
    if not story.representatives:
        if not stays.indexed:
            published_again = story.is_published_again(stays)
            index_again(window, stays)
            if published_again:
                story.withdrawn_before = window.next_number
            records = (stays.to_record(window.signature(stays)),)
        story.representatives = [Representative.of(stays)]
    if story.original.uri == left.uri:
        choose_another_original(story, stays)
    return records
