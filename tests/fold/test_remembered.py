"""Pages that come again after their text has left the window."""

from datetime import timedelta
from typing import Unpack

import orjson
import pytest

from service.contract.attribution import RevisionKind
from service.contract.control import Control, ControlAction, control_record
from service.contract.extracted import Extracted
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import dump
from service.fold.shard import Shard
from service.fold.stage import fold
from service.fold.state.window import WindowLimits
from tests.fold.articles import START, ArticleOptions, extracted, text_of
from tests.fold.changelog import Changelog

DAY = 24.0
NAMES = ("furnace", "tin", "hoard", "miners", "carriers", "dam", "fires", "bridge")
FERRY = "https://gazette.example/ferry"


class Crawl:
    """Pages folded one after the other, with the log of the shard's state."""

    def __init__(self, limits: WindowLimits | None = None) -> None:
        self.limits = limits or WindowLimits()
        self.shard = Shard(self.limits)
        self.log = Changelog()
        self.offset = 0

    def page(
        self, text: str, url: str = FERRY, days: float = 0.0, **more: Unpack[ArticleOptions]
    ) -> list[Record]:
        """Fold a page; returns what is written."""
        self.offset += 1
        more["hours"] = DAY * days
        given = extracted(text, url=url, offset=self.offset, **more)
        return self.written(given)

    def written(self, given: Extracted) -> list[Record]:
        made = fold(InputMessage(None, dump(given), (), None, given.source), self.shard, 0)
        self.log.write(made)
        return made

    def until(self, days: float, pages: int = 20) -> None:
        """Fold other pages of many hosts until so many days have passed."""
        for number in range(pages):
            url = f"https://h{number}.example/{days}"
            self.page(f"{text_of(NAMES[number % 8])}\n\nNumber {number}.", url, days)

    def decide(self, action: ControlAction, target: str, other: str | None = None) -> list[Record]:
        """Carry out a decision of the operator."""
        control = Control(
            id=f"{self.offset:032x}",
            action=action,
            target=target,
            other=other,
            language="en",
            why="The desk checked.",
            at=START.isoformat(),
        )
        record = control_record(control, 0)
        source = extracted("x", url=FERRY, offset=0).source
        message = InputMessage(record.key, record.value, record.headers, None, source)
        made = fold(message, self.shard, 0)
        self.log.write(made)
        return made

    def restart(self) -> None:
        """Go on with a shard that is restored from its log."""
        self.shard = self.log.restored(self.limits)


def value(record: Record) -> dict[str, object]:
    found: dict[str, object] = orjson.loads(record.value or b"{}")
    return found


def story(record: Record) -> str:
    return (record.key or b"").decode()


def is_unchanged(made: list[Record]) -> bool:
    return made[0].topic is Topic.REJECTED and value(made[0])["reason"] == "unchanged"


@pytest.fixture(params=[False, True], ids=["running", "restarted"])
def crawl(request: pytest.FixtureRequest) -> Crawl:
    """A crawl of a day, and three weeks of others after it; then perhaps a restart."""
    crawl = Crawl()
    crawl.page(text_of("ferry-ap"))
    crawl.until(20)
    assert crawl.shard.article_count == 20, "the page's text has left"
    if request.param:
        crawl.restart()
    return crawl


def test_a_page_fetched_again_unchanged_is_unchanged_weeks_later(crawl: Crawl) -> None:
    made = crawl.page(text_of("ferry-ap"), days=20.1)
    assert is_unchanged(made)
    assert [(record.key or b"")[:9] for record in made[1:]] == [b"identity/"]


def test_a_changed_page_is_the_next_version_in_its_old_story(crawl: Crawl) -> None:
    first = Crawl().page(text_of("ferry-ap"))[0]
    second, state, *_ = crawl.page(text_of("ferry-ap", "trimmed"), days=20.1)
    assert story(second) == story(first) == story(state)
    assert value(second)["version"] == "2"
    assert dict(second.headers)["ce_type"] == b"copydesk.article.revised"
    assert value(state)["original"] == {
        "uri": value(second)["uri"],
        "host": "gazette.example",
        "why": "first_arrived",
        "basis": "seen",
    }
    third, *_ = crawl.page(text_of("ferry-ap"), days=20.2)
    assert (value(third)["version"], story(third)) == ("3", story(first))


