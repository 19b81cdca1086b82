import json

import pytest

from tests.read.page.pages import news_page, read


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


@pytest.mark.parametrize(
    "html",
    [
        '<figure><img src="a.jpg"><figcaption><b class="source">EFE</b></figcaption></figure>',
        '<figure><span class="author">Reuters</span></figure>',
        '<div class="image-credit">AFP</div>',
        '<div class="photo"><span class="credit">Reuters</span></div>',
        '<div class="item"><h3><a href="/o">Another</a></h3><p class="byline">By AFP</p></div>',
    ],
)
def test_credits_of_pictures_and_of_other_stories_are_not_the_texts(html: str) -> None:
    found = {text for _, text in credits_of(news_page(before=html, after=html))}
    assert not found & {"EFE", "AFP", "Reuters", "By AFP"}


def test_the_author_in_a_name_of_its_own() -> None:
    head = '<meta name="articleAuthor" content="Anadolu Ajansı">'
    assert ("meta.author", "Anadolu Ajansı") in credits_of(news_page(head=head))
