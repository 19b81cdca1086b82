import json

import pytest

from service.read.page.publisher_name import is_name
from tests.read.page.pages import news_page, read


def publisher_of(head: str) -> tuple[str | None, str | None]:
    article = read(news_page(head=head))
    return article.publisher_name, article.publisher_source


def ld(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@graph": nodes})}</script>'


def test_the_articles_publisher() -> None:
    node = {"@type": "NewsArticle", "headline": "H", "publisher": {"name": "Northern Press Ltd"}}
    assert publisher_of(ld(node)) == ("Northern Press Ltd", "jsonld.publisher")


def test_a_publisher_by_its_id_and_the_sites() -> None:
    owner = {"@type": "Organization", "@id": "#org", "name": "Northern Press"}
    site = {"@type": "WebSite", "publisher": {"@id": "#org"}}
    assert publisher_of(ld(owner, site))[0] == "Northern Press"


def test_meta_elements() -> None:
    head = '<meta name="dc.publisher" content="Northern Press">'
    assert publisher_of(head) == ("Northern Press", "meta.dc.publisher")
    assert publisher_of('<meta property="og:site_name" content="Courier">') == (None, None)


@pytest.mark.parametrize(
    "text", ["", "https://courier.example", "@courier", "null", "42", "Blogger", "x" * 201, "<b>"]
)
def test_texts_that_are_no_names(text: str) -> None:
    assert not is_name(text)
