"""Decisions of the operator, carried out on a shard."""

import pytest

from service.contract.control import Control, ControlAction
from service.contract.extracted import Extracted
from service.contract.outcome import FailureReason
from service.contract.serde import dump
from service.contract.story import Authority
from service.fold.assign.decision import Decided, Placed
from service.fold.assign.kept_apart import may_join, may_merge
from service.fold.assign.operator_order import Refused
from service.fold.shard import Shard
from service.fold.state.restore import signature_of, stored_text
from tests.fold.articles import extracted, text_of

HERE, THERE = "https://gazette.example/dam", "https://farm.example/dam"


def control(action: str, target: str, other: str | None = None, n: int = 1) -> Control:
    return Control(
        id=f"{n:032x}",
        action=ControlAction(action),
        target=target,
        other=other,
        language="en",
        why="The desk checked.",
        at="2026-03-10T08:00:00+00:00",
    )


def shard_with(*articles: Extracted) -> tuple[Shard, list[Placed]]:
    shard, placed = Shard(), []
    for article in articles:
        decision = shard.place(article)
        assert isinstance(decision, Placed)
        placed.append(decision)
    return shard, placed


def original() -> Extracted:
    return extracted(text_of("dam"), url=HERE, offset=0, agency="ap", own=True)


def copy(offset: int = 1) -> Extracted:
    return extracted(text_of("dam"), url=THERE, offset=offset)


def carried_out(
    shard: Shard, action: str, target: str, other: str | None = None, n: int = 1
) -> Decided:
    decided = shard.control(control(action, target, other, n))
    assert isinstance(decided, Decided)
    return decided


def test_a_refused_decision_changes_nothing() -> None:
    shard, (placed, _) = shard_with(original(), copy())
    before = dump(placed.stories[0])
    with pytest.raises(Refused) as refusal:
        carried_out(shard, "original", placed.stories[0].id)
    assert refusal.value.reason is FailureReason.REFUSED
    decided = carried_out(shard, "original", copy().article.uri)
    assert dump(placed.stories[0]) == before
    assert [each.id for each in decided.stories[0].decisions] == [control("original", "").id]


def test_an_article_that_moves_is_recorded_in_its_new_story() -> None:
    shard, (_, second) = shard_with(original(), copy())
    (record,) = second.saved.articles
    decided = carried_out(shard, "apart", original().article.uri, copy().article.uri)
    (moved,) = decided.saved.articles
    own = decided.stories[1]
    assert (moved.story_id, moved.number) == (own.id, record.number)
    assert moved.signature.record == record.signature.record
    assert own.id not in {each.id for each in second.stories}
    # The id depends on the decision, so that it is never used again.
    other, _ = shard_with(original(), copy())
    again = carried_out(other, "apart", original().article.uri, copy().article.uri, n=2)
    assert again.stories[1].id != own.id


def test_a_signature_made_from_the_store_gives_the_same_keys_and_text() -> None:
    article = original()
    shard, _ = shard_with(article)
    state = shard._window.article(article.article.uri)
    assert state is not None
    kept = stored_text(state.title, article.signature)
    made = signature_of(state, kept)
    assert (made.exact, made.words, made.record) == (
        article.signature.exact,
        article.signature.words,
        article.signature.record,
    )
    assert len(made.rare_pairs) == len(article.signature.rare_pairs)
    again = stored_text(state.title, made)
    assert (again.record, again.keys.tolist()) == (kept.record, kept.keys.tolist())


def test_nothing_joins_or_merges_what_is_apart() -> None:
    shard, _ = shard_with(original(), copy())
    decided = carried_out(shard, "apart", original().article.uri, copy().article.uri)
    first, second = (shard._window.story_with_id(each.id) for each in decided.stories)
    assert first is not None
    assert second is not None
    assert not may_merge(first, second)
    assert not may_merge(second, first)
    assert not may_join(first, copy().article.uri)
    assert not may_join(second, original().article.uri)
    assert may_join(first, "urn:copydesk:article:other")


def test_a_withdrawn_story_is_merged_with_none() -> None:
    shard, (placed,) = shard_with(original())
    other = shard.place(extracted(text_of("ferry-ap"), url="https://b.example/", offset=3))
    assert isinstance(other, Placed)
    first, second = placed.stories[0].id, other.stories[0].id
    carried_out(shard, "withdraw", first)
    one, two = shard._window.story_with_id(first), shard._window.story_with_id(second)
    assert one is not None
    assert two is not None
    assert not may_merge(one, two)
    with pytest.raises(Refused, match="reinstate it first"):
        carried_out(shard, "same", first, second, n=2)


def test_a_merged_story_is_found_by_its_former_id() -> None:
    shard, (placed,) = shard_with(original())
    other = shard.place(extracted(text_of("ferry-ap"), url="https://b.example/", offset=3))
    assert isinstance(other, Placed)
    kept, absorbed = carried_out(shard, "same", placed.stories[0].id, other.stories[0].id).stories
    decided = carried_out(shard, "withdraw", absorbed.id, n=2)
    assert decided.stories[0].id == kept.id
    assert len(decided.taken_down) == 2


def test_what_joins_a_withdrawn_story_is_canceled_with_the_operators_reason() -> None:
    shard, (placed,) = shard_with(original())
    carried_out(shard, "withdraw", placed.stories[0].id)
    joined = shard.place(copy())
    assert isinstance(joined, Placed)
    assert joined.withdrawn
    assert joined.why == "The desk checked."
    assert joined.placement.authority is Authority.OPERATOR
    carried_out(shard, "reinstate", placed.stories[0].id, n=2)
    again = shard.place(copy(2))
    assert isinstance(again, Placed)
    assert not again.withdrawn
