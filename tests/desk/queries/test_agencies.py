"""Agencies are counted as plain Python counts them, whatever the order of the topics."""

import sqlite3
from dataclasses import replace

import pytest

from service.desk.queries import agencies
from service.desk.queries.agencies import list_agencies, load_agency
from service.desk.queries.figures import Figures
from service.desk.queries.period import Period
from service.desk.queries.story_filters import NO_AGENCY
from tests.desk.queries.counted import PERIODS, by, fill, within


def without_hosts(found: dict[str, Figures]) -> dict[str, Figures]:
    return {key: replace(each, hosts=0) for key, each in found.items()}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("period", PERIODS)
def test_agencies(db: sqlite3.Connection, seed: int, period: Period) -> None:
    fill(db, seed)
    found = {row.key: row.figures for row in list_agencies(db, period)}
    expected = by(within(period), lambda each: each.agency or NO_AGENCY)
    assert found == expected
    for key, each in expected.items():
        page = load_agency(db, key, period)
        assert page is not None
        assert page.row.figures == each
        of_agency = [a for a in within(period) if (a.agency or NO_AGENCY) == key]
        assert dict(page.sites) == without_hosts(by(of_agency, lambda a: a.host))
        days = {day: each for day, each in page.row.days if each.places}
        assert days == without_hosts(by(of_agency, lambda a: a.seen[:10]))


def test_those_with_the_most_stories_are_first_and_what_has_none_is_last(
    db: sqlite3.Connection,
) -> None:
    fill(db, 0)
    assert [row.key for row in list_agencies(db, PERIODS[0])] == ["ap", "dpa", NO_AGENCY]


def test_an_agency_that_is_not_stored_is_none(db: sqlite3.Connection) -> None:
    fill(db, 0)
    assert load_agency(db, "nobody", PERIODS[0]) is None


def test_sites_that_carry_little_are_counted_only(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(db, 0)
    monkeypatch.setattr(agencies, "CARRIERS", 1)
    found = load_agency(db, "ap", PERIODS[0])
    assert found is not None
    assert [host for host, _ in found.sites] == ["peak.example"]
    assert (found.more_sites, found.row.figures.hosts) == (2, 3)
