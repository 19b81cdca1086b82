"""One event, and the desk with all of them, give the same answer to a query."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from service.contract.record import Topic
from service.contract.story import Relation
from service.desk.ingest.batch import ingest_batch
from service.desk.ingest.record import Arrived
from service.desk.queries.article_list import list_articles
from service.desk.queries.story_filters import StoryFilters
from service.desk.read_model import open_in_memory
from service.notify.matching import WITHDRAWN, OneEvent, is_withdrawal, without_text
from service.notify.query import read_query
from tests.desk.records import article, state, story_id, translated, translation
from tests.fold.test_sample_crawl import written

QUERIES = (
    "",
    "relation:spun",
    "relation:verbatim lang:en",
    "host:www.marketfloor.example",
    "host:tidewatertimes.example relation:edited",
    "agency:ap",
    "agency:none",
    "agency:AP relation:spun",
    "original:apnews.com relation:verbatim",
    "ferry",
    "ferr* passengers",
    '"on Tuesday"',
    "by:uribe",
    "flag:press_release",
    "since:2026-03-11",
    "until:2026-03-10T12:00:00Z ferry",
    "lang:de",
)


@pytest.fixture
def one() -> Iterator[OneEvent]:
    made = OneEvent()
    yield made
    made.close()


@cache
def arrived() -> tuple[tuple[Arrived, ...], ...]:
    """The records of the sample crawl for the desk, those of a page together."""
    numbers = iter(range(1_000_000))
    return tuple(
        tuple(
            Arrived(each.topic, 0, next(numbers), each.key, each.value, each.headers)
            for each in records
            if each.topic in (Topic.ARTICLES, Topic.STORIES)
        )
        for _, records in written()
    )


@pytest.mark.slow
def test_an_event_matches_where_the_desk_would_list_its_article(one: OneEvent) -> None:
    """After each page: the desk knows all records up to it, the other side one event alone."""
    desk = open_in_memory()
    asked = {text: read_query(text, Topic.ARTICLES) for text in QUERIES}
    taken = dict.fromkeys(QUERIES, 0)
    seen = set[str]()
    for records in arrived():
        ingest_batch(desk, records, keep=10_000)
        for event in records:
            uri = event.header("ce_subject")
            if event.topic is not Topic.ARTICLES or uri is None:
                continue
            again = uri in seen
            seen.add(uri)
            for text, filters in asked.items():
                if again and any(
                    (filters.q, filters.by, filters.flag, filters.since, filters.until)
                ):
                    continue  # the desk has an earlier text or fetch beside this event's
                found = {row["uri"] for row in list_articles(desk, filters).rows}
                matches = one.matches(event, filters)
                assert matches == (uri in found), (text, uri)
                taken[text] += matches
    assert [text for text, count in taken.items() if not count] == []
    assert taken[""] > 80


def test_an_event_says_what_its_story_is(one: OneEvent) -> None:
    """Without its original, an event of an earlier version matches no site and no agency."""
    event = article("https://b.example/copy", relation=Relation.SPUN, agency="ap")
    assert one.matches(event, read_query("relation:spun host:www.b.example", Topic.ARTICLES))
    assert not one.matches(event, read_query("original:b.example", Topic.ARTICLES))
    assert not one.matches(event, read_query("agency:ap", Topic.ARTICLES))


def test_a_story_is_found_by_its_id(one: OneEvent) -> None:
    event = article("https://b.example/copy")
    asked = read_query(f"id:{story_id('bridge')}", Topic.ARTICLES)
    assert one.matches(event, asked)
    assert not one.matches(article("https://b.example/copy", "tunnel"), asked)
    assert one.matches(state("bridge"), read_query(f"id:{story_id('bridge')}", Topic.STORIES))


def test_the_state_of_a_story_answers_for_its_original_and_agency(one: OneEvent) -> None:
    told = state("bridge", url="https://wire.example/bridge", agency="ap")
    assert one.matches(told, read_query("agency:ap original:www.wire.example", Topic.STORIES))
    assert not one.matches(told, read_query("agency:none", Topic.STORIES))


def test_words_of_every_script_are_found(one: OneEvent) -> None:
    event = article("https://c.example/a", text="海港大桥周二重新开放", title="大桥", language="zh")
    assert one.matches(event, read_query("重新开放", Topic.ARTICLES))
    assert not one.matches(event, read_query("开放重新", Topic.ARTICLES))


def test_one_event_leaves_nothing_for_the_next(one: OneEvent) -> None:
    taken = read_query("bridge", Topic.ARTICLES)
    assert one.matches(article("https://a.example/1"), taken)
    other = article("https://a.example/2", title="Trams", text="The trams are late again.")
    assert not one.matches(other, taken)
    assert one.matches(article("https://a.example/1"), taken)


def test_a_takedown_can_be_asked_where_it_is_and_not_what_it_said(one: OneEvent) -> None:
    takedown = article(
        "https://b.example/copy", text="", canceled=True, relation=Relation.WITHDRAWAL
    )
    asked = read_query("host:b.example relation:spun cables", Topic.ARTICLES)
    assert not one.matches(takedown, asked)
    assert one.matches(takedown, without_text(asked))
    assert without_text(asked) == StoryFilters(host="b.example")
    assert not is_withdrawal(takedown)
    assert is_withdrawal(replace(takedown, headers=(("ce_type", WITHDRAWN.encode()),)))


@pytest.mark.parametrize("value", [None, b"", b"{", b"[]", b'{"copydesk": 3}'])
def test_what_is_no_event_matches_nothing(one: OneEvent, value: bytes | None) -> None:
    for topic in (Topic.ARTICLES, Topic.STORIES):
        assert not one.matches(Arrived(topic, 0, 0, None, value), StoryFilters())


def test_translations_of_a_story_are_not_posted_and_not_complained_of(
    one: OneEvent, caplog: pytest.LogCaptureFixture
) -> None:
    said = translated("bridge", translation("bruecke", "https://kurier.example/bruecke"))
    for query in ("", "agency:none", f"id:{story_id('bridge')}", "original:kurier.example"):
        assert not one.matches(said, read_query(query, Topic.STORIES))
    assert not caplog.records
