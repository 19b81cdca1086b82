"""Rewrites: texts with the facts of another and wording of their own."""

import tomllib
from itertools import permutations
from pathlib import Path

import pytest

from service.contract.extracted import Extracted
from service.contract.story import Relation
from service.fold.assign.decision import Placed
from service.fold.assign.scoring import speaks_for
from service.fold.shard import Shard
from service.fold.state.story import Representative
from tests.fold.articles import extracted, text_of
from tests.fold.states import story_state

TEXTS = tomllib.loads((Path(__file__).parents[1] / "rewrites.toml").read_text())
CANAL: dict[str, str] = TEXTS["canal"]
MUSEUM, ROUNDUP = TEXTS["museum"]["text"], TEXTS["roundup"]["text"]
REWRITES = ("rewritten", "rewritten_again", "filler")


def pages(*texts: str, language: str = "en") -> list[Extracted]:
    return [
        extracted(text, url=f"https://{number}.example/a", offset=number, language=language)
        for number, text in enumerate(texts)
    ]


def placed(*articles: Extracted, join_rewrites: bool = True) -> list[Placed]:
    shard = Shard(join_rewrites=join_rewrites)
    decisions = [shard.place(article) for article in articles]
    assert all(isinstance(decision, Placed) for decision in decisions)
    return [decision for decision in decisions if isinstance(decision, Placed)]


def stories(decisions: list[Placed]) -> int:
    """Return the number of stories, none of which was merged with another."""
    assert not any(story.merged_into for each in decisions for story in each.stories)
    return len({each.placement.story_id for each in decisions})


@pytest.mark.parametrize("name", REWRITES)
def test_a_rewrite_joins_the_story_and_is_called_so(name: str) -> None:
    original, rewrite = placed(*pages(CANAL["text"], CANAL[name]))
    assert rewrite.placement.story_id == original.placement.story_id
    assert rewrite.placement.relation is Relation.REWRITTEN


@pytest.mark.parametrize("order", list(permutations(("text", "rewritten", "rewritten_again"))))
def test_a_rewrite_of_a_rewrite_is_one_story_in_any_order(order: tuple[str, ...]) -> None:
    decisions = placed(*pages(*(CANAL[name] for name in order)))
    assert stories(decisions) == 1
    relations = [each.placement.relation for each in decisions]
    assert relations == [Relation.ORIGINAL, Relation.REWRITTEN, Relation.REWRITTEN]


@pytest.mark.parametrize("order", list(permutations(("canal", "museum", "roundup"))))
def test_two_stories_rewritten_into_one_are_a_copy_of_neither(order: tuple[str, ...]) -> None:
    texts = {"canal": CANAL["text"], "museum": MUSEUM, "roundup": ROUNDUP}
    assert stories(placed(*pages(*(texts[name] for name in order)))) == 3


def test_a_roundup_joins_no_story_of_rewrites() -> None:
    texts = [CANAL["text"], *(CANAL[name] for name in REWRITES), MUSEUM, ROUNDUP]
    decisions = placed(*pages(*texts))
    assert stories(decisions) == 3
    assert decisions[-1].placement.relation is Relation.ORIGINAL


def test_a_copy_of_a_rewrite_is_what_the_rewrite_is() -> None:
    copy = CANAL["rewritten"] + "\n\nShare this page with your friends."
    *_, last = placed(*pages(CANAL["text"], CANAL["rewritten"], copy))
    assert last.placement.relation is Relation.REWRITTEN
    assert last.placement.parent == pages(CANAL["text"], CANAL["rewritten"])[1].article.uri


def test_a_translation_there_and_back_is_no_rewrite() -> None:
    for event, variant in (("ferry-ap", "spun"), ("furnace", "spun"), ("miners", "spun-1")):
        _, copy = placed(*pages(text_of(event), text_of(event, variant)))
        assert copy.placement.relation is Relation.SPUN


def test_where_the_language_is_not_known_to_be_one_nothing_is_called_a_rewrite() -> None:
    english = extracted(CANAL["text"], url="https://a.example/a", offset=0)
    unknown = extracted(CANAL["rewritten"], url="https://b.example/a", offset=1, language="und")
    _, copy = placed(english, unknown)
    assert copy.placement.relation in (Relation.SPUN, Relation.EDITED, Relation.ORIGINAL)


def test_if_they_are_off_each_rewrite_is_a_story_of_its_own() -> None:
    texts = [CANAL["text"], *(CANAL[name] for name in REWRITES)]
    decisions = placed(*pages(*texts), join_rewrites=False)
    assert stories(decisions) == len(texts)
    assert {each.placement.relation for each in decisions} == {Relation.ORIGINAL}


def test_if_they_are_off_copies_still_join_what_they_copy() -> None:
    texts = [CANAL["text"], CANAL["rewritten"], CANAL["text"] + "\n\nMore.", CANAL["rewritten"]]
    first, second, third, fourth = placed(*pages(*texts), join_rewrites=False)
    assert third.placement.story_id == first.placement.story_id
    assert fourth.placement.story_id == second.placement.story_id != first.placement.story_id
    assert fourth.placement.relation is Relation.VERBATIM
    _, spun = placed(*pages(text_of("ferry-ap"), text_of("ferry-ap", "spun")), join_rewrites=False)
    assert spun.placement.relation is Relation.SPUN


def test_a_page_that_is_written_anew_stays_in_its_story_even_if_they_are_off() -> None:
    before = extracted(CANAL["text"], url="https://a.example/a", offset=0)
    after = extracted(CANAL["rewritten"], url="https://a.example/a", offset=1)
    first, second = placed(before, after, join_rewrites=False)
    assert second.placement.story_id == first.placement.story_id
    assert second.placement.relation is Relation.UPDATE


def test_if_they_are_off_an_article_does_not_merge_a_story_with_its_rewrite() -> None:
    half = CANAL["text"].split("\n\n")[:4]
    other = CANAL["rewritten"].split("\n\n")[:3]
    texts = [CANAL["text"], CANAL["rewritten"], "\n\n".join(half + other)]
    assert stories(placed(*pages(*texts), join_rewrites=False)) > 1


def test_a_chain_of_rewrites_does_not_carry_a_text_that_is_unlike_the_original() -> None:
    story = story_state(1)
    original = Representative(story.original.uri, 0, 0.0, Relation.ORIGINAL, "o", 300)
    rewrite = Representative("urn:r", 1, 0.0, Relation.REWRITTEN, "r", 300)
    spun = Representative("urn:s", 2, 0.0, Relation.SPUN, "s", 300)
    assert speaks_for(story, original, rewrites=True)
    assert speaks_for(story, spun, rewrites=True)
    assert speaks_for(story, rewrite, rewrites=False), "a copy of it, in its wording"
    assert not speaks_for(story, rewrite, rewrites=True)
    story.original = story.original.model_copy(update={"uri": rewrite.uri})
    assert speaks_for(story, rewrite, rewrites=True), "it is what the story is about"
