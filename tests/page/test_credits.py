import json

import pytest

from tests.page.pages import news_page, read


def credits_of(page: str) -> set[tuple[str, str]]:
    return {(credit.where, credit.text) for credit in read(page).credits}


@pytest.mark.parametrize(
    ("name", "value", "where"),
    [
        ("author", "Nordic Wire", "jsonld.author"),
        ("publisher", {"@type": "Organization", "name": "Nordic Wire"}, "jsonld.publisher"),
        ("sourceOrganization", {"name": "Nordic Wire"}, "jsonld.source_organization"),
        ("creditText", "Nordic Wire", "jsonld.credit_text"),
        ("copyrightHolder", [{"name": "Nordic Wire"}], "jsonld.copyright_holder"),
        ("isBasedOn", {"@type": "NewsArticle", "name": "Nordic Wire"}, "jsonld.is_based_on"),
    ],
)
def test_structured_credits(name: str, value: object, where: str) -> None:
    block = json.dumps({"@type": "NewsArticle", name: value})
    page = news_page(head=f'<script type="application/ld+json">{block}</script>')
    assert (where, "Nordic Wire") in credits_of(page)


@pytest.mark.parametrize(
    ("html", "where", "text"),
    [
        ('<p class="byline">By ADA QUIST, Nordic Wire</p>', "byline", "By ADA QUIST, Nordic Wire"),
        ('<span class="article__author-name">Nordic Wire</span>', "byline", "Nordic Wire"),
        ('<a rel="author" href="/a">Ada Quist</a>', "byline", "Ada Quist"),
        ('<div class="article-source">Nordic Wire</div>', "source", "Nordic Wire"),
        ("<p>Quelle: nw/dpa</p>", "source", "Quelle: nw/dpa"),
        ("<span>Fuente: EFE</span>", "source", "Fuente: EFE"),
        ("<p>来源：新华社</p>", "source", "来源：新华社"),
        ("<footer><p>Source: AFP</p></footer>", "source", "Source: AFP"),
    ],
)
def test_visible_credits_are_kept_verbatim(html: str, where: str, text: str) -> None:
    assert (where, text) in credits_of(news_page(after=html))


@pytest.mark.parametrize(
    "html",
    [
        '<nav><a class="source">Nordic Wire</a></nav>',
        '<div class="related-stories"><span class="author">Nordic Wire</span></div>',
        '<section id="comments"><span class="comment-author">Nordic Wire</span></section>',
        '<aside><p class="byline">Nordic Wire</p></aside>',
    ],
)
def test_credits_of_other_articles_and_of_comments_are_not_taken(html: str) -> None:
    assert not any("Nordic Wire" in text for _, text in credits_of(news_page(outside=html)))


def test_meta_credits() -> None:
    head = '<meta name="author" content="Ada Quist"><meta name="source" content="Nordic Wire">'
    found = credits_of(news_page(head=head))
    assert {("meta.author", "Ada Quist"), ("meta.source", "Nordic Wire")} <= found
