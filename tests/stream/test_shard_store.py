"""What every store does, in memory and on disk."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from service.events.placement import Relation
from service.events.story_state import OriginalOfStory
from service.story.heap import HeapStore
from service.story.known import KnownArticle, KnownStory
from service.story.store import Store, StoreDamaged, StoredText
from service.stream.shard_store import ShardStore


@pytest.fixture(params=["heap", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = HeapStore() if request.param == "heap" else ShardStore(tmp_path / "db")
    yield made
    if isinstance(made, ShardStore):
        made.close()


def story_id(number: int) -> str:
    return f"urn:copydesk:story:{number:032x}"


def article(number: int, story: int = 1, uri: str | None = None) -> KnownArticle:
    return KnownArticle(
        uri=uri or f"urn:{number}",
        url=f"https://a.example/{number}",
        number=number,
        story_id=story_id(story),
        filed=story_id(story),
        relation=Relation.ORIGINAL,
        version=1,
        content_hash="hash",
        title="Überschrift \u2028 \x00",
        language="de",
        host="a.example",
        agency=None,
        own=False,
        names=None,
        published=None,
        first_created=None,
        seen=1000.5 + number,
        source=("pages.raw", 0, number),
        exact="exact",
        words=3,
        signed=1,
    )


def story(number: int, merged_into: str | None = None) -> KnownStory:
    original = OriginalOfStory(uri="urn:1", host="a.example", why="earliest_seen")
    return KnownStory(
        id=story_id(number),
        language="de",
        agency="dpa",
        headline="Überschrift",
        original=original,
        first_seen=None,
        last_seen=None,
        latest=7.25,
        merged_into=merged_into,
        stored=(("urn:1", None), ("urn:2", "urn:1")),
    )


def text(*keys: int) -> StoredText:
    return StoredText(b"record", np.array(keys, dtype=np.uint64))


def test_what_is_put_is_read_back(store: Store) -> None:
    slot = store.reserve(story_id(1))
    assert store.reserved() == [slot]
    assert store.story(slot) is None
    store.put_story(slot, story(1))
    for number in (1, 2):
        store.put_article(article(number), slot, slot, text(2**63 + number))
    assert store.story(slot) == story(1)
    assert store.slot_of(story_id(1)) == slot
    assert store.article("urn:2") == store.numbered(2) == article(2)
    assert store.members(slot) == [article(1), article(2)]
    assert store.text(2) == b"record"
    assert [(n, keys.tolist()) for n, keys in store.keys(0, 1)] == [(1, [2**63 + 1])]
    rows = store.rows()
    assert rows.number.tolist() == [1, 2]
    assert rows.seen.tolist() == [1001.5, 1002.5]
    assert dict(store.slots()) == {slot: story_id(1)}
    assert not store.reserved()


def test_a_new_version_takes_the_place_of_the_earlier_one(store: Store) -> None:
    one, two = store.reserve(story_id(1)), store.reserve(story_id(2))
    store.put_article(article(1), one, one, text(1))
    later = article(5, story=2, uri="urn:1")
    store.put_article(later, two, two, text(2))
    assert store.article("urn:1") == later
    assert store.members(one) == []
    assert [number for number, _ in store.keys(0, 9)] == [5]
    noted = replace(later, source=("pages.raw", 0, 99))
    store.put_article(noted, two, two)
    assert store.article("urn:1") == noted
    assert store.text(5) == b"record"


def test_articles_move_to_another_story_and_remember_where_they_were_filed(store: Store) -> None:
    one, two = store.reserve(story_id(1)), store.reserve(story_id(2))
    store.put_article(article(1), one, one, text(1))
    store.put_story(one, story(1, merged_into=story_id(2)))
    store.move(one, two)
    moved = replace(article(1), story_id=story_id(2))
    assert store.article("urn:1") == moved
    assert store.members(two) == [moved]
    assert store.merged() == [(one, story_id(2))]
    rows = store.rows()
    assert (rows.story.tolist(), rows.filed.tolist()) == ([two], [one])


def test_what_is_dropped_is_gone_and_its_slot_is_used_again(store: Store) -> None:
    slot = store.reserve(story_id(1))
    store.put_article(article(1), slot, slot, text(1))
    store.drop_article(1)
    store.drop_story(slot)
    assert store.article("urn:1") is None
    assert store.slot_of(story_id(1)) is None
    assert len(store.rows().number) == 0
    assert store.reserve(story_id(9)) == slot
    for missing in (store.text, store.numbered):
        with pytest.raises(StoreDamaged):
            missing(1)


def test_only_what_was_committed_is_there_after_a_restart(tmp_path: Path) -> None:
    first = ShardStore(tmp_path / "db")
    slot = first.reserve(story_id(1))
    first.put_article(article(1), slot, slot, text(1))
    first.commit({"name": "value"})
    first.put_article(article(2), slot, slot, text(2))
    first.close()
    second = ShardStore(tmp_path / "db")
    assert second.fact("name") == "value"
    assert second.rows().number.tolist() == [1]
    assert second.article("urn:2") is None
    second.close()


def test_texts_come_in_the_order_they_are_asked_for(store: Store) -> None:
    slot = store.reserve(story_id(1))
    for number in (1, 2, 3):
        record = StoredText(b"record %d" % number, text(number).keys)
        store.put_article(article(number), slot, slot, record)
    assert store.texts([3, 1]) == [b"record 3", b"record 1"]
    assert store.texts([]) == []
    with pytest.raises(StoreDamaged):
        store.texts([1, 9])
