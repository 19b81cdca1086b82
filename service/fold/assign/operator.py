"""Carries out the operator's decisions: they have the last word about stories and their articles.

A decision is checked in full before anything is changed.
"""

from dataclasses import dataclass

from service.contract.control import Control, ControlAction
from service.contract.fold_state import ArticleRecord
from service.contract.identity import STORY_URN
from service.contract.story import OperatorDecision, OriginalOfStory, Relation, StoryStatus
from service.fold.assign.decision import Decided, ForLink, Repeat, Saved
from service.fold.assign.kept_apart import pairs_between
from service.fold.assign.operator_order import Order, Target, find_target, refused
from service.fold.assign.restating import original_of, originals_of, restated
from service.fold.assign.separation import separate
from service.fold.assign.sequence import sequence_of_decision
from service.fold.assign.story_changes import merge_into_first
from service.fold.assign.telling import Teller
from service.fold.state.article import ArticleState
from service.fold.state.decisions import with_new, withdrawal_of_article, withdrawal_of_story
from service.fold.state.story import CHOSEN_BY_OPERATOR, StoryState, original_because
from service.fold.state.window import Window

_OPPOSITE = {
    ControlAction.WITHDRAW: ControlAction.REINSTATE,
    ControlAction.REINSTATE: ControlAction.WITHDRAW,
    ControlAction.ORIGINAL: ControlAction.ORIGINAL,
}


def carry_out(control: Control, window: Window, span: float, teller: Teller) -> Decided | Repeat:
    """Carry out a decision of the operator.

    Args:
        span: length of the shard's window in seconds.
        teller: says what LINK is told.

    Raises:
        Refused: what it names is not in the window, or it would change nothing.
    """
    target = find_target(control.target, window)
    if any(each.id == control.id for each in target.story.decisions):
        return Repeat()
    other = target
    if control.action in (ControlAction.SAME, ControlAction.APART):
        other = find_target(control.other or "", window)
    earlier = (*target.story.decisions, *other.story.decisions)
    sequence = sequence_of_decision(window.next_number, earlier)
    if sequence is None:
        raise refused("there were too many decisions about its story since the last article")
    order = Order(control, window, sequence)
    named = target.story, other.story
    before, known = originals_of(named), teller.known(named)
    done = _carry_out(order, target, other)
    for_link = teller.changes(known, done.stories)
    return _decided(order, done, before, span, for_link)


@dataclass(frozen=True, slots=True)
class _Done:
    """What a decision has changed.

    Attributes:
        stories: that changed; the first is the one that it is about.
        taken_down: articles that it withdraws.
        records: of the articles that changed.
    """

    stories: tuple[StoryState, ...]
    taken_down: tuple[ArticleState, ...] = ()
    records: tuple[ArticleRecord, ...] = ()


def _carry_out(order: Order, target: Target, other: Target) -> _Done:
    match order.control.action:
        case ControlAction.WITHDRAW:
            return _withdraw(order, target)
        case ControlAction.REINSTATE:
            return _reinstate(order, target)
        case ControlAction.ORIGINAL:
            return _choose_original(order, target)
        case ControlAction.SAME:
            return _unite(order, target, other)
        case ControlAction.APART:
            apart = separate(order, target, other)
            return _Done(apart.stories, records=apart.records)


def _withdraw(order: Order, target: Target) -> _Done:
    story, article = target.story, target.article
    if article is not None:
        if withdrawal_of_article(story.decisions, article.uri):
            raise refused(f"{article.uri} is already withdrawn")
        taken_down: tuple[ArticleState, ...] = (article,)
    else:
        if withdrawal_of_story(story.decisions):
            raise refused(f"{story.id} is already withdrawn")
        members = story.members.fetch()
        taken_down = tuple(each for each in members if each.relation is not Relation.WITHDRAWAL)
        story.status = StoryStatus.WITHDRAWN
        story.withdrawn_before = order.window.next_number
        story.revision += 1
    _add(order, target)
    return _Done((story,), taken_down)


def _reinstate(order: Order, target: Target) -> _Done:
    story, article = target.story, target.article
    if article is not None:
        if not withdrawal_of_article(story.decisions, article.uri):
            with_story = story.status is StoryStatus.WITHDRAWN
            more = f"; its story is: reinstate {story.id}" if with_story else ""
            raise refused(f"{article.uri} was not withdrawn by itself{more}")
    else:
        if story.status is not StoryStatus.WITHDRAWN:
            raise refused(f"{story.id} is not withdrawn")
        story.status = StoryStatus.ACTIVE
        # What joined in the meantime was published as canceled, too.
        story.withdrawn_before = order.window.next_number
        story.revision += 1
    _add(order, target)
    return _Done((story,))


def _choose_original(order: Order, target: Target) -> _Done:
    story, article = target.story, target.article
    if article is None:
        raise refused("an original is an article, not a story")
    if article.relation is Relation.WITHDRAWAL:
        raise refused(f"{article.uri} is a notice of withdrawal")
    before = story.original
    if (before.uri, before.why) == (article.uri, CHOSEN_BY_OPERATOR):
        raise refused(f"{article.uri} is already the original by an operator's decision")
    story.original = original_because(article.uri, article.host, CHOSEN_BY_OPERATOR)
    story.headline = article.title
    story.agency = article.agency or story.agency
    _add(order, target, other=before.uri)
    return _Done((story,))


def _unite(order: Order, target: Target, other: Target) -> _Done:
    one, two = target.story, other.story
    if one is two:
        raise refused(f"{target.name} and {other.name} are in one story already, {one.id}")
    if one.status is not two.status:
        withdrawn = one if one.status is StoryStatus.WITHDRAWN else two
        raise refused(f"{withdrawn.id} is withdrawn and the other is not; reinstate it first")
    apart = frozenset(map(frozenset, pairs_between(one, two)))
    kept, (absorbed,) = merge_into_first((one, two))
    order.window.absorb(kept, absorbed)

    def ends(each: OperatorDecision) -> bool:
        return each.action is ControlAction.APART and {each.target, each.other} in apart

    kept.decisions = with_new(kept.decisions, order.decision(), ends)
    return _Done((kept, absorbed))


def _add(order: Order, target: Target, other: str | None = None) -> None:
    """Add the decision to the story; it ends those of which it is the opposite."""
    opposite = _OPPOSITE[order.control.action]

    def ends(each: OperatorDecision) -> bool:
        if each.action is not opposite:
            return False
        if opposite is ControlAction.ORIGINAL or each.target == target.name:
            return True
        return target.article is None and each.target.startswith(STORY_URN)

    decision = order.decision(other=other)
    target.story.decisions = with_new(target.story.decisions, decision, ends)


def _decided(
    order: Order, done: _Done, before: list[OriginalOfStory], span: float, for_link: ForLink
) -> Decided:
    stories = done.stories
    order.window.save(stories)
    states = tuple(each.state() for each in stories)
    return Decided(
        why=order.control.why,
        taken_down=done.taken_down,
        stories=states,
        saved=Saved(
            articles=done.records, stories=tuple(map(StoryState.to_record, stories, states))
        ),
        sequence=order.sequence,
        original=original_of(stories[0]),
        restated=restated(before, stories, order.window, span),
        for_link=for_link,
    )
