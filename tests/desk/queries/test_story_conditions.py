"""Conditions of filters, as SQL."""

import sqlite3

import pytest

from service.desk.queries.story_conditions import Conditions, on_articles, on_stories
from service.desk.queries.story_filters import StoryFilters


def test_no_filter_is_no_condition_on_articles(db: sqlite3.Connection) -> None:
    assert on_articles(StoryFilters()).where == "1"
    assert on_stories(StoryFilters()).where == "s.status <> 'merged'"


def test_conditions_are_joined_in_the_order_of_their_values() -> None:
    found = Conditions()
    found.add("a.host = ?", "x")
    found.add("a.seen BETWEEN ? AND ?", "1", "2")
    assert found.where == "a.host = ? AND a.seen BETWEEN ? AND ?"
    assert found.values == ["x", "1", "2"]


@pytest.mark.parametrize(
    "filters",
    [
        StoryFilters(q="a' OR 1=1 --", by='"', host="'", original="''", flag="'"),
        StoryFilters(id="javascript:alert(1)", agency="'", language="\x00"),
        StoryFilters(id="https://[", since="2026-03-10", until="2026-03-10T12:00:00+05:00"),
    ],
)
def test_every_value_is_a_placeholder(db: sqlite3.Connection, filters: StoryFilters) -> None:
    stories, articles = on_stories(filters), on_articles(filters)
    db.execute(
        "SELECT 1 FROM places p JOIN stories s ON s.id = p.story"
        f" WHERE {stories.where} AND {articles.where}",
        [*stories.values, *articles.values],
    ).fetchall()
