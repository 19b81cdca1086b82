import json
import re

import pytest

from service.contract.declared import Genre
from service.read.page.genre_labels import AI_SENTENCE, KINDS
from service.read.page.genres import MOST, kind_of
from tests.read.page.pages import PARAGRAPHS, TITLE, news_page, read


def kinds_of(page: str) -> list[str]:
    return [genre.name for genre in read(page).genres]


def ld(kind: object = "NewsArticle", **properties: object) -> str:
    node = {"@type": kind, "headline": TITLE} | properties
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("declared", "kind"),
    [
        ("OpinionNewsArticle", "opinion"),
        (["NewsArticle", "AnalysisNewsArticle"], "analysis"),
        ("https://schema.org/ReviewNewsArticle", "review"),
        ("LiveBlogPosting", "live"),
        ("AdvertiserContentArticle", "advertisement"),
        ("SatiricalArticle", "satire"),
        ("BackgroundNewsArticle", "background"),
    ],
)
def test_types_of_structured_data(declared: object, kind: str) -> None:
    (genre,) = read(news_page(head=ld(declared))).genres
    assert (genre.name, genre.source) == (kind, "jsonld.@type")


def test_nothing_declared_is_nothing_said() -> None:
    assert kinds_of(news_page()) == []
    assert kinds_of(news_page(head=ld("ReportageNewsArticle", genre="news"))) == []
    assert kinds_of(news_page(head='<meta name="article:opinion" content="false">')) == []


def test_a_claim_review_makes_a_fact_check() -> None:
    claim = '<script type="application/ld+json">{"@type": "ClaimReview"}</script>'
    assert kinds_of(news_page(head=ld() + claim)) == ["fact_check"]


def test_a_review_of_a_product_beside_the_article_says_nothing_of_it() -> None:
    other = {"@type": "Review", "itemReviewed": {"name": "A hat"}, "name": "Nice hat"}
    head = ld() + f'<script type="application/ld+json">{json.dumps(other)}</script>'
    assert kinds_of(news_page(head=head)) == []


@pytest.mark.parametrize(
    ("head", "genre"),
    [
        (ld(genre="Nuomonės"), Genre(name="opinion", text="Nuomonės", source="jsonld.genre")),
        (
            '<meta name="article.type" content="Personal Technology: Review">',
            Genre(name="review", text="Personal Technology: Review", source="meta.article.type"),
        ),
        (
            '<meta property="article:opinion" content="true">',
            Genre(name="opinion", text="article:opinion=true", source="meta.article:opinion"),
        ),
        (
            '<meta property="article:section" content="Faktencheck">',
            Genre(name="fact_check", text="Faktencheck", source="meta.article:section"),
        ),
    ],
)
def test_genre_meta_elements_and_section(head: str, genre: Genre) -> None:
    assert read(news_page(head=head)).genres == (genre,)


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("<span>Nachruf</span>", "obituary"),
        ('<p class="byline">Kommentar von Ada Quist</p>', "opinion"),
        ('<p class="byline">Analysis by Ada Quist</p>', "analysis"),
        ("<div>• Sponsored •</div>", "advertisement"),
    ],
)
def test_labels_beside_the_headline(before: str, kind: str) -> None:
    assert kinds_of(news_page(before=before)) == [kind]


@pytest.mark.parametrize("before", ["<div>Anzeige</div>", "<p>Advertisement</p>", "<p>Sport</p>"])
def test_labels_that_stand_on_every_page(before: str) -> None:
    assert kinds_of(news_page(before=before)) == []


def test_labels_in_a_menu_say_nothing() -> None:
    menu = "<nav><a href='/o'>Opinion</a></nav><div><a href='/i'>Interview</a></div>"
    page = news_page().replace("<main>", f"{menu}<main>")
    assert kinds_of(page) == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        (f"Opinion: {TITLE}", "opinion"),
        (f"Fact check: {TITLE}", "fact_check"),
        (f"{TITLE} | Kommentar", "opinion"),
        (f"Interview | {TITLE}", "interview"),
    ],
)
def test_headlines_that_say_it(title: str, kind: str) -> None:
    assert kinds_of(news_page(title=title)) == [kind]


@pytest.mark.parametrize("title", ["Review of the storm: forty roofs", "The opinion of the coast"])
def test_headlines_that_only_have_the_word(title: str) -> None:
    assert kinds_of(news_page(title=title)) == []


@pytest.mark.parametrize(
    "head",
    [
        ld(digitalSourceType="https://schema.org/TrainedAlgorithmicMediaDigitalSource"),
        ld(
            digitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/"
            "compositeWithTrainedAlgorithmicMedia"
        ),
        '<meta name="ai-disclosure" content="ai-generated">',
        '<meta name="ai-generated" content="true">',
    ],
)
def test_declared_to_be_made_with_ai(head: str) -> None:
    assert kinds_of(news_page(head=head)) == ["made_with_ai"]


@pytest.mark.parametrize(
    "note",
    [
        "This article was generated with the help of artificial intelligence and checked.",
        "Dieser Text wurde mit Unterstützung von KI erstellt und redaktionell geprüft.",
        "Cet article a été rédigé avec l'aide de l'intelligence artificielle.",
    ],
)
def test_a_note_that_says_so(note: str) -> None:
    assert kinds_of(news_page((*PARAGRAPHS, note))) == ["made_with_ai"]


@pytest.mark.parametrize(
    "text",
    [
        "The article on artificial intelligence was written by Ada Quist of the harbour office.",
        "Pictures that were generated with artificial intelligence fooled many on the coast.",
    ],
)
def test_texts_about_ai_say_nothing_of_their_own(text: str) -> None:
    assert kinds_of(news_page((*PARAGRAPHS, text))) == []
    assert kinds_of(news_page(head='<meta name="ai-disclosure" content="none">')) == []


def test_labels_in_parts() -> None:
    assert kind_of("Commentary (U.S.)") == "opinion"
    assert kind_of("Culture") is None
    assert kind_of("opinion " * 100) is None
    assert len(KINDS) > 300


def test_a_page_that_declares_everything_is_bounded() -> None:
    head = ld([f"{each}NewsArticle" for each in ("Opinion", "Analysis", "Review", "Background")])
    metas = "".join(f'<meta name="genre" content="{label}">' for label in KINDS)
    assert len(kinds_of(news_page(head=head + metas))) <= MOST


def test_thousands_of_reviews_under_a_huge_headline_are_read_once() -> None:
    review = {"@type": "Review", "itemReviewed": {}, "headline": "A hat"}
    head = ld(headline="storm " * 50_000) + (
        f'<script type="application/ld+json">{json.dumps([review] * 5_000)}</script>'
    )
    assert kinds_of(news_page(head=head)) == []


@pytest.mark.parametrize("piece", ["this article was ", "a ", "dieser text wurde a ", "-a "])
def test_the_pattern_of_notes_is_bounded(piece: str) -> None:
    assert re.compile(AI_SENTENCE, re.I).match((piece * 300)[:300]) is None
