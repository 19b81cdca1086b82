"""Filters parsed from a URL and written back; no query is an error."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.desk.queries.story_filters import StoryFilters


def test_a_url_parses_to_the_filters_it_was_made_from() -> None:
    filters = StoryFilters(q="a & b", agency="ap", relation="spun", sort="copied", page=3)
    query = dict(parse_qsl(urlsplit(filters.path(page=3)).query))
    assert StoryFilters.from_query(query) == filters


def test_a_changed_filter_leads_to_the_first_page() -> None:
    assert StoryFilters(q="ferry", page=4).path(relation="spun") == "/?q=ferry&relation=spun"
    assert StoryFilters(q="ferry", page=4).path(q="") == "/"


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9" * 30, "²"])
def test_an_invalid_page_is_the_first_or_the_last(page: str) -> None:
    assert 1 <= StoryFilters.from_query({"page": page}).page <= 10_000


@given(st.dictionaries(st.sampled_from(["q", "host", "relation", "sort", "page"]), st.text()))
def test_any_query_is_filters(query: dict[str, str]) -> None:
    filters = StoryFilters.from_query(query)
    again = dict(parse_qsl(urlsplit(filters.path(page=filters.page)).query))
    assert StoryFilters.from_query(again) == filters
