"""Archives and late pages: partitions at different pace, backwards, shuffled, two at once."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import orjson
import pytest

from service.contract.identity import article_uri
from service.contract.outcome import REASON
from service.contract.record import InputMessage, Record, Topic
from service.fold.explain.explain import SignedText, explain
from service.fold.shard import Shard
from service.fold.state.window import WindowLimits
from tests.fold.backfill import (
    Page,
    at_different_pace,
    copies_found,
    folded,
    messages,
    month,
    stories_of,
)
from tests.fold.changelog import Changelog

WINDOW = timedelta(hours=72)
SOME = 600
LEAST = 0.995


def results(given: Sequence[InputMessage], shard: Shard | None = None) -> list[list[Record]]:
    return list(folded(given, shard or Shard()))


def flat(made: Iterable[Sequence[Record]]) -> list[Record]:
    return [record for records in made for record in records]


def copies_of(pages: Sequence[Page]) -> int:
    return len(pages) - len({page.story for page in pages})


def fetch_times(pages: Iterable[Page]) -> dict[str, datetime]:
    return {page.extracted.article.uri: page.at for page in pages}


@cache
def found_in_order() -> int:
    """How many copies of the month are found if its pages come in order."""
    return copies_found(month(2100), stories_of(flat(results(messages(month(2100))))))


def check(pages: Sequence[Page], made: Sequence[Record]) -> None:
    """Check that no article is placed by a text further away than the window, and that an original
    said to be seen first was."""
    fetched = fetch_times(pages)
    for record in made:
        value = orjson.loads(record.value or b"{}")
        if record.topic is Topic.ARTICLES and "parent" in value["copydesk"]["story"]:
            parent = value["copydesk"]["story"]["parent"]
            assert abs(fetched[value["uri"]] - fetched[parent]) <= WINDOW
    stories = stories_of(made)
    members: dict[str, list[datetime]] = {}
    for uri, story in stories.items():
        members.setdefault(story, []).append(fetched[uri])
    last = {r.key: orjson.loads(r.value or b"") for r in made if r.topic is Topic.STORIES}
    originals = {
        state["id"]: state["original"] for state in last.values() if state["status"] == "active"
    }
    for story, times in members.items():
        if originals[story]["why"] == "earliest_seen":
            assert fetched[originals[story]["uri"]] == min(times)


@pytest.mark.slow
@pytest.mark.parametrize(("partitions", "days"), [(4, 1), (4, 3), (12, 2)])
def test_partitions_at_different_pace_find_the_copies_that_order_finds(
    partitions: int, days: int
) -> None:
    pages = month(2100)
    assert found_in_order() >= LEAST * copies_of(pages)
    shard = Shard()
    order = at_different_pace(pages, partitions, timedelta(days=days))
    made = flat(results(messages(order, partitions), shard))
    assert copies_found(pages, stories_of(made)) >= LEAST * found_in_order()
    check(pages, made)
    assert shard.article_count < len(pages) / 2, "what is held is a window and the disorder"


@pytest.mark.slow
@pytest.mark.parametrize("order", ["backwards", "shuffled"])
def test_any_order_finds_the_copies_and_says_nothing_untrue(order: str) -> None:
    pages = month(SOME, days=9)
    lot = random.Random(3)
    turned = pages[::-1] if order == "backwards" else lot.sample(pages, len(pages))
    made = flat(results(messages(turned, 4)))
    assert copies_found(pages, stories_of(made)) >= 0.99 * copies_of(pages)
    check(pages, made)


@pytest.mark.slow
def test_two_archives_at_once_are_folded_each_as_if_alone() -> None:
    of_march = month(SOME, 5, datetime(2026, 3, 1, tzinfo=UTC), days=9)
    other = [replace(page, story=page.story + SOME) for page in of_march]
    pages = month(SOME, days=9)
    mixed = [page for pair in zip(pages, other, strict=True) for page in pair]
    made = flat(results(messages(mixed, 4)))
    assert copies_found(mixed, stories_of(made)) >= LEAST * copies_of(mixed)
    check(mixed, made)


def fetched_at(page: Page, at: datetime) -> Page:
    article = page.extracted.article.model_copy(update={"fetched_at": at})
    return replace(page, extracted=page.extracted.model_copy(update={"article": article}))


@pytest.mark.slow
def test_a_page_of_today_and_one_of_2031_between_those_of_an_archive_change_nothing() -> None:
    pages = list(month(SOME, days=9))
    strange = [replace(page, story=-1 - n) for n, page in enumerate(month(40, 9)[:2])]
    today = fetched_at(strange[0], datetime(2026, 11, 29, tzinfo=UTC))
    future = fetched_at(strange[1], datetime(2031, 1, 1, tzinfo=UTC))
    between = [*pages[:200], today, *pages[200:400], future, *pages[400:]]
    made = flat(results(messages(between, 4)))
    assert copies_found(pages, stories_of(made)) >= LEAST * copies_of(pages)
    check([*pages, today, future], made)


@pytest.mark.slow
def test_a_restart_in_the_middle_gives_the_same_bytes() -> None:
    pages = at_different_pace(month(SOME, days=9), 4, timedelta(days=2))
    given = messages(pages, 4)
    whole = results(given)
    for cut in (7, 150, 400, 599):
        log = Changelog(flat(whole[:cut]))
        assert results(given[cut:], log.restored()) == whole[cut:]


def copy_of_an_old_page(limits: WindowLimits) -> tuple[list[list[Record]], Shard, Page]:
    """Pages of nine days, and a copy of the first that was fetched on the first day."""
    pages = month(SOME, days=9)[:300]
    old = pages[0]
    url = "https://late.example/copy"
    article = old.extracted.article.model_copy(update={"url": url, "uri": article_uri(url)})
    late = replace(old, extracted=old.extracted.model_copy(update={"article": article}))
    shard = Shard(limits)
    made = results(messages([*pages, late]), shard)
    return made, shard, late


def test_a_late_article_begins_its_own_story_when_what_it_copies_has_left() -> None:
    made, shard, _ = copy_of_an_old_page(WindowLimits())
    event = orjson.loads(made[-1][0].value or b"")
    assert event["copydesk"]["story"]["relation"] == "original"
    assert shard.late is not None
    assert (shard.late.topic, shard.late.partition) == ("pages.raw", 0)
    assert shard.late.seconds > WINDOW.total_seconds()
    assert not shard.late.rejected


def test_a_late_article_is_rejected_where_the_settings_say_so() -> None:
    made, shard, late = copy_of_an_old_page(WindowLimits(reject_late=True))
    rejection, *state = made[-1]
    assert rejection.topic is Topic.REJECTED
    assert dict(rejection.headers)[REASON] == b"too_old"
    assert {(record.key or b"").partition(b"/")[0] for record in state} == {b"clock"}
    assert orjson.loads(rejection.value or b"")["uri"] == late.extracted.article.uri
    assert shard.late is not None
    assert shard.late.rejected


def test_a_late_article_is_compared_with_no_text_further_away_than_the_window() -> None:
    """The story is held, since one partition is far behind, but is weeks away."""
    page = month(SOME, days=9)[0]
    article, url = page.extracted.article, "https://late.example/copy"
    copy = article.model_copy(
        update={
            "uri": article_uri(url),
            "url": url,
            "fetched_at": page.at - timedelta(days=61),
        }
    )
    earlier = replace(page, extracted=page.extracted.model_copy(update={"article": copy}))
    made = results(messages([page, earlier]))
    stories = stories_of(flat(made))
    assert len(set(stories.values())) == 2
    one, other = (SignedText(each.extracted, article.text, "") for each in (page, earlier))
    verdict = explain(one, other).verdict
    assert not verdict.same_story
    assert "hours apart" in verdict.summary
