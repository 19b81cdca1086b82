"""References to articles."""

import pytest

from service.contract.identity import article_uri
from service.local.article_reference import ArticleReference

URL = "https://www.example.com/News/ferry?id=7"
URI = article_uri(URL)
EVENT = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize("given", [URL, f"{URL}&utm_source=feed", f"{URL}#top", URI])
def test_a_page_is_meant_by_its_address_in_any_form_and_by_its_uri(given: str) -> None:
    assert ArticleReference(given).is_page(URL)
    assert ArticleReference(given).is_page(f"{URL}&fbclid=1")


@pytest.mark.parametrize("given", [URL, f"{URL}&utm_source=feed", URI, URI[-32:], EVENT])
def test_an_event_is_meant_by_address_uri_and_id(given: str) -> None:
    assert ArticleReference(given).is_event(URI, (f"{URL}&fbclid=1", URL), EVENT)


@pytest.mark.parametrize("given", ["https://example.com/News/ferry/?id=7&gclid=1", URL])
def test_an_event_is_meant_by_any_spelling_of_its_address(given: str) -> None:
    spelled = "https://example.com/News/ferry?id=7"
    assert ArticleReference(given).is_event(article_uri(spelled), (spelled, spelled), None)


@pytest.mark.parametrize(
    "given", ["https://www.example.com/News/ferr", article_uri("https://x.example/"), "f" * 32]
)
def test_others_are_not(given: str) -> None:
    assert not ArticleReference(given).is_page(URL)
    assert not ArticleReference(given).is_event(URI, (URL, URL), EVENT)


@pytest.mark.parametrize(
    ("given", "is_one"),
    [(URL, True), (URI, True), (EVENT, True), ("ferry.html", False), ("", False), ("abc", False)],
)
def test_other_texts_are_not_references(given: str, is_one: bool) -> None:
    assert ArticleReference(given).is_name is is_one


def test_what_is_no_address_matches_nothing() -> None:
    assert not ArticleReference("http://[broken").is_page(URL)
    assert not ArticleReference(URL).is_page("http://[broken")
