"""The last 24 hours: pages and outcomes by hour, and what was copied."""

import sqlite3
from datetime import UTC, datetime

from service.desk.ingest.batch import ingest_batch
from service.desk.queries.overview import load_overview
from tests.desk.queries.counted import count, crawl
from tests.desk.records import failure, rejection, story_id

NOW = datetime(2026, 3, 12, 20, tzinfo=UTC)


def test_what_is_older_does_not_count(db: sqlite3.Connection) -> None:
    ingest_batch(
        db,
        [
            *crawl(),
            rejection("https://a.example/1", hours=54),
            rejection("https://a.example/2", hours=20),
            failure("https://a.example/3"),
        ],
        1000,
    )
    found = load_overview(db, NOW)
    assert found.period.since == "2026-03-11T14:00:00Z"
    last = [each for each in count(crawl()) if each.seen >= found.period.since]
    assert found.figures.places.total() == len(last)
    assert (found.pages, found.outcomes["article"]) == (len(last) + 1, len(last))
    assert found.rejections == [("no_article", 1)]
    assert found.failures == []
    assert [story["id"] for story, _ in found.copied] == [story_id("ferry")]
    assert sum(pages for _, pages, _ in found.hours) == found.pages
    assert sum(articles for _, _, articles in found.hours) == found.outcomes["article"]
    assert found.agencies == []  # dpa's story was withdrawn


def test_nothing_is_nothing(db: sqlite3.Connection) -> None:
    found = load_overview(db, NOW)
    assert (found.pages, found.newest, found.copied) == (0, NOW, [])
    assert len(found.hours) == 24
