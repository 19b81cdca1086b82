"""Articles that are stated again, because another one is the original of their story now."""

import pytest

from service.contract.article_event import OriginalOf
from service.contract.attribution import RevisionKind
from service.contract.extracted import Extracted
from service.contract.story import Relation
from service.fold.assign.decision import Decided, Placed
from service.fold.assign.restating import Restated
from service.fold.shard import Shard
from service.fold.state.window import WindowLimits
from tests.fold.articles import extracted, text_of
from tests.fold.assign.test_operator import control

WIRE, FARM, POST = "https://apnews.com/dam", "https://farm.example/dam", "https://post.example/dam"


def farm(offset: int = 1, *, hours: float = 0.0, revision: RevisionKind | None = None) -> Extracted:
    paragraphs = text_of("dam").split("\n\n")
    text = "\n\n".join(paragraphs[: len(paragraphs) // 2])
    return extracted(text, url=FARM, offset=offset, hours=hours, revision=revision)


def wire(offset: int = 2, *, hours: float = 0.0, text: str = "dam") -> Extracted:
    return extracted(text_of(text), url=WIRE, offset=offset, hours=hours, agency="ap", own=True)


def post(offset: int = 3) -> Extracted:
    return extracted(text_of("dam"), url=POST, offset=offset)


def placed(shard: Shard, article: Extracted) -> Placed:
    decision = shard.place(article)
    assert isinstance(decision, Placed)
    return decision


def carried_out(
    shard: Shard, action: str, first: Extracted, other: Extracted | None = None, n: int = 1
) -> Decided:
    uri = None if other is None else other.article.uri
    decided = shard.control(control(action, first.article.uri, uri, n=n))
    assert isinstance(decided, Decided)
    return decided


def said(restated: tuple[Restated, ...]) -> dict[str, Relation]:
    return {each.article.url: each.placement.relation for each in restated}


def test_a_late_original_has_the_article_that_was_taken_for_it_stated_again() -> None:
    shard = Shard()
    first = placed(shard, farm())
    assert first.placement.relation is Relation.ORIGINAL
    assert first.restated == ()
    assert first.original.uri == farm().article.uri
    late = placed(shard, wire())
    assert late.placement.relation is Relation.ORIGINAL
    (again,) = late.restated
    assert again.article.url == FARM
    assert again.article.version == 1
    assert again.placement.relation is Relation.TRIMMED
    assert again.placement.parent == wire().article.uri
    assert again.placement.story_id == first.placement.story_id
    assert again.original == late.original
    assert again.original == OriginalOf(
        uri=wire().article.uri,
        host="apnews.com",
        time="2026-03-10T06:02:00+00:00",
        basis="seen",
        agency="ap",
    )
    assert again.article.relation is Relation.ORIGINAL, "the state has what was decided"


def test_what_is_stated_again_is_what_it_would_have_been_in_order() -> None:
    shard, in_order = Shard(), Shard()
    placed(shard, farm())
    (again,) = placed(shard, wire()).restated
    placed(in_order, wire())
    meant = placed(in_order, farm()).placement
    assert again.placement.relation is meant.relation
    assert again.placement.similarity == meant.similarity
    assert again.placement.evidence == meant.evidence
    assert meant.evidence is not None
    assert meant.evidence.rare_pairs > 0


def test_an_article_is_stated_again_once() -> None:
    shard = Shard()
    placed(shard, farm())
    placed(shard, wire())
    assert placed(shard, post()).restated == ()


def test_both_are_stated_again_where_the_operator_chooses_the_original() -> None:
    shard = Shard()
    placed(shard, wire(1))
    placed(shard, farm(2))
    decided = carried_out(shard, "original", farm())
    assert said(decided.restated) == {WIRE: Relation.EDITED, FARM: Relation.ORIGINAL}
    assert {each.original.uri for each in decided.restated} == {farm().article.uri}
    assert {each.original.basis for each in decided.restated} == {"operator"}
    back = carried_out(shard, "original", wire(), n=2)
    assert said(back.restated) == {FARM: Relation.TRIMMED, WIRE: Relation.ORIGINAL}
    assert back.sequence > decided.sequence


def test_the_original_of_a_story_that_is_merged_is_stated_again() -> None:
    shard = Shard()
    placed(shard, wire(1))
    other = extracted(text_of("ferry-ap"), url=POST, offset=2)
    placed(shard, other)
    decided = carried_out(shard, "same", wire(), other)
    (again,) = decided.restated
    assert again.article.url == POST
    assert again.placement.relation is Relation.EDITED, "the two have next to nothing in common"
    assert again.placement.story_id == decided.stories[0].id


def test_a_story_whose_original_tells_another_one_now_has_another() -> None:
    shard = Shard()
    placed(shard, wire(1))
    placed(shard, farm(2))
    moved = placed(shard, wire(3, text="ferry-ap"))
    assert moved.placement.story_id != (left := moved.stories[1]).id
    assert left.original.uri == farm().article.uri
    assert said(moved.restated) == {FARM: Relation.ORIGINAL}


@pytest.mark.parametrize("target", ["story", "article"])
def test_what_is_withdrawn_is_not_stated_again(target: str) -> None:
    shard = Shard()
    first = placed(shard, farm())
    name = farm().article.uri if target == "article" else first.placement.story_id
    shard.control(control("withdraw", name))
    assert placed(shard, wire()).restated == ()


def test_what_is_reinstated_and_not_published_again_yet_is_not_stated_again() -> None:
    shard = Shard()
    first = placed(shard, farm())
    shard.control(control("withdraw", first.placement.story_id, n=1))
    shard.control(control("reinstate", first.placement.story_id, n=2))
    assert placed(shard, wire()).restated == ()
    assert placed(shard, farm(7)).version == 2


def test_a_notice_is_not_stated_again() -> None:
    shard = Shard()
    placed(shard, farm(1, revision=RevisionKind.WITHDRAWAL))
    assert placed(shard, wire()).restated == ()


def test_what_cannot_be_compared_is_edited() -> None:
    """Its text is further from the original's than the window is long, but is still held."""
    shard = Shard(WindowLimits())
    placed(shard, farm(1))
    middle = extracted(text_of("dam"), url=POST, offset=2, hours=50)
    placed(shard, middle)
    late = placed(shard, wire(3, hours=80))
    for each in late.restated:
        assert each.placement.relation is Relation.EDITED
        assert each.placement.evidence is None
        assert each.placement.parent == wire().article.uri
