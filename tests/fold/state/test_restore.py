"""A shard restored from its records makes the decisions of the one that wrote them."""

from collections.abc import Sequence
from copy import deepcopy
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import service.fold.state.indexed_members as members_module
from service.contract.control import Control, ControlAction
from service.contract.extracted import Extracted, SourcePosition
from service.contract.serde import load
from service.fold.assign.decision import Decided, Decision, Repeat
from service.fold.assign.operator_order import Refused
from service.fold.shard import Shard
from service.fold.stage import state_records
from service.fold.state.window import WindowLimits
from tests.fold.articles import with_concepts
from tests.fold.assign.test_operator import control
from tests.fold.changelog import Changelog
from tests.local.sample_read import extracted_records

NEVER = -1


@cache
def crawl() -> tuple[Extracted, ...]:
    return tuple(
        with_concepts(load(Extracted, record.value or b"")) for record in extracted_records()
    )


def at(article: Extracted, offset: int) -> Extracted:
    position = SourcePosition(topic="pages.raw", partition=0, offset=offset)
    return article.model_copy(update={"source": position})


def decisions(
    inputs: Sequence[Extracted | Control], window: WindowLimits, cut: int
) -> list[Decision | Decided | None]:
    """Return all decisions, with the shard restored from its log before input `cut`; None for a
    control that is refused."""
    shard, log = Shard(window, links=True), Changelog()
    if cut == NEVER:
        return run(shard, log, inputs, 0)
    made = run(shard, log, inputs[:cut], 0)
    return made + run(log.restored(window, links=True), log, inputs[cut:], cut)


def run(
    shard: Shard, log: Changelog, inputs: Sequence[Extracted | Control], first: int
) -> list[Decision | Decided | None]:
    """The decisions of a shard on inputs of which the first has this offset; writes its log."""
    made: list[Decision | Decided | None] = []
    for number, each in enumerate(inputs, first):
        decision = carry_out(shard, at(each, number) if isinstance(each, Extracted) else each)
        if decision is not None and not isinstance(decision, Repeat):
            log.write(state_records(decision.saved, 0))
        made.append(deepcopy(decision))  # the states that it refers to change later
    return made


def carry_out(shard: Shard, each: Extracted | Control) -> Decision | Decided | None:
    if isinstance(each, Extracted):
        return shard.place(each)
    try:
        return shard.control(each)
    except Refused:
        return None


@pytest.mark.slow
@pytest.mark.parametrize(
    "window", [WindowLimits(), WindowLimits(articles=12)], ids=["all kept", "some expire"]
)
def test_a_restart_at_any_article_of_the_crawl_changes_nothing(window: WindowLimits) -> None:
    articles = list(crawl())
    whole = decisions(articles, window, NEVER)
    shard, log = Shard(window, links=True), Changelog()
    for cut, article in enumerate(articles):
        if cut % 3 == 1:
            # A shard restored here decides the rest as the one that was never stopped did.
            restored = log.restored(window, links=True)
            assert run(restored, Changelog(), articles[cut:], cut) == whole[cut:]
        assert run(shard, log, [article], cut) == whole[cut : cut + 1]


@settings(max_examples=25)
@given(st.data())
def test_a_restart_changes_nothing_in_any_order(data: st.DataObject) -> None:
    numbers = st.integers(0, len(crawl()) - 1)
    order = data.draw(st.lists(numbers, min_size=2, max_size=40))
    window = WindowLimits(articles=data.draw(st.integers(1, 40)))
    cut = data.draw(st.integers(1, len(order) - 1))
    articles = [crawl()[n] for n in order]
    with pytest.MonkeyPatch.context() as patch:
        indexed = data.draw(st.sampled_from([1, 2, members_module.INDEXED_MEMBERS]))
        patch.setattr(members_module, "INDEXED_MEMBERS", indexed)
        assert decisions(articles, window, cut) == decisions(articles, window, NEVER)


@settings(max_examples=25)
@given(st.data())
def test_a_restart_changes_nothing_among_decisions_of_the_operator(data: st.DataObject) -> None:
    window = WindowLimits(articles=data.draw(st.integers(10, 60)))
    articles = st.sampled_from(crawl())
    inputs: list[Extracted | Control] = []
    for number in range(data.draw(st.integers(10, 60))):
        action = data.draw(st.sampled_from([None, None, *ControlAction]))
        target, other = data.draw(articles), data.draw(articles)
        if action is None:
            inputs.append(target)
        else:
            inputs.append(control(action, target.article.uri, other.article.uri, number))
    cut = data.draw(st.integers(1, len(inputs) - 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(members_module, "INDEXED_MEMBERS", data.draw(st.sampled_from([0, 1, 2])))
        assert decisions(inputs, window, cut) == decisions(inputs, window, NEVER)


def test_two_runs_make_the_same_decisions() -> None:
    articles = list(crawl())
    assert decisions(articles, WindowLimits(), NEVER) == decisions(articles, WindowLimits(), NEVER)
