"""Counts of whole tables: cached, and nobody waits twice for those that take long."""

import asyncio
import sqlite3
from typing import Any, cast

import pytest

from service.desk.change_feed import ChangeFeed
from service.desk.ingest.batch import Change
from service.desk.queries import facets
from service.desk.queries.facets import Counts, FacetCache, load_facets
from service.desk.read_model import ReadModel
from tests.desk.queries.counted import RECORDS, count, fill


class Model:
    """Answers with as many stories as the number of the question, when `gate` is open."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.asked = 0

    async def read(self, query: object) -> Counts:
        self.asked += 1
        answer = Counts(stories=self.asked, articles=0, rejected=0, failed=0)
        await self.gate.wait()
        return answer


@pytest.fixture
def feed() -> ChangeFeed:
    return ChangeFeed(0)


async def until_renewed(model: Model, cache: Any) -> None:
    model.gate.set()
    await cache._counts._renewing


async def test_a_slow_count_is_shown_until_there_is_a_new_one(
    monkeypatch: pytest.MonkeyPatch, feed: ChangeFeed
) -> None:
    monkeypatch.setattr(facets, "_SLOW", -1.0)
    monkeypatch.setattr(facets, "_REST", 0.0)
    model = Model()
    cache = FacetCache(cast(ReadModel, model), feed)
    assert (await cache.counts()).stories == 1
    assert (await cache.counts()).stories == 1
    feed.publish(Change(1))
    model.gate.clear()
    assert [(await cache.counts()).stories for _ in range(2)] == [1, 1]
    await until_renewed(model, cache)
    assert (await cache.counts()).stories == 2
    assert model.asked == 2


async def test_a_quick_count_is_always_new(
    monkeypatch: pytest.MonkeyPatch, feed: ChangeFeed
) -> None:
    monkeypatch.setattr(facets, "_SLOW", 1e9)
    monkeypatch.setattr(facets, "_REST", 0.0)
    cache = FacetCache(cast(ReadModel, Model()), feed)
    assert (await cache.counts()).stories == 1
    feed.publish(Change(1))
    assert (await cache.counts()).stories == 2


async def test_when_a_desk_starts_all_is_counted(feed: ChangeFeed) -> None:
    model = Model()
    cache = FacetCache(cast(ReadModel, model), feed)
    await cache.warm()
    asked = model.asked
    for each in (cache.counts(), cache.facets(), cache.drifting(), cache.agencies(7)):
        await each
    assert model.asked == asked == 6


def test_values_are_of_what_articles_are_now(db: sqlite3.Connection) -> None:
    fill(db, 0)
    found = load_facets(db)
    assert dict(found.relations)["withdrawal"] == 3
    assert dict(found.hosts)["peak.example"] == 4
    assert found.languages == [("en", len(count(RECORDS)))]
