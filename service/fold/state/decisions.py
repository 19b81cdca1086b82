"""What the operator's decisions about a story and its articles mean at present."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from service.contract.control import ControlAction
from service.contract.identity import STORY_URN
from service.contract.story import OperatorDecision

Decisions: TypeAlias = tuple[OperatorDecision, ...]

DECISIONS_KEPT = 100
"""A story keeps this many; beyond, the oldest are left out that a later one has ended."""

_OF_AN_ARTICLE = frozenset({ControlAction.WITHDRAW, ControlAction.REINSTATE, ControlAction.APART})


def withdrawal_of_story(decisions: Decisions) -> OperatorDecision | None:
    """Return the decision by which a story is withdrawn, if there is one."""
    return next((each for each in decisions if is_withdrawal_of_story(each)), None)


def is_withdrawal_of_story(decision: OperatorDecision) -> bool:
    """Return True if a decision withdraws a whole story, and is not ended."""
    withdraws = decision.action is ControlAction.WITHDRAW and not decision.ended
    return withdraws and decision.target.startswith(STORY_URN)


def withdrawal_of_article(decisions: Decisions, uri: str) -> OperatorDecision | None:
    """Return the decision by which a single article is withdrawn, if there is one."""
    for each in decisions:
        if each.action is ControlAction.WITHDRAW and each.target == uri and not each.ended:
            return each
    return None


def published_again_before(decisions: Decisions, uri: str | None = None) -> int:
    """Return the number below which a version must be published again, although it is unchanged: it
    was taken down and reinstated, or is in another story now.

    Args:
        uri: of the article; None for the highest number of any article.
    """
    numbers = [0]
    for each in decisions:
        named = each.other if each.action is ControlAction.APART else each.target
        acts = each.action in (ControlAction.REINSTATE, ControlAction.APART) and not each.ended
        if acts and uri in (None, named):
            numbers.append(each.before)
    return max(numbers)


def reinstated_before(decisions: Decisions, uri: str) -> int:
    """Return the number below which versions of an article were taken down by themselves, before
    the operator reinstated the article; 0 if that did not happen."""
    return max(
        (
            each.before
            for each in decisions
            if each.action is ControlAction.REINSTATE and each.target == uri and not each.ended
        ),
        default=0,
    )


def is_united(decisions: Decisions) -> bool:
    """Return True if the operator made a story of two."""
    return any(each.action is ControlAction.SAME and not each.ended for each in decisions)


def apart_from(decisions: Decisions, uri: str) -> Iterator[str]:
    """Yield the articles that must not be in one story with this one."""
    for target, other in apart_pairs(decisions):
        if uri == target:
            yield other
        elif uri == other:
            yield target


def apart_pairs(decisions: Decisions) -> Iterator[tuple[str, str]]:
    """Yield the pairs of articles that must not be in one story."""
    for each in decisions:
        if each.action is ControlAction.APART and not each.ended and each.other is not None:
            yield each.target, each.other


def about(decisions: Decisions, uri: str) -> Decisions:
    """Return the decisions that an article takes with it when it joins another story."""
    return tuple(
        each
        for each in decisions
        if each.action in _OF_AN_ARTICLE and uri in (each.target, each.other)
    )


def united(decisions: Decisions, others: Decisions) -> Decisions:
    """Return the decisions of two stories as one list, each once; ended if either says so."""
    ended = {each.id for each in (*decisions, *others) if each.ended}
    by_id = {each.id: each for each in (*others, *decisions)}
    every = [
        each if each.ended or each.id not in ended else each.model_copy(update={"ended": True})
        for each in by_id.values()
    ]
    return _fewer(tuple(sorted(every, key=lambda each: (each.at, each.id))))


def with_new(
    decisions: Decisions, new: OperatorDecision, ends: Callable[[OperatorDecision], bool]
) -> Decisions:
    """Return the decisions with a new one.

    Args:
        ends: returns True for a decision to which the new one is the opposite.
    """
    earlier = (
        each.model_copy(update={"ended": True}) if not each.ended and ends(each) else each
        for each in decisions
    )
    return _fewer((*earlier, new))


def _fewer(decisions: Decisions) -> Decisions:
    surplus = max(len(decisions) - DECISIONS_KEPT, 0)
    dropped = {each.id for each in [each for each in decisions if each.ended][:surplus]}
    return tuple(each for each in decisions if each.id not in dropped)
