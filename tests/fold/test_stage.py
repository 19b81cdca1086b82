"""The records of a placement: their keys, headers and order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import orjson

from service.contract.attribution import RevisionKind
from service.contract.control import (
    CONTROL_EVENTS,
    CONTROL_ID,
    Control,
    ControlAction,
    control_record,
)
from service.contract.extracted import Extracted
from service.contract.outcome import ERROR_PREFIX, REASON
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import dump
from service.fold.shard import Shard
from service.fold.stage import (
    COPIED,
    PUBLISHED,
    REVISED,
    STORY_CHANGED,
    WITHDRAWN,
    fold,
    fold_batch,
)
from tests.contract.messages import message
from tests.fold.articles import START, extracted, text_of

HERE = "https://gazette.example/2026/dam"
THERE = "https://farm.example/copied/dam"
SHARD = 5


def carried(article: Extracted) -> InputMessage:
    return message(dump(article), timestamp=None)


def folded(shard: Shard, *articles: Extracted) -> list[list[Record]]:
    return [fold(carried(article), shard, SHARD) for article in articles]


def original(offset: int = 0, text: str | None = None, **more: str) -> Extracted:
    made = extracted(text or text_of("dam"), url=HERE, offset=offset, agency="ap", own=True)
    return made.model_copy(update=more)


def copy(offset: int = 1, text: str | None = None) -> Extracted:
    return extracted(text or text_of("dam"), url=THERE, offset=offset)


def topics(records: Sequence[Record]) -> list[Topic]:
    return [record.topic for record in records]


def header(record: Record, name: str) -> str | None:
    return next((value.decode() for key, value in record.headers if key == name), None)


def types(records: Sequence[Record]) -> list[str | None]:
    return [header(record, "ce_type") for record in records if record.headers]


def test_a_batch_has_the_records_of_its_messages_one_by_one() -> None:
    batch = [carried(original()), message(b"{", key=b"key"), carried(copy()), carried(copy())]
    batch *= 6
    shard, other = Shard(), Shard()
    assert list(fold_batch(batch, shard, SHARD)) == [fold(each, other, SHARD) for each in batch]


def test_an_article_and_its_story_come_before_their_changelog_records() -> None:
    (records,) = folded(Shard(), original())
    assert topics(records) == [
        Topic.ARTICLES,
        Topic.STORIES,
        Topic.FOLD_STATE,
        Topic.FOLD_STATE,
        Topic.FOLD_STATE,
    ]
    event, story, *memory = records
    assert event.key == story.key
    assert {record.partition for record in memory} == {SHARD}
    assert [record.key for record in memory] == [
        b"clock/pages.raw/0",
        f"article/{original().article.uri}".encode(),
        b"story/" + (story.key or b""),
    ]


def test_events_are_cloud_events() -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    ((event, story, *_),) = folded(Shard(), original(traceparent=trace))
    assert types([event, story]) == [PUBLISHED, STORY_CHANGED]
    for record in (event, story):
        assert header(record, "ce_specversion") == "1.0"
        assert header(record, "ce_source") == "urn:copydesk"
        assert header(record, "ce_time") == "2026-03-10T06:00:00+00:00"
        assert header(record, "traceparent") == trace
    assert header(event, "ce_subject") == original().article.uri
    assert (header(story, "ce_subject") or "").encode() == story.key
    assert header(event, "ce_id") != header(story, "ce_id")


def test_a_copy_carries_the_key_of_its_story() -> None:
    first, second = folded(Shard(), original(), copy())
    assert types(second)[0] == COPIED
    assert second[0].key == first[0].key
    assert [header(each[0], "ce_relation") for each in (first, second)] == ["original", "verbatim"]
    assert header(second[1], "ce_relation") is None
    state = orjson.loads(second[1].value or b"")
    assert state["copies"] == 1
    assert state["hosts"] == ["farm.example", "gazette.example"]


def test_a_repeat_has_no_records() -> None:
    _, repeat = folded(Shard(), original(), original())
    assert repeat == []


def test_a_re_crawl_is_unchanged_and_its_position_is_recorded() -> None:
    shard = Shard()
    _, again, repeat = folded(shard, original(), original(offset=7), original(offset=7))
    assert topics(again) == [Topic.REJECTED, Topic.FOLD_STATE]
    assert header(again[0], REASON) == "unchanged"
    assert again[0].key == HERE.encode()
    assert repeat == []


def test_a_new_text_is_a_new_version() -> None:
    first, second = folded(
        Shard(), original(), original(1, text_of("dam") + "\n\nA line was added.")
    )
    assert types(second)[0] == REVISED
    events = [orjson.loads(records[0].value or b"") for records in (first, second)]
    assert [event["version"] for event in events] == ["1", "2"]
    assert events[0]["uri"] == events[1]["uri"]
    for name in ("firstCreated", "contentCreated", "versionCreated"):
        assert name not in events[0], "the time of the fetch is not the article's"
    assert header(first[0], "ce_id") != header(second[0], "ce_id")


def test_a_withdrawal_takes_down_the_copies() -> None:
    kill = extracted(
        "KILL: the story on the dam has been withdrawn. " + text_of("dam"),
        url=HERE,
        offset=2,
        agency="ap",
        own=True,
        revision=RevisionKind.WITHDRAWAL,
    )
    *_, records = folded(Shard(), original(), copy(), kill)
    events = [record for record in records if record.topic is Topic.ARTICLES]
    assert types(events) == [WITHDRAWN, WITHDRAWN]
    values = [orjson.loads(event.value or b"") for event in events]
    assert [value["pubStatus"] for value in values] == ["canceled", "canceled"]
    assert values[1]["uri"] == copy().article.uri
    assert values[1]["bodies"] == []
    assert len({header(event, "ce_id") for event in events}) == 2


def test_what_leaves_the_window_is_forgotten_in_the_topic_too() -> None:
    late = [
        extracted(text_of("ferry-ap"), url=f"https://gazette.example/{n}", offset=n, hours=100)
        for n in (9, 10)
    ]
    first, _, third = folded(Shard(), original(), *late)
    forgotten = {record.key for record in third if record.value is None}
    written = {record.key for record in first if record.topic is Topic.FOLD_STATE}
    assert forgotten == written - {b"clock/pages.raw/0"}
    assert {record.topic for record in third if record.value is None} == {Topic.FOLD_STATE}


def test_the_same_input_makes_the_same_records() -> None:
    articles = (original(), copy(), original(3, text_of("dam", "spun")))
    assert folded(Shard(), *articles) == folded(Shard(), *articles)


def test_a_message_that_is_no_article_is_a_dead_letter() -> None:
    for value in (None, b"", b"{}", b"\xff"):
        (letter,) = fold(message(value, key=b"key"), Shard(), SHARD)
        assert letter.topic is Topic.FAILED
        assert (letter.key, letter.value) == (b"key", value)
        assert header(letter, REASON) == "undecodable"
        assert header(letter, ERROR_PREFIX + "stage") == "fold"


def decided(action: str, target: str, n: int = 1) -> InputMessage:
    control = Control(
        id=f"{n:032x}",
        action=ControlAction(action),
        target=target,
        language="en",
        why="The desk checked.",
        at="2026-03-10T08:00:00+00:00",
    )
    record = control_record(control, SHARD)
    return message(record.value, key=record.key, headers=record.headers)


def test_the_records_of_a_decision_name_it_and_their_number() -> None:
    shard = Shard()
    folded(shard, original(), copy())
    uri = original().article.uri
    takedown, story, state = fold(decided("withdraw", uri), shard, SHARD)
    assert topics([takedown, story, state]) == [Topic.ARTICLES, Topic.STORIES, Topic.FOLD_STATE]
    for record in (takedown, story):
        assert header(record, CONTROL_ID) == f"{1:032x}"
        assert header(record, CONTROL_EVENTS) == "2"
        assert header(record, "ce_time") == "2026-03-10T08:00:00+00:00"
    assert types([takedown, story]) == [WITHDRAWN, STORY_CHANGED]
    assert fold(decided("withdraw", uri), shard, SHARD) == []


def test_a_refused_decision_is_a_dead_letter_with_its_id() -> None:
    (letter,) = fold(decided("withdraw", "urn:copydesk:article:0"), Shard(), SHARD)
    assert letter.topic is Topic.FAILED
    assert header(letter, REASON) == "not_in_window"
    assert header(letter, CONTROL_ID) == f"{1:032x}"


def test_decisions_among_articles_are_the_same_in_a_batch() -> None:
    uri = original().article.uri
    batch = [
        carried(original()),
        decided("withdraw", uri),
        carried(copy()),
        decided("reinstate", uri, 2),
        carried(original(7)),
    ]
    shard, other = Shard(), Shard()
    assert list(fold_batch(batch, shard, SHARD)) == [fold(each, other, SHARD) for each in batch]


YEARS = timedelta(hours=70 * 365 * 24)


def carried_at(article: Extracted, written: datetime | None) -> InputMessage:
    """The record of an article, as READ wrote it at some time."""
    stamp = None if written is None else int(written.timestamp() * 1000)
    return replace(carried(article), timestamp=stamp)


def test_an_event_has_no_time_of_fetch_after_its_article_was_read() -> None:
    shard = Shard()
    fold(carried(original()), shard, SHARD)
    wrong = extracted(text_of("dam"), url=THERE, offset=1, hours=YEARS.total_seconds() / 3600)
    wrong_dates = wrong.article.model_copy(
        update={"published": "2090-01-01T00:00:00Z", "modified": "2026-03-10T05:00:00Z"}
    )
    wrong = wrong.model_copy(update={"article": wrong_dates})
    read_at = START + timedelta(hours=5)
    event, story, *states = fold(carried_at(wrong, read_at), shard, SHARD)
    value = orjson.loads(event.value or b"")
    assert value["copydesk"]["page"]["fetched_at"] == "2026-03-10T11:00:00+00:00"
    assert "firstCreated" not in value
    assert value["versionCreated"] == "2026-03-10T05:00:00Z", "a date in the future is none"
    assert header(event, "ce_time") == "2026-03-10T11:00:00+00:00"
    assert orjson.loads(story.value or b"")["last_seen"] == "2026-03-10T11:00:00+00:00"
    (state,) = (each for each in states if (each.key or b"").startswith(b"article/"))
    assert orjson.loads(state.value or b"")["seen"] == read_at.timestamp()
    assert shard.clock == (START + timedelta(minutes=0)).timestamp(), "5 hours are a vote"


def test_a_time_of_fetch_stays_if_the_article_was_read_after_it() -> None:
    shard = Shard()
    fold(carried(original()), shard, SHARD)
    late = extracted(text_of("dam"), url=THERE, offset=1, hours=100)
    event, *_ = fold(carried_at(late, START + timedelta(hours=101)), shard, SHARD)
    page = orjson.loads(event.value or b"")["copydesk"]["page"]
    assert page["fetched_at"] == "2026-03-14T10:01:00+00:00"


def test_a_reader_whose_clock_is_behind_sets_no_time_back_that_is_in_step() -> None:
    shard = Shard()
    fold(carried(original()), shard, SHARD)
    event, *_ = fold(carried_at(copy(), START - timedelta(days=20_000)), shard, SHARD)
    page = orjson.loads(event.value or b"")["copydesk"]["page"]
    assert page["fetched_at"] == "2026-03-10T06:01:00+00:00"
    wrong = extracted(text_of("dam"), url=HERE + "?a", offset=2, hours=50)
    event, *_ = fold(carried_at(wrong, START - timedelta(days=20_000)), shard, SHARD)
    page = orjson.loads(event.value or b"")["copydesk"]["page"]
    assert page["fetched_at"] == "2026-03-10T06:01:00+00:00", "that of the clock, which is later"


def test_a_batch_sets_times_back_as_its_messages_one_by_one_do() -> None:
    articles = [
        extracted(text_of("dam"), url=f"https://{n}.example/dam", offset=n, hours=100 * (n % 3))
        for n in range(9)
    ]
    batch = [carried_at(each, START + timedelta(hours=8)) for each in articles]
    shard, other = Shard(), Shard()
    assert list(fold_batch(batch, shard, SHARD)) == [fold(each, other, SHARD) for each in batch]
