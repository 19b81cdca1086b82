import pytest

from service.read.page import canonicalize
from service.read.page.url_parameters import (
    drop_session,
    identifies_article,
    identifying_parameters,
    unescape_ampersands,
)

STORY = "https://e.example/story.aspx?id=7"


@pytest.mark.parametrize(
    "url",
    [
        "https://e.example/(S(lit3py55t21z5v55vlm25s55))/story.aspx?id=7",
        "https://e.example/%28S%28lit3py55t21z5v55vlm25s55%29%29/story.aspx?id=7",
        "https://e.example/(X(1)S(lit3py55t21z5v55vlm25s55))/story.aspx?id=7",
        "https://e.example/(lit3py55t21z5v55vlm25s55)/story.aspx?id=7",
        "https://e.example/story.aspx;jsessionid=12AB?id=7",
        "https://e.example/story.aspx?id=7&CFID=11111&CFTOKEN=22222222",
        "https://e.example/story.aspx?ASPSESSIONIDCSQBQADC=HKJ&id=7",
        "https://e.example/story.aspx?PHPSESSID=5fa1&id=7",
        "https://e.example/story.aspx?sid=0123456789abcdef0123456789abcdef&id=7",
        "https://e.example/story.aspx?id=7&osCsid=9c1",
        "https://e.example/story.aspx?id=7&session_id=9c1",
        "https://e.example/story.aspx?id=7&replytocom=1201#respond",
        "https://e.example/story.aspx?id=7&amp;utm_source=rss&amp;utm_medium=x",
        "https://e.example/story.aspx?utm_source=rss&amp;id=7",
        "https://e.example/story.aspx?amp;id=7&amp;amp;fbclid=x",
    ],
)
def test_a_visit_is_no_part_of_an_articles_address(url: str) -> None:
    assert canonicalize(url)[0] == STORY


@pytest.mark.parametrize(
    "url",
    [
        "https://en.e.example/wiki/Storm_(S)/a",
        "https://e.example/(s)/story",
        "https://e.example/what-now-(opinion)/",
        "https://e.example/Mercury_(planet)",
        "https://e.example/story?tampering=1",
        "https://e.example/story?session=3&sessions=4",
    ],
)
def test_what_only_looks_like_a_session_stays(url: str) -> None:
    assert drop_session(url) == url
    assert unescape_ampersands(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://e.example/12345",
        "https://e.example/storm-takes-roofs",
        "https://e.example/?p=7",
        "https://e.example/story.asp?id=7",
    ],
)
def test_a_number_or_three_words_identify_an_article(url: str) -> None:
    assert identifies_article(url)


@pytest.mark.parametrize("url", ["https://e.example/news/", "https://e.example/?sid=7", STORY[:-2]])
def test_a_section_or_an_ambiguous_parameter_does_not(url: str) -> None:
    assert not identifies_article(url)
    assert not identifying_parameters(url)
