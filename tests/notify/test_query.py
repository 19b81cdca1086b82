"""What a subscription may ask, and what is refused with a way out."""

import pytest

from service.contract.identity import STORY_URN
from service.contract.record import Topic
from service.desk.queries.story_filters import StoryFilters
from service.notify.query import UnfitQuery, read_query

STORY = f"{STORY_URN}{'0f' * 16}"


def test_filters_and_words_are_those_of_the_search_box() -> None:
    found = read_query('host:www.a.example relation:spun bridge "in this order"', Topic.ARTICLES)
    assert found == StoryFilters(host="www.a.example", relation="spun", q='bridge "in this order"')
    assert read_query("lang:de agency:Reuters", Topic.ARTICLES) == StoryFilters(
        language="de", agency="reuters"
    )


def test_an_empty_query_takes_all() -> None:
    assert read_query("", Topic.ARTICLES) == StoryFilters()


def test_a_story_is_named_by_its_id() -> None:
    assert read_query(f"id:{STORY}", Topic.ARTICLES).id == STORY
    assert read_query(STORY, Topic.STORIES).id == STORY


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("www.a.example bridge", "write host:www.a.example"),
        ("relation:spunn", "relation: does not take 'spunn'"),
        ("relation: spun", "relation: does not take ''"),
        ('relation:"spunn"', "relation: does not take '\"spunn\"'"),
        ('by:""', "by: does not take '\"\"'"),
        ("since:yesterday", "since: does not take 'yesterday'"),
        ("relatoin:spun", "put it in quotes"),
        ("agency:no-such-agency", "copydesk agencies"),
        ("id:https://a.example/one", "name the story by its id"),
        ("0f" * 16, "name the story by its id"),
        ("!!! ...", "has no word"),
        ("by:???", "has no word"),
        ("word " * 60, "200 characters"),
    ],
)
def test_what_one_event_does_not_answer_is_refused(text: str, why: str) -> None:
    with pytest.raises(UnfitQuery) as error:
        read_query(text, Topic.ARTICLES)
    assert why in str(error.value)


def test_a_colon_in_quotes_is_words() -> None:
    assert read_query('"note: this"', Topic.ARTICLES).q == '"note: this"'


@pytest.mark.parametrize("text", ["host:a.example", "relation:spun", "bridge", "since:2026-03-01"])
def test_the_state_of_a_story_is_not_asked_about_articles(text: str) -> None:
    with pytest.raises(UnfitQuery, match="ask it of articles"):
        read_query(text, Topic.STORIES)


def test_the_state_of_a_story_answers_for_the_story() -> None:
    found = read_query("agency:none original:a.example", Topic.STORIES)
    assert found == StoryFilters(agency="none", original="a.example")