def test_its_text_looks_for_copies_as_any_other(crawl: Crawl) -> None:
    live, *_ = crawl.page(text_of("ferry-ap", "local"), "https://other.example/", days=20.1)
    assert story(live) != story(Crawl().page(text_of("ferry-ap"))[0]), "the old story is closed"
    second, *_ = crawl.page(text_of("ferry-ap", "trimmed"), days=20.2)
    assert (value(second)["version"], story(second)) == ("2", story(live))
    copy, *_ = crawl.page(text_of("ferry-ap"), "https://third.example/", days=20.3)
    assert story(copy) == story(live)


def test_it_is_forgotten_after_the_days_that_are_set() -> None:
    crawl = Crawl(WindowLimits(remember=timedelta(days=10)))
    first, *_ = crawl.page(text_of("ferry-ap"))
    crawl.until(9)
    assert is_unchanged(crawl.page(text_of("ferry-ap"), days=9))
    crawl.until(18)
    assert is_unchanged(crawl.page(text_of("ferry-ap"), days=18)), "the last fetch counts"
    crawl.until(30, pages=80)
    again, *_ = crawl.page(text_of("ferry-ap"), days=30)
    assert value(again)["version"] == "1"
    assert story(again) != story(first)
    assert len(crawl.log.under("identity/")) < 25, "what is forgotten is deleted from the log"


def test_a_story_withdrawn_by_the_operator_stays_so() -> None:
    crawl = Crawl()
    first, *_ = crawl.page(text_of("ferry-ap"))
    crawl.decide(ControlAction.WITHDRAW, story(first))
    crawl.until(20)
    crawl.restart()
    assert is_unchanged(crawl.page(text_of("ferry-ap"), days=20.1))
    second, state, *_ = crawl.page(text_of("ferry-ap", "trimmed"), days=20.2)
    assert (value(second)["pubStatus"], value(second)["version"]) == ("canceled", "2")
    assert value(state)["status"] == "withdrawn"
    crawl.decide(ControlAction.REINSTATE, story(first))
    third, *_ = crawl.page(text_of("ferry-ap"), days=20.3)
    assert value(third)["pubStatus"] == "usable"


def test_an_article_withdrawn_by_the_operator_stays_so() -> None:
    crawl = Crawl()
    first, *_ = crawl.page(text_of("ferry-ap"))
    crawl.decide(ControlAction.WITHDRAW, str(value(first)["uri"]))
    crawl.until(20)
    second, state, *_ = crawl.page(text_of("ferry-ap", "trimmed"), days=20.2)
    assert value(second)["pubStatus"] == "canceled"
    assert value(state)["status"] == "active"


def test_a_merged_story_is_never_active_again() -> None:
    crawl = Crawl()
    trimmed, *_ = crawl.page(text_of("ferry-ap", "trimmed"), "https://b.example/")
    other, *_ = crawl.page(text_of("ferry-reuters"), "https://c.example/")
    made = crawl.decide(ControlAction.SAME, story(trimmed), story(other))
    (merged,) = (each for each in made if value(each).get("status") == "merged")
    into = value(merged)["merged_into"]
    crawl.until(20)
    crawl.restart()
    changed = text_of("ferry-reuters") + "\n\nIt burns again."
    for text, url in ((text_of("ferry-ap"), "https://b.example/"), (changed, "https://c.example/")):
        again, *_ = crawl.page(text, url, days=20.1)
        assert value(again)["version"] == "2"
        assert story(again) == into


def test_a_correction_weeks_later_is_a_version_of_its_page(crawl: Crawl) -> None:
    text = text_of("ferry-ap") + "\n\nThis version corrects the number of passengers."
    made, *_ = crawl.page(text, days=20.1, revision=RevisionKind.CORRECTION)
    assert value(made)["version"] == "2"


@pytest.mark.slow
def test_a_restart_among_identities_gives_the_same_bytes() -> None:
    def crawled(cut: int | None) -> list[list[Record]]:
        crawl = Crawl(WindowLimits(timedelta(hours=72), 1000, timedelta(days=9)))
        made = []
        for number in range(160):
            if number == cut:
                crawl.restart()
            page = number * 7 % 40
            text = f"{text_of(NAMES[page % 8])}\n\nPage {page}, version {number // 70}."
            url = f"https://h{page}.example/"
            made.append(crawl.page(text, url, days=number / 8, minutes=0.0))
        return made

    whole = crawled(None)
    kinds = {(record.key or b"")[:9] for made in whole for record in made if record.value is None}
    assert b"identity/" in kinds
    for cut in (30, 75, 110, 159):
        assert crawled(cut) == whole
