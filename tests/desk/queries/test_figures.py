"""Numbers are those that plain Python counts from the events, whatever the order of the topics."""

import sqlite3
from dataclasses import replace

import pytest

from service.desk.ingest.batch import ingest_batch
from service.desk.queries.article_list import list_articles
from service.desk.queries.figures import Chosen, by_day, count_all
from service.desk.queries.period import Period
from service.desk.queries.site import load_site
from service.desk.queries.story_filters import NO_AGENCY, StoryFilters
from service.desk.queries.story_list import list_stories
from tests.desk.queries.counted import PERIODS, RECORDS, by, count, figures, fill, within


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("host", ["farm.example", "peak.example", "wire.example"])
def test_a_site(db: sqlite3.Connection, seed: int, host: str) -> None:
    fill(db, seed)
    period = PERIODS[0]
    site, names = load_site(db, host, period), (host, f"www.{host}")
    own = [each for each in within(period) if each.host in names]
    copies = [e for e in within(period) if e.place not in ("original", "withdrawal")]
    assert site.total == figures(own)
    assert {key: each for key, each in site.days if each.places} == by(own, lambda e: e.seen[:10])
    assert dict(site.agencies) == by(own, lambda e: e.agency or NO_AGENCY)
    assert dict(site.sources) == by([e for e in copies if e.host in names], lambda e: e.source)
    given = [e for e in copies if e.source in names and e.host not in names]
    assert dict(site.carriers) == by(given, lambda e: e.host)


def test_every_kind_of_change_is_in_it() -> None:
    found = count(RECORDS)
    assert {each.place for each in found} == {
        *("original", "verbatim", "spun", "edited", "withdrawal")
    }
    assert any(each.withdrawn_story for each in found)
    assert any(not each.withdrawn_story and each.place == "withdrawal" for each in found)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("agency", ["", "ap", "dpa", NO_AGENCY])
def test_a_number_is_that_of_the_list_it_opens(
    db: sqlite3.Connection, period: Period, agency: str
) -> None:
    fill(db, 0)
    rows = [e for e in within(period) if agency in ("", e.agency or NO_AGENCY)]
    expected = figures(rows)
    every = StoryFilters(since=period.since, until=period.until, agency=agency)
    active = replace(every, status="active")
    assert list_stories(db, active).total == expected.stories
    assert list_articles(db, replace(active, relation="copy")).total == expected.copies
    original = list_articles(db, replace(active, relation="original"))
    assert original.total == expected.originals
    for relation, articles in expected.relations:
        found = list_articles(db, replace(active, relation=relation))
        assert found.total == articles
    withdrawn = list_articles(db, replace(every, relation="withdrawal"))
    assert withdrawn.total == expected.withdrawn


def test_an_original_that_was_dethroned_and_not_stated_again_is_a_copy_of_no_kind(
    db: sqlite3.Connection,
) -> None:
    left = [record for record in RECORDS if b'"partial"' not in (record.value or b"")]
    ingest_batch(db, left, 1000)
    found = count_all(db, Chosen(PERIODS[0]))
    complete = figures(within(PERIODS[0]))
    assert found.places["former"] == 2
    assert (found.originals, found.copies) == (complete.originals, complete.copies)


def test_days_without_articles_are_there(db: sqlite3.Connection) -> None:
    fill(db, 0)
    days = by_day(db, Chosen(PERIODS[0]))
    assert [day for day, _ in days] == list(PERIODS[0].steps)
    assert len(days) == 7
    assert sum(bool(each.places) for _, each in days) == 3


def test_shares_of_nothing_are_not_known(db: sqlite3.Connection) -> None:
    found = count_all(db, Chosen(PERIODS[0]))
    assert (found.stories, found.copies, found.rewritten, found.delay) == (0, 0, None, None)


def test_what_is_forgotten_is_not_counted(db: sqlite3.Connection) -> None:
    for begin in range(0, len(RECORDS), 4):
        ingest_batch(db, RECORDS[begin : begin + 4], 3)
    (places,) = db.execute("SELECT count(*) FROM places").fetchone()
    assert places == db.execute("SELECT count(*) FROM articles").fetchone()[0] < 9
