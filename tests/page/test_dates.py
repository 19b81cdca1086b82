from datetime import UTC, datetime

import pytest

from service.events.article import DateKind
from service.page import read_page
from service.page.date_text import read_date
from tests.page.pages import news_page, raw, read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-05-07T09:30:15+02:00", "2024-05-07T09:30:15+02:00"),
        ("2024-05-07T09:30:15.123Z", "2024-05-07T09:30:15+00:00"),
        ("2024-05-07T09:30+0200", "2024-05-07T09:30:00+02:00"),
        ("2024-05-07 09:30:15 UTC", "2024-05-07T09:30:15+00:00"),
        ("2024-05-07T09:30:15", "2024-05-07T09:30:15"),
        ("2024-05-07", "2024-05-07T00:00:00"),
        ("2024/5/7", "2024-05-07T00:00:00"),
        ("20240507", "2024-05-07T00:00:00"),
        ("20240507T093015Z", "2024-05-07T09:30:15+00:00"),
        ("Tue, 07 May 2024 09:30:15 +0200", "2024-05-07T09:30:15+02:00"),
        ("1715067015", "2024-05-07T07:30:15+00:00"),
        ("1715067015000", "2024-05-07T07:30:15+00:00"),
    ],
)
def test_declared_dates_keep_the_offset_they_were_given(text: str, value: str) -> None:
    assert read_date(text) == value


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2024-13-45", "2024-02-30", "12345", "May", "9" * 500]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


def ld(**dates: str) -> str:
    fields = "".join(f', "{name}": "{value}"' for name, value in dates.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle"{fields}}}</script>'


def test_the_chosen_date_is_never_in_the_future_of_the_fetch() -> None:
    head = ld(datePublished="2024-06-01T00:00:00Z") + '<meta name="date" content="2024-05-06">'
    article = read(news_page(head=head))
    assert article.published == "2024-05-06T00:00:00"
    assert {date.source for date in article.dates} == {"jsonld.datePublished", "meta.date"}


def test_an_offset_decides_what_is_in_the_future() -> None:
    page = news_page(head=ld(datePublished="2024-05-07T13:00:00+02:00"))
    assert read(page).published == "2024-05-07T13:00:00+02:00"
    assert read(news_page(head=ld(datePublished="2024-05-07T13:00:00Z"))).published is None


def test_a_day_that_has_begun_further_east_is_not_in_the_future() -> None:
    page = news_page(head=ld(datePublished="2024-05-08"))
    late = raw(page, fetched_at=datetime(2024, 5, 7, 12, 0, tzinfo=UTC))
    early = raw(page, fetched_at=datetime(2024, 5, 7, 9, 0, tzinfo=UTC))
    assert read_page(late).published == "2024-05-08T00:00:00"
    assert read_page(early).published is None


def test_every_candidate_is_kept_with_its_source() -> None:
    head = ld(datePublished="2024-05-06T20:00:00+02:00", dateModified="2024-05-07T08:00:00+02:00")
    head += '<meta property="article:published_time" content="2024-05-06T18:00:00Z">'
    page = news_page(head=head, before='<time datetime="2024-05-06">Monday</time>')
    article = read(page, url="https://courier.example/2024/05/06/storm")
    assert [(date.kind, date.source) for date in article.dates] == [
        (DateKind.PUBLISHED, "jsonld.datePublished"),
        (DateKind.MODIFIED, "jsonld.dateModified"),
        (DateKind.PUBLISHED, "meta.article:published_time"),
        (DateKind.PUBLISHED, "time"),
        (DateKind.PUBLISHED, "url"),
    ]
    assert article.published == "2024-05-06T20:00:00+02:00"
    assert article.modified == "2024-05-07T08:00:00+02:00"


def test_a_page_without_a_date_gets_none_invented() -> None:
    article = read(news_page(), url="https://courier.example/storm-1304555-2")
    assert article.dates == ()
    assert article.published is None
