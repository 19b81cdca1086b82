from datetime import UTC, datetime

import pytest

from service.contract.article import DateKind
from service.read.page import read_page
from service.read.page.date_values import find_day, read_date
from tests.read.page.pages import news_page, raw, read


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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7 May 2024", "2024-05-07"),
        ("May 7th, 2024", "2024-05-07"),
        ("Tue., May 7, 2024 at 3:46 PM", "2024-05-07"),
        ("Stand: 7. Mai 2024, 14:57 Uhr", "2024-05-07"),
        ("7. März 2024", "2024-03-07"),
        ("le 7 août 2024 à 13h36", "2024-08-07"),
        ("7 de diciembre de 2024", "2024-12-07"),
        ("7 мая 2024", "2024-05-07"),
        ("Veröffentlicht am 07.05.24 um 14:34 Uhr", "2024-05-07"),
        ("07/05/2024", "2024-05-07"),
        ("2024年5月7日", "2024-05-07"),
        ("2024-05-07 10:19", "2024-05-07"),
        ("31.02.2024", None),
        ("07.13.2024", None),
        ("7 Houses 2024", None),
        ("version 1.2.24.3", None),
        ("07/05/24", None),
    ],
)
def test_a_day_written_for_readers_is_read(text: str, day: str | None) -> None:
    assert find_day(text, "fr") == (day and f"{day}T00:00:00")


def test_in_english_slashes_tell_a_day_only_if_they_can_mean_one() -> None:
    assert find_day("05/07/2024", "en-US") is None
    assert find_day("05/17/2024", "en-US") == "2024-05-17T00:00:00"
    assert find_day("17/05/2024", "en-GB") == "2024-05-17T00:00:00"


@pytest.mark.parametrize(
    "line",
    [
        '<div class="publish-date">7 May 2024</div>',
        "<p>Published 7 May 2024</p>",
        "<p><small>07.05.2024, 10.19</small></p>",
    ],
)
def test_a_page_that_declares_no_day_has_the_printed_one(line: str) -> None:
    article = read(news_page(before=line))
    assert article.published == "2024-05-07T00:00:00"
    assert [date.source for date in article.dates] == ["visible"]


@pytest.mark.parametrize(
    "line",
    [
        "<p>The house was built by 7 May 1999, and nobody had lived there since then.</p>",
        '<aside><div class="date">7 May 2024</div></aside>',
        '<div class="date">9 May 2024</div>',
    ],
)
def test_days_of_other_things_and_of_the_future_are_not_believed(line: str) -> None:
    assert read(news_page(before=line)).published is None


def test_a_declared_day_is_believed_rather_than_a_printed_one() -> None:
    head = '<meta property="article:published_time" content="2024-05-06T10:00:00Z">'
    article = read(news_page(head=head, before='<div class="date">7 May 2024</div>'))
    assert [date.source for date in article.dates] == ["meta.article:published_time"]


def test_a_declared_day_that_cannot_be_read_is_none() -> None:
    head = '<meta property="article:published_time" content="on Tuesday">'
    article = read(news_page(head=head, before='<div class="date">7 May 2024</div>'))
    assert article.published == "2024-05-07T00:00:00"


def test_of_printed_days_the_one_below_the_headline_comes_first() -> None:
    page = news_page(before='<div class="date">6 May 2024</div>')
    page = page.replace("<body>", '<body><div class="date">7 May 2024</div>')
    assert read(page).published == "2024-05-06T00:00:00"
