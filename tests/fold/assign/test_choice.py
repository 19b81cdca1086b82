"""Choosing the story of an article."""

from dataclasses import replace
from typing import Any, cast

import pytest

import service.fold.assign.choice as choice_module
from service.contract.attribution import RevisionKind
from service.contract.extracted import Extracted
from service.fold.assign.choice import choose_story, may_be_copies
from service.fold.assign.scoring import MERGE, Fit, Texts
from service.fold.state.story import StoryState
from service.fold.verify.verifier import LINK
from tests.fold.articles import extracted
from tests.fold.states import article_state, story_id, story_state

NO_TEXTS = cast("Texts", None)
"""Texts are read by `should_merge` only, which these tests replace."""


def fit(story: int, score: float) -> Fit:
    return Fit(story_state(story), (), score)


def page(**more: Any) -> Extracted:
    return extracted("A text.", url="https://a.example/", offset=0, **more)


@pytest.fixture
def merge_3(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories are the same as another if they have the number 3."""

    def should_merge(
        a: StoryState, b: StoryState, texts: Texts, beside: object, *, join_rewrites: bool
    ) -> bool:
        return b.id == story_id(3)

    monkeypatch.setattr(choice_module, "should_merge", should_merge)


def test_an_article_joins_the_best_story() -> None:
    best = fit(1, LINK)
    assert choose_story(page(), None, [best, fit(2, LINK - 0.1)], NO_TEXTS) == (best, [])


def test_an_article_below_the_threshold_begins_a_story() -> None:
    assert choose_story(page(), None, [fit(1, LINK - 0.01)], NO_TEXTS) == (None, [])
    assert choose_story(page(), None, [], NO_TEXTS) == (None, [])


@pytest.mark.usefixtures("merge_3")
def test_other_stories_that_it_joins_may_be_the_same() -> None:
    fits = [fit(1, 0.99), fit(2, 0.9), fit(3, 0.85), fit(4, 0.1)]
    assert choose_story(page(), None, fits, NO_TEXTS) == (fits[0], [fits[2].story])


def test_a_later_version_stays_in_its_story_if_it_is_still_like_it() -> None:
    fits = [fit(1, 0.99), fit(2, MERGE)]
    previous = article_state(1, story=2)
    assert choose_story(page(), previous, fits, NO_TEXTS) == (fits[1], [])
    fits[1] = replace(fits[1], score=MERGE - 0.01)
    assert choose_story(page(), previous, fits, NO_TEXTS) == (fits[0], [])


def test_a_later_version_stays_in_a_story_out_of_its_reach_unless_it_joins_another() -> None:
    fits = [fit(1, 0.99), replace(fit(2, 0.0), out_of_reach=True)]
    previous = article_state(1, story=2)
    assert choose_story(page(), previous, fits[1:], NO_TEXTS) == (fits[1], [])
    assert choose_story(page(), previous, fits, NO_TEXTS) == (fits[0], [])


def test_a_notice_at_the_address_of_an_article_stays_in_its_story() -> None:
    notice = page(revision=RevisionKind.WITHDRAWAL)
    fits = [fit(1, 0.99), fit(2, 0.0)]
    assert choose_story(notice, article_state(1, story=2), fits, NO_TEXTS) == (fits[1], [])


@pytest.mark.parametrize(
    ("language", "other", "expected"),
    [
        ("en", "en-GB", True),
        ("en", "de", False),
        ("und", "de", True),
        ("de", "und", True),
        ("zh-Hant", "zh-Hans", True),
        ("hr", "bs", True),
        ("ms", "id", True),
        ("sr", "sl", False),
    ],
)
def test_copies_have_languages_of_one_group(language: str, other: str, expected: bool) -> None:
    assert may_be_copies(language, other) is expected
