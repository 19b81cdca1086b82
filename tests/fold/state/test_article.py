"""The state of an article, as a row and as a changelog record."""

from dataclasses import replace

from service.fold.state.article import ArticleState
from tests.fold.articles import extracted, text_of
from tests.fold.states import CLOCK, article_state, story_id

PAGE = extracted(
    text_of("ferry-ap"),
    url="https://a.example/ferry?page=1",
    offset=7,
    agency="ap",
    canonical="https://apnews.example/ferry",
    published="2026-03-10T05:00:00+00:00",
)


def state() -> ArticleState:
    article = ArticleState.of(PAGE, None, 3, 1000.5, CLOCK)
    article.story_id = article.recorded_story_id = story_id(1)
    return article


def test_a_row_is_read_back() -> None:
    assert ArticleState.from_row(state().to_row()) == state()


def test_a_row_of_a_moved_article_has_the_story_that_holds_it_now() -> None:
    moved = ArticleState.from_row(state().to_row(), story_id(2))
    assert moved == replace(state(), story_id=story_id(2))
    assert moved.recorded_story_id == story_id(1)


def test_a_record_is_read_back() -> None:
    assert ArticleState.from_record(state().to_record(PAGE.signature)) == state()


def test_a_new_version_counts_from_the_previous_one() -> None:
    previous = replace(article_state(1), version=4, first_created="2026-01-01T00:00:00+00:00")
    article = ArticleState.of(PAGE, previous, 9, 0.0, CLOCK)
    assert (article.version, article.first_created) == (5, previous.first_created)
    assert (article.number, article.recorded_story_id) == (9, "")


def test_a_page_that_declares_itself_canonical_has_no_declared_original() -> None:
    page = extracted("", url="https://a.example/x", offset=0, canonical="https://a.example/x")
    assert ArticleState.of(page, None, 1, 0.0, CLOCK).declared_original is None
    assert state().declared_original is not None
