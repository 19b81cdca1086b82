"""A shard's state is the same in the shards that it is moved to."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest

from service.contract.control import Control, ControlAction, control_record
from service.contract.extracted import Extracted
from service.contract.fold_state import (
    CLOCK_PREFIX,
    IDENTITY_PREFIX,
    ArticleRecord,
    IdentityRecord,
    NewerState,
    PartitionClock,
    StoryRecord,
)
from service.contract.identity import digest
from service.contract.record import InputMessage, Record, Topic
from service.contract.serde import dump, load
from service.contract.story import StoryEvent, StoryStatus
from service.fold.shard import Shard
from service.fold.stage import fold
from service.local.sample.crawl import sample_messages
from service.read.stage import read, shard_of
from service.worker.kafka.incoming import input_message
from service.worker.reshard.state_file import Moved, StateFile
from tests.local.sample_read import extracted_records
from tests.worker.faust_events import Message


class Fold:
    """FOLD in some shards: what it wrote, by shard."""

    def __init__(self, shards: int) -> None:
        self.count = shards
        self.shards = [Shard() for _ in range(shards)]
        self.states: list[dict[str, bytes | None]] = [{} for _ in range(shards)]
        self.events: list[Record] = []

    @classmethod
    def restored(cls, shards: int, records: list[Record]) -> "Fold":
        made = cls(shards)
        for record in records:
            assert record.partition is not None
            made.states[record.partition][(record.key or b"").decode()] = record.value
        for shard, states in zip(made.shards, made.states, strict=True):
            articles = [load(ArticleRecord, v) for k, v in states.items() if k[0] == "a" and v]
            stories = [load(StoryRecord, v) for k, v in states.items() if k[0] == "s" and v]
            clocks = [load(PartitionClock, v) for k, v in states.items() if k[0] == "c" and v]
            shard.restore(articles, stories, clocks)
        return made

    def take(self, message: InputMessage, language: str) -> list[Record]:
        number = shard_of(language, self.count)
        made = fold(message, self.shards[number], number)
        for record in made:
            if record.topic is Topic.FOLD_STATE:
                self.states[number][(record.key or b"").decode()] = record.value
            else:
                self.events.append(record)
        return made

    def into(self, shards: int, path: Path) -> tuple["Fold", Moved]:
        """Moves the state by a file."""
        with StateFile(path) as file:
            for number, states in enumerate(self.states):
                for key, value in states.items():
                    file.put(number, key, value)
            file.set_facts({"read": "yes"})
        moved = Moved()
        with StateFile(path) as file:
            records = list(file.records(shards, lambda language: shard_of(language, shards), moved))
        return Fold.restored(shards, records), moved


def crawl(*, again: bool = False) -> Iterator[tuple[InputMessage, str]]:
    """The sample crawl as FOLD gets it, with the language of each article; or the same crawl a
    second time."""
    for offset, record in enumerate(read_again() if again else extracted_records()):
        language = load(Extracted, record.value or b"").article.language
        yield input_message(Message(record.value, offset, "articles.extracted")), language


@cache
def read_again() -> tuple[Record, ...]:
    """The records of a second crawl, which has the same pages."""
    made = []
    for message in sample_messages():
        later = message.source.model_copy(update={"offset": message.source.offset + 10_000})
        record = read(replace(message, source=later))
        if record.topic is Topic.EXTRACTED:
            made.append(record)
    return tuple(made)


def control(action: ControlAction, target: str, language: str) -> InputMessage:
    made = Control(
        id=digest(action),
        action=action,
        target=target,
        language=language,
        why="for a test",
        at="2026-03-10T12:00:00Z",
    )
    record = control_record(made, 0)
    return input_message(Message(record.value, 0, "articles.extracted", headers=record.headers))


def decided(events: list[Record]) -> list[tuple[Any, ...]]:
    """What the events say, regardless of the order among shards. In an operator's decision,
    `before` is the number of an article in its shard, and `sequence` is made of it; the event's id
    is made of these, too."""
    made = []
    for event in events:
        value = re.sub(rb'"(before|sequence)":\d+', b"", event.value or b"")
        left_out = {"ce_sequence"} if value == event.value else {"ce_sequence", "ce_id"}
        headers = [each for each in event.headers if each[0] not in left_out]
        made.append((event.topic, event.key or b"", value, headers))
    return sorted(made)


@pytest.mark.parametrize(("before", "after"), [(1, 4), (4, 1), (3, 5)])
def test_what_comes_next_is_decided_as_if_nothing_was_moved(
    before: int, after: int, tmp_path: Path
) -> None:
    articles = list(crawl())
    half = len(articles) // 2
    stays, moves = Fold(before), Fold(before)
    for message, language in articles[:half]:
        stays.take(message, language)
        moves.take(message, language)
    moved_fold, moved = moves.into(after, tmp_path / "state")
    assert moved.articles > 30
    assert (moved.superseded, moved.without_story, moved.apart) == (0, 0, 0)
    stays.events.clear()
    for message, language in articles[half:]:
        stays.take(message, language)
        moved_fold.take(message, language)
    assert len(stays.events) > 60
    assert decided(moved_fold.events) == decided(stays.events)


def test_what_an_operator_took_down_is_published_again_once_it_is_reinstated(
    tmp_path: Path,
) -> None:
    stays = Fold(2)
    for message, language in crawl():
        stays.take(message, language)
    stories = [
        load(StoryRecord, value).state
        for states in stays.states
        for key, value in states.items()
        if key.startswith("story/") and value
    ]
    story = max(stories, key=lambda each: each.copies)
    stays.take(control(ControlAction.WITHDRAW, story.id, story.language), story.language)
    moved, _ = stays.into(3, tmp_path / "state")
    stays.events.clear()
    reinstated = control(ControlAction.REINSTATE, story.id, story.language)
    for message, language in [(reinstated, story.language), *crawl(again=True)]:
        stays.take(message, language)
        moved.take(message, language)
    states = [load(StoryEvent, e.value or b"") for e in moved.events if e.topic is Topic.STORIES]
    assert next(each.status for each in states if each.id == story.id) is StoryStatus.ACTIVE
    published = [e for e in moved.events if e.topic is Topic.ARTICLES]
    assert len(published) > story.copies
    assert decided(moved.events) == decided(stays.events)


@pytest.mark.parametrize("after", [1, 4])
def test_events_after_a_move_have_higher_sequences_than_those_before(
    after: int, tmp_path: Path
) -> None:
    fold = Fold(3)
    for message, language in crawl():
        fold.take(message, language)
    last = max(sequences(fold.events))
    moved, _ = fold.into(after, tmp_path / "state")
    # Those without articles too: a new version of one that is remembered may come there.
    assert {shard._window.next_number > 0 for shard in moved.shards} == {True}
    for message, language in crawl(again=True):
        moved.take(with_another_text(message), language)
    assert len(moved.events) > 60
    assert min(sequences(moved.events)) > last


def sequences(events: list[Record]) -> list[int]:
    headers = [dict(each.headers) for each in events if each.topic is Topic.ARTICLES]
    return [int(each["ce_sequence"]) for each in headers]


def with_another_text(message: InputMessage) -> InputMessage:
    read = load(Extracted, message.value or b"")
    article = read.article.model_copy(update={"content_hash": digest(read.article.content_hash)})
    value = dump(read.model_copy(update={"article": article}))
    return replace(message, value=value)


def test_an_article_that_changed_its_language_is_kept_once(tmp_path: Path) -> None:
    with StateFile(tmp_path / "state") as file:
        for shard, seen, language in ((0, 20.0, "en"), (1, 10.0, "de")):
            file.put(shard, "article/a", article("a", f"s{shard}", language, seen))
            file.put(shard, f"story/s{shard}", story(f"s{shard}", language))
        moved = Moved()
        records = list(file.records(1, lambda language: 0, moved))
    assert (moved.articles, moved.superseded, moved.stories) == (1, 1, 2)
    (kept,) = (orjson.loads(r.value or b"") for r in records if r.key == b"article/a")
    assert kept["language"] == "en"


def test_numbers_follow_the_clock_and_bounds_follow_the_numbers(tmp_path: Path) -> None:
    with StateFile(tmp_path / "state") as file:
        for shard, clocks in ((0, (1.0, 5.0, 4.0)), (1, (2.0, 3.0, 9.0))):
            file.put(shard, f"story/s{shard}", story(f"s{shard}", "en", withdrawn_before=12))
            for number, clock in enumerate(clocks, start=10):
                uri = f"{shard}-{number}"
                file.put(shard, f"article/{uri}", article(uri, f"s{shard}", "en", clock, number))
        records = list(file.records(1, lambda language: 0, Moved()))
    read = {r.key: orjson.loads(r.value or b"") for r in records}
    order = sorted((v["number"], v["uri"]) for k, v in read.items() if k and k[0] == ord("a"))
    assert [uri for _, uri in order] == ["0-10", "1-10", "1-11", "0-11", "0-12", "1-12"]
    assert [number for number, _ in order] == [13, 14, 15, 16, 17, 18], "above all old ones"
    assert read[b"story/s0"]["withdrawn_before"] == 17
    assert read[b"story/s1"]["withdrawn_before"] == 16


def test_a_merged_story_and_its_articles_go_where_the_story_is_that_took_them(
    tmp_path: Path,
) -> None:
    with StateFile(tmp_path / "state") as file:
        file.put(0, "article/a", article("a", "gone", "und", 1.0))
        file.put(0, "article/lost", article("lost", "never was", "en", 1.0))
        file.put(0, "story/gone", story("gone", "und", merged_into="kept"))
        file.put(0, "story/kept", story("kept", "en"))
        moved = Moved()
        records = list(file.records(2, lambda language: {"en": 1, "und": 0}[language], moved))
    assert {record.partition for record in records} == {1}
    assert (moved.articles, moved.without_story, moved.apart) == (1, 1, 1)


def test_tombstones_count_and_a_later_state_is_refused(tmp_path: Path) -> None:
    with StateFile(tmp_path / "state") as file:
        file.put(0, "article/a", article("a", "s", "en", 1.0))
        file.put(0, "article/b", article("b", "s", "en", 1.0))
        file.put(0, "story/s", story("s", "en"))
        file.put(0, "article/a", None)
        file.put(0, "marker/0", b"no JSON")
        moved = Moved()
        assert len(list(file.records(1, lambda language: 0, moved))) == 2
        file.put(0, "story/s", None)
        assert list(file.records(1, lambda language: 0, moved)) == []
        with pytest.raises(NewerState):
            file.put(0, "article/a", b'{"state_version": 2}')


def article(uri: str, story_id: str, language: str, clock: float, number: int = 0) -> bytes:
    return orjson.dumps(
        {
            "uri": uri,
            "number": number,
            "story_id": story_id,
            "language": language,
            "seen": clock,
            "clock": {"now": clock},
        }
    )


def story(story_id: str, language: str, withdrawn_before: int = 0, **state: str) -> bytes:
    return orjson.dumps(
        {
            "state": {"id": story_id, "language": language, **state},
            "latest": 1.0,
            "withdrawn_before": withdrawn_before,
        }
    )


def test_every_new_shard_has_the_latest_clocks_and_identities(tmp_path: Path) -> None:
    def identity(last: int) -> IdentityRecord:
        return IdentityRecord(
            key="0a" * 10,
            story_id="urn:copydesk:story:" + "1" * 32,
            version=last,
            content="2" * 12,
            first=1,
            last=last,
        )

    clock_key, identity_key = f"{CLOCK_PREFIX}pages.raw/3", f"{IDENTITY_PREFIX}{'0a' * 10}"
    with StateFile(tmp_path / "state") as file:
        for shard in (0, 1, 2):
            clock = PartitionClock(
                topic="pages.raw", partition=3, number=50, now=100.0 + shard, hosts=((7, 50),)
            )
            file.put(shard, clock_key, dump(clock))
            file.put(shard, identity_key, dump(identity(10 - shard)))
        file.put(0, identity_key, None)
        records = list(file.records(2, lambda language: 0, Moved()))
    assert [(each.partition, each.key) for each in records] == [
        (shard, key.encode()) for key in (clock_key, identity_key) for shard in (0, 1)
    ]
    moved_clock = load(PartitionClock, records[0].value or b"")
    assert (moved_clock.now, moved_clock.number, moved_clock.hosts) == (102.0, 50, ((7, 50),))
    assert load(IdentityRecord, records[2].value or b"") == identity(9)
