import pytest

from service.events.outcome import Failed, FailureReason
from tests.page.pages import news_page, read


def canonical(href: str) -> str:
    return f'<link rel="canonical" href="{href}">'


def test_a_canonical_of_the_same_site_is_the_identity() -> None:
    head = canonical("https://www.courier.example/news/storm?utm_source=feed")
    amp = read(news_page(head=head), url="https://amp.courier.example/x/storm-77")
    plain = read(news_page(head=head), url="https://www.courier.example/news/storm#c")
    assert amp.canonical_url == plain.canonical_url == "https://www.courier.example/news/storm"
    assert amp.uri == plain.uri
    assert amp.url == "https://amp.courier.example/x/storm-77"


def test_a_canonical_of_another_site_is_evidence_and_not_identity() -> None:
    article = read(news_page(head=canonical("https://wire.example/storm")))
    assert article.host == "courier.example"
    assert article.canonical_url == "https://courier.example/storm"
    assert article.declared_canonical == "https://wire.example/storm"
    assert ("canonical", "wire.example") in {(c.where, c.text) for c in article.credits}


@pytest.mark.parametrize("href", ["/", "https://courier.example", "", "http://[broken", "mailto:x"])
def test_a_canonical_that_cannot_be_meant_is_ignored(href: str) -> None:
    article = read(news_page(head=canonical(href)))
    assert article.canonical_url == "https://courier.example/storm"
    assert article.declared_canonical is None


def test_a_page_without_an_address_fails() -> None:
    with pytest.raises(Failed) as outcome:
        read(news_page(), url="")
    assert outcome.value.reason is FailureReason.NO_URL


def test_a_local_file_is_its_own_address() -> None:
    assert read(news_page(), url="file:///folder/a.html").canonical_url == "file:///folder/a.html"
