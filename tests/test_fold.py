"""FOLD: the records that placing an article makes, their keys, headers and order."""

from collections.abc import Sequence

import orjson

from service.events.extracted import Extracted
from service.events.failure import ERROR_PREFIX, REASON
from service.events.input_message import InputMessage
from service.events.record import Record
from service.events.serde import dump
from service.events.topics import Topic
from service.events.wire import RevisionKind
from service.fold import COPIED, PUBLISHED, REVISED, STORY_CHANGED, WITHDRAWN, fold, fold_batch
from service.story.shard import Shard
from tests.events.messages import message
from tests.story.articles import extracted, told

HERE = "https://gazette.example/2026/dam"
THERE = "https://farm.example/copied/dam"
SHARD = 5


def carried(article: Extracted) -> InputMessage:
    return message(dump(article))


def folded(shard: Shard, *articles: Extracted) -> list[list[Record]]:
    return [fold(carried(article), shard, SHARD) for article in articles]


def original(offset: int = 0, text: str | None = None, **more: str) -> Extracted:
    made = extracted(text or told("dam"), url=HERE, offset=offset, agency="ap", own=True)
    return made.model_copy(update=more)


def copy(offset: int = 1, text: str | None = None) -> Extracted:
    return extracted(text or told("dam"), url=THERE, offset=offset)


def topics(records: Sequence[Record]) -> list[Topic]:
    return [record.topic for record in records]


def header(record: Record, name: str) -> str | None:
    return next((value.decode() for key, value in record.headers if key == name), None)


def types(records: Sequence[Record]) -> list[str | None]:
    return [header(record, "ce_type") for record in records if record.headers]


def test_a_batch_is_folded_as_its_messages_are() -> None:
    batch = [carried(original()), message(b"{", key=b"key"), carried(copy()), carried(copy())]
    batch *= 6
    shard, other = Shard(), Shard()
    assert list(fold_batch(batch, shard, SHARD)) == [fold(each, other, SHARD) for each in batch]


def test_an_article_and_its_story_come_before_the_memory_of_them() -> None:
    (records,) = folded(Shard(), original())
    assert topics(records) == [
        Topic.ARTICLES,
        Topic.STORIES,
        Topic.FOLD_STATE,
        Topic.FOLD_STATE,
    ]
    event, story, *memory = records
    assert event.key == story.key
    assert {record.partition for record in memory} == {SHARD}
    assert [record.key for record in memory] == [
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
    state = orjson.loads(second[1].value or b"")
    assert state["copies"] == 1
    assert state["hosts"] == ["farm.example", "gazette.example"]


def test_a_repeat_makes_nothing() -> None:
    _, repeat = folded(Shard(), original(), original())
    assert repeat == []


def test_a_re_crawl_is_unchanged_and_its_position_remembered() -> None:
    shard = Shard()
    _, again, repeat = folded(shard, original(), original(offset=7), original(offset=7))
    assert topics(again) == [Topic.REJECTED, Topic.FOLD_STATE]
    assert header(again[0], REASON) == "unchanged"
    assert again[0].key == HERE.encode()
    assert repeat == []


def test_a_new_text_is_a_new_version() -> None:
    first, second = folded(Shard(), original(), original(1, told("dam") + "\n\nA line was added."))
    assert types(second)[0] == REVISED
    events = [orjson.loads(records[0].value or b"") for records in (first, second)]
    assert [event["version"] for event in events] == ["1", "2"]
    assert events[0]["uri"] == events[1]["uri"]
    assert events[1]["firstCreated"] == events[0]["firstCreated"]
    assert header(first[0], "ce_id") != header(second[0], "ce_id")


def test_a_withdrawal_takes_down_what_was_told() -> None:
    kill = extracted(
        "KILL: the story on the dam has been withdrawn. " + told("dam"),
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
    late = extracted(told("ferry-ap"), url="https://gazette.example/2", offset=9, hours=100)
    first, second = folded(Shard(), original(), late)
    forgotten = {record.key for record in second if record.value is None}
    assert forgotten == {record.key for record in first if record.topic is Topic.FOLD_STATE}
    assert {record.topic for record in second if record.value is None} == {Topic.FOLD_STATE}


def test_the_same_input_makes_the_same_records() -> None:
    articles = (original(), copy(), original(3, told("dam", "spun")))
    assert folded(Shard(), *articles) == folded(Shard(), *articles)


def test_what_is_none_of_ours_is_a_dead_letter() -> None:
    for value in (None, b"", b"{}", b"\xff"):
        (letter,) = fold(message(value, key=b"key"), Shard(), SHARD)
        assert letter.topic is Topic.FAILED
        assert (letter.key, letter.value) == (b"key", value)
        assert header(letter, REASON) == "undecodable"
        assert header(letter, ERROR_PREFIX + "stage") == "fold"
