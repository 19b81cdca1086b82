"""Dates of events: always with an offset, and how precise the page is beside them."""

from datetime import timedelta

import pytest

from service.contract.article import Article, DateCandidate, DateKind
from service.contract.article_event import DatePrecision
from service.contract.rights import Rights
from service.fold.event.dates import dates_of, moment_of, shared_offset
from tests.contract.formats import is_date_time


def article(
    published: str | None, modified: str | None = None, others: tuple[str, ...] = ()
) -> Article:
    return Article(
        uri="urn:a",
        url="https://g.example/a",
        canonical_url="https://g.example/a",
        host="g.example",
        title="Bridge",
        text="It reopened.",
        language="en",
        content_hash="0",
        published=published,
        modified=modified,
        dates=tuple(
            DateCandidate(kind=DateKind.MODIFIED, source="time", value=value) for value in others
        ),
    )


@pytest.mark.parametrize(
    ("value", "written", "precision"),
    [
        ("2024-05-14T10:05:00+02:00", "2024-05-14T10:05:00+02:00", DatePrecision.EXACT),
        ("2024-05-14T10:05:00Z", "2024-05-14T10:05:00Z", DatePrecision.EXACT),
        ("2024-05-14T00:00:00+00:00", "2024-05-14T00:00:00+00:00", DatePrecision.EXACT),
        ("2024-05-14T10:05:00", "2024-05-14T10:05:00+00:00", DatePrecision.LOCAL),
        ("2024-05-14T00:00:00", "2024-05-14T00:00:00+00:00", DatePrecision.DAY),
        ("2024-05-14", "2024-05-14T00:00:00+00:00", DatePrecision.DAY),
        ("2024-05-14 10:05+0200", "2024-05-14T10:05:00+02:00", DatePrecision.EXACT),
        ("1900-01-01T00:00:00+00:09:21", "1899-12-31T23:50:39+00:00", DatePrecision.EXACT),
    ],
)
def test_a_date_has_an_offset(value: str, written: str, precision: DatePrecision) -> None:
    date = moment_of(value)
    assert date is not None
    assert (date.value, date.precision) == (written, precision)
    assert is_date_time(date.value)


@pytest.mark.parametrize("value", [None, "", "soon", "0000-05-14"])
def test_what_is_no_date_is_none(value: str | None) -> None:
    assert moment_of(value) is None


def test_the_offset_is_that_of_the_pages_other_dates() -> None:
    dates = dates_of(article("2024-05-14T10:05:00", others=("2024-05-14T10:07:00+02:00",)))
    assert dates.published == "2024-05-14T10:05:00+02:00"
    assert dates.precision is not None
    assert dates.precision.first_created is DatePrecision.LOCAL, "it is not the page's own"


@pytest.mark.parametrize(
    ("values", "hours"),
    [
        ((), 0),
        (("2024-05-14T10:05:00",), 0),
        (("2024-05-14T10:05:00+05:30", "2024-05-14T10:06:00"), 5.5),
        (("2024-05-14T10:05:00+02:00", "2024-05-14T08:05:00Z"), 0),
        (("no date",), 0),
    ],
)
def test_an_offset_is_shared_only_if_all_dates_agree(values: tuple[str, ...], hours: float) -> None:
    assert shared_offset(values) == timedelta(hours=hours)


def test_a_page_without_a_date_has_none() -> None:
    dates = dates_of(article(None))
    assert (dates.published, dates.version, dates.expires, dates.precision) == (None,) * 4


def test_a_version_is_as_old_as_its_last_modification() -> None:
    dates = dates_of(article("2024-05-14T00:00:00", "2024-05-15T08:00:00Z"))
    assert dates.version == "2024-05-15T08:00:00Z"
    assert dates.precision is not None
    assert dates.precision.version_created is DatePrecision.EXACT
    assert dates.precision.content_created is DatePrecision.DAY


def test_a_version_without_a_modification_is_as_old_as_the_article() -> None:
    assert dates_of(article("2024-05-14T09:00:00Z")).version == "2024-05-14T09:00:00Z"


def test_the_end_of_its_use_has_an_offset_too() -> None:
    given = article(None).model_copy(update={"rights": Rights(expires="2024-06-14")})
    dates = dates_of(given)
    assert dates.expires == "2024-06-14T00:00:00+00:00"
    assert dates.precision is not None
    assert dates.precision.expires is DatePrecision.DAY
