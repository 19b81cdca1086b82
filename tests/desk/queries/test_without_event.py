"""Filters of the lists of rejected and failed pages."""

import sqlite3

import pytest

from service.desk.ingest.batch import ingest_batch
from service.desk.queries.without_event import PageFilters, list_failed, list_rejected
from tests.desk.records import failure, rejection


@pytest.mark.parametrize(
    ("query", "urls"),
    [
        ({}, ["3", "2", "1"]),
        ({"host": "B.example"}, ["3"]),
        ({"since": "2026-03-11"}, ["3", "2"]),
        ({"until": "2026-03-11T12:00:00Z"}, ["2", "1"]),
        ({"since": "2026-03-11", "until": "2026-03-11", "host": "a.example"}, ["2"]),
        ({"since": "soon", "until": "'", "page": "x"}, ["3", "2", "1"]),
    ],
)
def test_filters(db: sqlite3.Connection, query: dict[str, str], urls: list[str]) -> None:
    ingest_batch(
        db,
        [
            rejection("https://a.example/1", hours=0),
            rejection("https://a.example/2", hours=30),
            rejection("https://b.example/3", hours=60),
        ],
        100,
    )
    found = list_rejected(db, PageFilters.from_query(query))
    assert [row["url"][-1] for row in found.rows] == urls
    assert found.total == len(urls)


def test_a_filter_that_is_taken_away_is_not_in_the_url(db: sqlite3.Connection) -> None:
    ingest_batch(db, [failure("https://a.example/1")], 100)
    filters = PageFilters.from_query({"reason": "bad_encoding", "since": "2026-03-10", "page": "2"})
    assert filters.path("/failed", since="") == "/failed?reason=bad_encoding"
    assert list_failed(db, PageFilters("bad_encoding")).total == 1
