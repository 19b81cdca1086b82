"""Which signs an article's event has."""

import sqlite3
from typing import Any

import pytest

from service.contract.article_event import ArticleEvent
from service.contract.serde import dump, load
from service.desk.ingest.article import ingest_article
from service.desk.ingest.host_signs import FLAGGED, NO_AUTHOR, NO_DATE, SHORT, signs_of
from service.desk.ingest.record import Arrived
from tests.desk.records import article

URL = "https://a.example/bridge"
LONG = "Engineers replaced the cables of the bridge and painted its towers. " * 12
CHINESE = "工程师更换了大桥的缆绳并重新粉刷了桥塔。" * 10


def event(text: str = LONG, **more: Any) -> ArticleEvent:
    made = load(ArticleEvent, article(URL, text=text, **more).value or b"")
    return made.model_copy(update={"by": "Jane Roe"})


@pytest.mark.parametrize(
    ("found", "signs"),
    [
        (event(), set()),
        (event("Short."), {SHORT}),
        (event(CHINESE, language="zh"), set()),
        (event(flags=["truncated"]), {FLAGGED}),
        (event().model_copy(update={"content_created": None}), {NO_DATE}),
        (event().model_copy(update={"by": None}), {NO_AUTHOR}),
        (event(agency="ap").model_copy(update={"by": None}), set()),
    ],
)
def test_signs(found: ArticleEvent, signs: set[str]) -> None:
    assert set(signs_of(found)) == signs


def test_signs_are_counted_once_and_not_of_a_takedown(db: sqlite3.Connection) -> None:
    first, again = article(URL, flags=["truncated"]), article(URL, version=2, text="Other.")
    takedown = article(URL, version=3, text="", canceled=True)
    for record in (first, first, again, takedown):
        ingest_article(db, record)
    rows = db.execute("SELECT sign, articles FROM host_signs ORDER BY sign").fetchall()
    assert [tuple(row) for row in rows] == [("flagged", 1), ("no_author", 2), ("short", 2)]


def test_a_host_is_that_of_the_page_as_fetched(db: sqlite3.Connection) -> None:
    record: Arrived = article(URL, fetched_from="https://amp.b.example/bridge")
    ingest_article(db, record)
    (row,) = db.execute("SELECT DISTINCT host FROM host_signs").fetchall()
    assert row["host"] == "amp.b.example"
    assert dump(load(ArticleEvent, record.value or b"")) == record.value
