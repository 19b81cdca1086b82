"""Declared dates: the half of the day, zones, days in words, and what cannot be read whole."""

import pytest

from service.read.page.date_values import is_bare_day, read_date
from tests.read.page.pages import news_page, read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-03-05 02:30 PM", "2026-03-05T14:30:00"),
        ("2026-03-05 2:30:15 p.m.", "2026-03-05T14:30:15"),
        ("2026-03-05 12:05 AM", "2026-03-05T00:05:00"),
        ("2026-03-05 12:05 PM", "2026-03-05T12:05:00"),
        ("Mar 5, 2026 2:30 PM", "2026-03-05T14:30:00"),
        ("March 5, 2026 at 2:30pm EST", "2026-03-05T14:30:00-05:00"),
        ("March 5, 2026, 2 p.m.", "2026-03-05T14:00:00"),
        ("Thursday, March 5, 2026 - 14:30", "2026-03-05T14:30:00"),
        ("2026-03-05 14:30 PM", "2026-03-05T14:30:00"),
        ("2026-03-05 오후 2:30", "2026-03-05T14:30:00"),
        ("2026.03.05 오전 9:05:10", "2026-03-05T09:05:10"),
        ("2026년 3월 5일 오후 2시 30분", "2026-03-05T14:30:00"),
        ("2026年3月5日 下午2:30", "2026-03-05T14:30:00"),
        ("2026年3月5日 14時30分", "2026-03-05T14:30:00"),
        ("2026年3月5日(木) 午後2:30", "2026-03-05T14:30:00"),
        ("05.03.2026 - 14:30 Uhr", "2026-03-05T14:30:00"),
        ("5. März 2026, 14.30 Uhr", "2026-03-05T14:30:00"),
        ("jeudi 5 mars 2026 à 14h30", "2026-03-05T14:30:00"),
        ("5 de marzo de 2026, 14:30", "2026-03-05T14:30:00"),
        ("Published on March 5, 2026 at 2:30 PM", "2026-03-05T14:30:00"),
    ],
)
def test_the_time_of_day_is_read_with_its_half(text: str, value: str) -> None:
    assert read_date(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-03-05T14:30:00 EST", "2026-03-05T14:30:00-05:00"),
        ("2026-03-05T14:30-500", "2026-03-05T14:30:00-05:00"),
        ("2026-03-05T14:30:00+0100", "2026-03-05T14:30:00+01:00"),
        ("2026-03-05T14:30:00+1:00", "2026-03-05T14:30:00+01:00"),
        ("2026-03-05T14:30:00.000+01", "2026-03-05T14:30:00+01:00"),
        ("2026-03-05T14:30:00 +05:30", "2026-03-05T14:30:00+05:30"),
        ("2026-03-05 14:30 IST", "2026-03-05T14:30:00+05:30"),
        ("2026-03-05 14:30 CET", "2026-03-05T14:30:00+01:00"),
        ("2026-07-05 14:30 MESZ", "2026-07-05T14:30:00+02:00"),
        ("2026-03-05 14:30:00 GMT+8", "2026-03-05T14:30:00+08:00"),
        ("2026-03-05 14:30 UTC+02:00", "2026-03-05T14:30:00+02:00"),
        ("2026-03-05T14:30:00+01:00[Europe/Paris]", "2026-03-05T14:30:00+01:00"),
        ("Thu Mar 05 2026 14:30:00 GMT+0100 (Central European)", "2026-03-05T14:30:00+01:00"),
        ("Thu Mar  5 14:30:00 CET 2026", "2026-03-05T14:30:00+01:00"),
        ("Thu, 5 Mar 2026 14:30:00 EST", "2026-03-05T14:30:00-05:00"),
        ("Thu, 05 Mar 2026 14:30:00 -0000", "2026-03-05T14:30:00+00:00"),
        ("2026-03-05 2:30 PM ET", "2026-03-05T14:30:00-05:00"),
        ("2026-07-05 2:30 PM ET", "2026-07-05T14:30:00-04:00"),
        ("2026-11-01 9:00 a.m. PT", "2026-11-01T09:00:00-08:00"),
    ],
)
def test_offsets_and_zones_are_read(text: str, value: str) -> None:
    assert read_date(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "March 5, 2026",
        "5 March 2026",
        "Thursday 5 March 2026",
        "5. März 2026",
        "5 mars 2026",
        "5 de março de 2026",
        "05.03.2026",
        "2026年3月5日",
        "2026-03-05T14:30:00 XYZ",
        "2026-03-05T14:30:00 AST",
        "2026-03-05T14:30:00+19:00",
        "2026-03-05T25:30:00",
        "2026-03-05 14:30 or so",
        "2026-03-05 14:75",
        "2026-03-05 15 AM",
        "2026-03-05T14",
        "March 5, 2026, after 14 hours of talks",
        "Updated March 5, 2026 by Jane Roe",
    ],
)
def test_a_value_whose_time_cannot_be_read_whole_is_a_day(text: str) -> None:
    assert read_date(text) == "2026-03-05T00:00:00"


@pytest.mark.parametrize(
    "text", ["", "PM", "14:30", "March", "5 Houses 2026", "5/3/2026", "x" * 99]
)
def test_other_texts_are_no_date(text: str) -> None:
    assert read_date(text) is None


def test_numbers_are_read_as_the_pages_language_writes_them() -> None:
    assert read_date("5/3/2026 14:30", "fr") == "2026-03-05T14:30:00"
    assert read_date("5/3/2026 14:30", "en") is None
    assert read_date("3/25/2026 2:30 PM", "en") == "2026-03-25T14:30:00"


@pytest.mark.parametrize("text", ["March 5, 2026", "Thursday, 5 March 2026", "5. März 2026, 14:30"])
def test_a_bare_day(text: str) -> None:
    assert is_bare_day(text)


@pytest.mark.parametrize(
    "text", ["Built on March 5, 2026", "March 5, 2026: a day to keep", "March"]
)
def test_no_bare_day(text: str) -> None:
    assert not is_bare_day(text)


@pytest.mark.parametrize("day", ["7 May 2024", "Tuesday, May 7, 2024", "07.05.2024"])
@pytest.mark.parametrize("tag", ["p", "span", "div"])
def test_a_bare_day_by_the_headline_is_a_date(day: str, tag: str) -> None:
    article = read(news_page(before=f"<{tag}>{day}</{tag}>"))
    assert article.published == "2024-05-07T00:00:00"


def test_a_bare_day_elsewhere_is_none() -> None:
    after = "".join(f"<div><p>Fact {number}</p></div>" for number in range(9))
    assert read(news_page(after=f"{after}<p>7 May 2024</p>")).published is None
