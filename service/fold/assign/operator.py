"""Carries out the operator's decisions: they have the last word about stories and their articles.

A decision is checked in full before anything is changed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from service.contract.control import Control, ControlAction
from service.contract.fold_state import ArticleRecord
from service.contract.identity import STORY_URN, story_uri
from service.contract.outcome import FailureReason
from service.contract.story import OperatorDecision, Relation, StoryStatus
from service.fold.assign.decision import Decided, Repeat, Saved
from service.fold.assign.kept_apart import pairs_between
from service.fold.assign.original import first_original
from service.fold.assign.story_changes import merge_into_first
from service.fold.state.article import ArticleState
from service.fold.state.decisions import (
    about,
    apart_pairs,
    with_new,
    withdrawal_of_article,
    withdrawal_of_story,
)
from service.fold.state.indexed_members import index_again
from service.fold.state.story import (
    CHOSEN_BY_OPERATOR,
    Representative,
    StoryState,
    original_because,
)
from service.fold.state.window import Window

_OPPOSITE = {
    ControlAction.WITHDRAW: ControlAction.REINSTATE,
    ControlAction.REINSTATE: ControlAction.WITHDRAW,
    ControlAction.ORIGINAL: ControlAction.ORIGINAL,
}


class Refused(Exception):
    """A decision that is not carried out; nothing has changed."""

    def __init__(self, reason: FailureReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Target:
    """What a control names: a story, or an article and the story that holds it."""

    name: str
    story: StoryState
    article: ArticleState | None


def carry_out(control: Control, window: Window) -> Decided | Repeat:
    """Carry out a decision of the operator.

    Raises:
        Refused: what it names is not in the window, or it would change nothing.
    """
    target = _find(control.target, window)
    if any(each.id == control.id for each in target.story.decisions):
        return Repeat()
    match control.action:
        case ControlAction.WITHDRAW:
            return _withdraw(control, target, window)
        case ControlAction.REINSTATE:
            return _reinstate(control, target, window)
        case ControlAction.ORIGINAL:
            return _choose_original(control, target, window)
        case ControlAction.SAME:
            return _unite(control, target, _find(control.other or "", window), window)
        case ControlAction.APART:
            return _separate(control, target, _find(control.other or "", window), window)


def _find(name: str, window: Window) -> _Target:
    if name.startswith(STORY_URN):
        story = window.story_with_id(name)
        if story is not None and story.size:
            return _Target(name, story, None)
    else:
        article = window.article(name)
        if article is not None:
            return _Target(name, window.story_of(article), article)
    kind = "story" if name.startswith(STORY_URN) else "article"
    raise Refused(
        FailureReason.NOT_IN_WINDOW,
        f"{kind} {name or '(none given)'} is not in the window of its shard: it was never there, or"
        " has left it",
    )


def _withdraw(control: Control, target: _Target, window: Window) -> Decided:
    story, article = target.story, target.article
    if article is not None:
        if withdrawal_of_article(story.decisions, article.uri):
            raise _refused(f"{article.uri} is already withdrawn")
        taken_down: tuple[ArticleState, ...] = (article,)
    else:
        if withdrawal_of_story(story.decisions):
            raise _refused(f"{story.id} is already withdrawn")
        members = story.members.fetch()
        taken_down = tuple(each for each in members if each.relation is not Relation.WITHDRAWAL)
        story.status = StoryStatus.WITHDRAWN
        story.withdrawn_before = window.next_number
        story.revision += 1
    _add(control, target, window)
    return _decided(control, window, (story,), taken_down)


def _reinstate(control: Control, target: _Target, window: Window) -> Decided:
    story, article = target.story, target.article
    if article is not None:
        if not withdrawal_of_article(story.decisions, article.uri):
            with_story = story.status is StoryStatus.WITHDRAWN
            more = f"; its story is: reinstate {story.id}" if with_story else ""
            raise _refused(f"{article.uri} was not withdrawn by itself{more}")
    else:
        if story.status is not StoryStatus.WITHDRAWN:
            raise _refused(f"{story.id} is not withdrawn")
        story.status = StoryStatus.ACTIVE
        # What joined in the meantime was published as canceled, too.
        story.withdrawn_before = window.next_number
        story.revision += 1
    _add(control, target, window)
    return _decided(control, window, (story,))


def _choose_original(control: Control, target: _Target, window: Window) -> Decided:
    story, article = target.story, target.article
    if article is None:
        raise _refused("an original is an article, not a story")
    if article.relation is Relation.WITHDRAWAL:
        raise _refused(f"{article.uri} is a notice of withdrawal")
    before = story.original
    if (before.uri, before.why) == (article.uri, CHOSEN_BY_OPERATOR):
        raise _refused(f"{article.uri} is already the original by an operator's decision")
    story.original = original_because(article.uri, article.host, CHOSEN_BY_OPERATOR)
    story.headline = article.title
    story.agency = article.agency or story.agency
    _add(control, target, window, other=before.uri)
    return _decided(control, window, (story,))


def _unite(control: Control, target: _Target, other: _Target, window: Window) -> Decided:
    one, two = target.story, other.story
    if one is two:
        raise _refused(f"{target.name} and {other.name} are in one story already, {one.id}")
    if one.status is not two.status:
        withdrawn = one if one.status is StoryStatus.WITHDRAWN else two
        raise _refused(f"{withdrawn.id} is withdrawn and the other is not; reinstate it first")
    apart = frozenset(map(frozenset, pairs_between(one, two)))
    kept, (absorbed,) = merge_into_first((one, two))
    window.absorb(kept, absorbed)

    def ends(each: OperatorDecision) -> bool:
        return each.action is ControlAction.APART and {each.target, each.other} in apart

    kept.decisions = with_new(kept.decisions, _decision(control, window), ends)
    return _decided(control, window, (kept, absorbed))


def _separate(control: Control, target: _Target, other: _Target, window: Window) -> Decided:
    """Give the second article a story of its own, if it is in one with the first."""
    stays, leaves = target.article, other.article
    if stays is None or leaves is None:
        raise _refused("two articles can be kept apart, not stories")
    if stays.uri == leaves.uri:
        raise _refused("it is one article")
    story, own = target.story, other.story
    pair = {stays.uri, leaves.uri}
    if any(set(each) == pair for each in apart_pairs(story.decisions)):
        raise _refused("the two are already kept apart")
    records: tuple[ArticleRecord, ...] = ()
    before = 0
    if story is own:
        if story.status is StoryStatus.WITHDRAWN:
            raise _refused(f"{story.id} is withdrawn; reinstate it first")
        index_again(window, leaves)
        before = window.next_number
        own = window.create(_story_of_one(control, leaves, story, window))
        story.change_relation(leaves, Relation.ORIGINAL)
        records = (leaves.to_record(window.move(leaves, own)),)
        own.representatives = [Representative.of(leaves)]
        records += _repair(story, stays, leaves, window)
    decision = _decision(control, window, before=before)

    def ends(each: OperatorDecision) -> bool:
        return each.action is ControlAction.SAME and {each.target, each.other} == pair

    for each in (story, own):
        each.decisions = with_new(each.decisions, decision, ends)
    return _decided(control, window, (story, own), records=records)


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
        _choose_another_original(story, stays)
    return records


def _choose_another_original(story: StoryState, stays: ArticleState) -> None:
    members = [each for each in story.members.fetch() if each.relation is not Relation.WITHDRAWAL]
    chosen = min(members or [stays], key=lambda each: (not each.own, each.number))
    story.original = first_original(chosen, story.first_seen)
    story.headline = chosen.title
    story.agency = chosen.agency or story.agency


def _add(control: Control, target: _Target, window: Window, other: str | None = None) -> None:
    """Add the decision to the story; it ends those of which it is the opposite."""
    opposite = _OPPOSITE[control.action]

    def ends(each: OperatorDecision) -> bool:
        if each.action is not opposite:
            return False
        if opposite is ControlAction.ORIGINAL or each.target == target.name:
            return True
        return target.article is None and each.target.startswith(STORY_URN)

    decision = _decision(control, window, before=window.next_number, other=other)
    target.story.decisions = with_new(target.story.decisions, decision, ends)


def _decision(
    control: Control, window: Window, *, before: int | None = None, other: str | None = None
) -> OperatorDecision:
    return OperatorDecision(
        id=control.id,
        action=control.action,
        target=control.target,
        other=control.other if other is None else other,
        why=control.why,
        at=control.at,
        before=window.next_number if before is None else before,
    )


def _decided(
    control: Control,
    window: Window,
    stories: tuple[StoryState, ...],
    taken_down: tuple[ArticleState, ...] = (),
    records: tuple[ArticleRecord, ...] = (),
) -> Decided:
    window.save(stories)
    states = tuple(each.state() for each in stories)
    saved = Saved(articles=records, stories=tuple(map(StoryState.to_record, stories, states)))
    return Decided(why=control.why, taken_down=taken_down, stories=states, saved=saved)


def _refused(detail: str) -> Refused:
    return Refused(FailureReason.REFUSED, detail)
