import json

import pytest

from service.read.page.flags import WALL_WORDS, offers_subscription
from tests.read.page.pages import PARAGRAPHS, news_page, read


def flags_of(page: str) -> dict[str, str]:
    return {flag.name: flag.evidence for flag in read(page).flags}


def ld(**properties: object) -> str:
    block = json.dumps({"@type": "NewsArticle", "headline": "H", **properties})
    return f'<script type="application/ld+json">{block}</script>'


WALL = '<div class="paywall-overlay"><button>Subscribe</button></div>'


def test_a_wall_needs_two_signals() -> None:
    closed = ld(isAccessibleForFree=False)
    assert "paywalled" not in flags_of(news_page(head=closed))
    assert "paywalled" not in flags_of(news_page(outside=WALL))
    found = flags_of(news_page(head=closed, outside=WALL))
    assert "isAccessibleForFree is false" in found["paywalled"]
    assert "paywall-overlay" in found["paywalled"]


@pytest.mark.parametrize("value", [False, "False", "false", "http://schema.org/False"])
def test_the_ways_to_say_not_free(value: object) -> None:
    assert "paywalled" in flags_of(news_page(head=ld(isAccessibleForFree=value), outside=WALL))


def test_a_live_blog_tells_its_entries_and_times() -> None:
    entries = [{"@type": "BlogPosting", "datePublished": f"2024-05-07T0{i}:00:00Z"} for i in (8, 6)]
    head = ld(**{"@type": "LiveBlogPosting", "liveBlogUpdate": entries})
    assert flags_of(news_page(head=head))["live_blog"] == (
        "LiveBlogPosting with 2 entries, 2024-05-07T06:00:00+00:00 to 2024-05-07T08:00:00+00:00"
    )


@pytest.mark.parametrize(
    "end",
    ["Read more at Nordic Wire", "Continue reading →", "The ferries will stay in port and [...]"],
)
def test_a_truncated_text(end: str) -> None:
    assert "truncated" in flags_of(news_page((*PARAGRAPHS, end)))


@pytest.mark.parametrize(
    "first",
    [
        "NORTHPORT, May 7, 2024 /PRNewswire/ -- Quist Harbours today announced a new pier.",
        "NORTHPORT--(BUSINESS WIRE)--Quist Harbours today announced a new pier.",
        "FOR IMMEDIATE RELEASE: Quist Harbours announces a new pier",
    ],
)
def test_a_press_release(first: str) -> None:
    assert "press_release" in flags_of(news_page((first, *PARAGRAPHS)))


def test_a_plain_article_has_no_flags() -> None:
    assert flags_of(news_page()) == {}


@pytest.mark.parametrize(
    "words",
    [
        "Subscribe to continue reading", "Log in to keep reading", "REGISTER TO CONTINUE READING",
        "This article is for subscribers", "This story is only available to subscribers",
        "Already a subscriber?", "Weiterlesen mit S+", "Jetzt abonnieren", "Jetzt weiterlesen",
        "Réservé aux abonnés", "Solo para suscriptores", "Contenido exclusivo para suscriptores",
        "Contenuto riservato agli abbonati", "Contenuto per abbonati", "Nur für Abonnenten",
        "Prenumerera för att läsa", "Sub\u017fcribe to continue reading", "No offer at all",
    ],
)  # fmt: skip
def test_words_of_a_wall_bear_one_of_its_hints(words: str) -> None:
    assert offers_subscription(words) == (WALL_WORDS.search(words) is not None)
