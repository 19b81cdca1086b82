"""Periods end with the newest page that is not dated into the future."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from service.desk.ingest.batch import ingest_batch
from service.desk.queries.period import Asked, last_hours, newest_page
from tests.desk.records import BEGINNING, article, failure, rejection

NOW = BEGINNING + timedelta(days=2)


def test_without_pages_the_newest_is_now(db: sqlite3.Connection) -> None:
    assert newest_page(db, NOW) == NOW


def test_the_newest_page_may_have_no_event(db: sqlite3.Connection) -> None:
    ingest_batch(
        db,
        [
            article("https://a.example/1", hours=1),
            rejection("https://a.example/2", hours=2),
            article("https://a.example/3", hours=1000),
            failure("https://a.example/4"),
        ],
        100,
    )
    assert newest_page(db, NOW) == BEGINNING + timedelta(hours=2)


def test_hours_are_whole(db: sqlite3.Connection) -> None:
    found = last_hours(datetime(2026, 3, 11, 13, 5, 7, tzinfo=UTC))
    assert (found.since, found.until) == ("2026-03-10T14:00:00Z", "2026-03-11T13:59:59Z")
    assert (found.steps[0], found.steps[-1]) == ("2026-03-10T14", "2026-03-11T13")
    assert len(found.steps) == 24


@pytest.mark.parametrize(
    ("query", "since", "until"),
    [
        ({}, "2026-03-05", "2026-03-11"),
        ({"days": "1"}, "2026-03-11", "2026-03-11"),
        ({"days": "30", "until": "2026-03-01"}, "2026-01-31", "2026-03-01"),
        ({"days": "5", "until": "yesterday"}, "2026-03-05", "2026-03-11"),
        ({"days": "1", "until": "0001-01-01"}, "2026-03-11", "2026-03-11"),
    ],
)
def test_days_that_are_asked_for(query: dict[str, str], since: str, until: str) -> None:
    found = Asked.from_query(query).period(datetime(2026, 3, 11, 13, 5, tzinfo=UTC))
    assert found.days == (since, until)
    assert found.steps[0] == since
    assert found.stories(agency="ap").startswith("/?agency=ap&since=")
