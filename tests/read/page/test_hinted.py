"""Hints fill what the page lacks, and are named as the source."""

from service.contract.article import Article, DateCandidate, DateKind
from service.contract.declared import SUBJECTS_KEPT, Subject
from service.contract.hints import Hints
from service.contract.page import GivenArticle
from service.read.page import read_page
from service.read.page.hinted import noted, with_hinted_keywords
from tests.read.page.pages import PARAGRAPHS, TITLE, news_page, raw

HINTS = Hints(
    feed_published="Mon, 06 May 2024 20:15:00 +0200",
    feed_title="Storm on the coast | Northern Courier",
    sitemap_published="2024-05-06T18:00:00Z",
    sitemap_keywords=("storm", "Northport", "Storm"),
    referrer="https://courier.example/",
    robots=("noai",),
)
UNTITLED = "<html><body><article>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def read(page: str, hints: Hints | None = HINTS) -> Article:
    return read_page(raw(page, hints=hints))


def test_a_page_without_a_date_has_that_of_the_feed() -> None:
    article = read(news_page())
    assert article.published == "2024-05-06T20:15:00+02:00"
    assert article.dates == (
        DateCandidate(
            kind=DateKind.PUBLISHED, source="hint.feed", value="2024-05-06T20:15:00+02:00"
        ),
        DateCandidate(
            kind=DateKind.PUBLISHED, source="hint.sitemap", value="2024-05-06T18:00:00+00:00"
        ),
    )


def test_the_pages_own_date_and_title_come_first() -> None:
    declared = '<meta property="article:published_time" content="2024-05-07T06:00:00Z">'
    article = read(news_page(head=declared))
    assert article.published == "2024-05-07T06:00:00+00:00"
    assert [date.source for date in article.dates][1:] == ["hint.feed", "hint.sitemap"]
    assert (article.title, article.title_source) == (TITLE, None)


def test_a_date_after_the_fetch_is_not_believed_of_a_hint_either() -> None:
    article = read(news_page(), Hints(feed_published="2024-05-08T00:00:00Z"))
    assert article.published is None
    assert len(article.dates) == 1


def test_a_page_without_a_title_has_that_of_the_feed() -> None:
    article = read(UNTITLED)
    assert (article.title, article.title_source) == ("Storm on the coast", "hint.feed")
    article = read(UNTITLED, Hints(feed_title="-", sitemap_title="A storm"))
    assert (article.title, article.title_source) == ("A storm", "hint.sitemap")
    article = read(UNTITLED, None)
    assert (article.title, article.title_source) == ("", None)


def test_an_article_that_came_without_its_page_takes_hints_too() -> None:
    given = GivenArticle(text="\n\n".join(PARAGRAPHS), site_name="Northern Courier")
    article = read_page(raw("", text=None, article=given, hints=HINTS))
    assert (article.title, article.title_source) == ("Storm on the coast", "hint.feed")
    assert article.published == "2024-05-06T20:15:00+02:00"
    assert [subject.source for subject in article.subjects] == ["hint.sitemap", "hint.sitemap"]


def test_keywords_stand_where_the_page_has_none() -> None:
    section = Subject(name="News", rel="section", source="meta.article:section")
    added = with_hinted_keywords((section,), HINTS)
    assert [(each.name, each.rel) for each in added] == [
        ("News", "section"),
        ("storm", "keyword"),
        ("Northport", "keyword"),
    ]
    own = Subject(name="weather", rel="keyword", source="meta.keywords")
    assert with_hinted_keywords((section, own), HINTS) == (section, own)
    assert with_hinted_keywords((section,), None) == (section,)
    many = Hints(sitemap_keywords=tuple(f"word {number}" for number in range(99)))
    assert len(with_hinted_keywords((section,), many)) == SUBJECTS_KEPT


def test_hints_stay_with_the_article_and_what_could_not_be_read_is_noted() -> None:
    hints = HINTS.model_copy(update={"feed_published": "yesterday"})
    kept = read(news_page(), hints).hints
    assert kept is not None
    assert kept.referrer == "https://courier.example/"
    assert kept.robots == ()
    assert kept.dropped == ("feed_published: no date: yesterday",)
    assert noted(None) is noted(Hints(robots=("noai",))) is None


def test_a_hint_changes_neither_text_nor_identity() -> None:
    plain, hinted = read(news_page(), None), read(news_page())
    assert (hinted.uri, hinted.text, hinted.content_hash) == (
        plain.uri,
        plain.text,
        plain.content_hash,
    )
    assert plain.hints is None
