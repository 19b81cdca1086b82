"""An article that the operator gives a story of its own."""

import pytest

import service.fold.state.indexed_members as members_module
from service.contract.story import Relation
from service.fold.shard import Shard
from tests.fold.articles import extracted, text_of
from tests.fold.assign.test_operator import control
from tests.fold.assign.test_restating import FARM, carried_out, farm, placed, post, said, wire


def test_an_article_that_is_kept_apart_is_the_original_of_its_own_story() -> None:
    shard = Shard()
    placed(shard, wire(1))
    placed(shard, farm(2))
    decided = carried_out(shard, "apart", wire(), farm())
    (again,) = decided.restated
    assert (again.article.url, again.placement.relation) == (FARM, Relation.ORIGINAL)
    assert again.placement.story_id == decided.stories[1].id != decided.stories[0].id


def test_a_story_whose_original_is_kept_apart_has_another() -> None:
    shard = Shard()
    placed(shard, wire(1))
    placed(shard, farm(2))
    decided = carried_out(shard, "apart", farm(), wire())
    assert said(decided.restated) == {FARM: Relation.ORIGINAL}
    assert decided.stories[0].original.uri == farm().article.uri


def test_what_was_taken_down_before_is_not_stated_as_usable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It gets a new number, since it was not in the index, and is taken down all the same."""
    monkeypatch.setattr(members_module, "INDEXED_MEMBERS", 1)
    shard = Shard()
    story = placed(shard, wire(1)).placement.story_id
    for number in range(2, 6):
        url = f"https://n{number}.example/dam"
        placed(shard, extracted(text_of("dam"), url=url, offset=number))
    (kept,) = placed(shard, post(6)).saved.articles
    assert not kept.indexed
    shard.control(control("withdraw", story, n=1))
    shard.control(control("reinstate", story, n=2))
    decided = carried_out(shard, "apart", wire(), post(), n=3)
    (moved,) = (each for each in decided.saved.articles if each.uri == kept.uri)
    assert moved.number > kept.number
    assert decided.restated == ()
    assert placed(shard, post(9)).version == 2
