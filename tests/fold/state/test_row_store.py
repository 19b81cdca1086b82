"""The row store, in memory and in a file."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from service.contract.control import ControlAction
from service.contract.story import OperatorDecision
from service.fold.state.row_integrity import StoreDamaged
from service.fold.state.row_store import RowStore
from service.fold.state.text_table import StoredText
from service.worker.checkpoint.checkpoint import open_row_store
from tests.fold.states import article_state, story_id, story_state


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RowStore]:
    made = RowStore.in_memory() if request.param == "memory" else open_row_store(tmp_path / "db")
    yield made
    made.close()


def text(*keys: int) -> StoredText:
    return StoredText(b"record", np.array(keys, dtype=np.uint64))


def test_rows_are_read_back(store: RowStore) -> None:
    slot = store.stories.reserve(story_id(1))
    assert store.stories.reserved() == [slot]
    assert store.stories.story(slot) is None
    store.stories.put(slot, story_state(1))
    for number in (1, 2):
        store.put_article(article_state(number), slot, slot, text(2**63 + number))
    assert store.stories.story(slot) == story_state(1)
    assert store.stories.slot_of(story_id(1)) == slot
    assert store.article("urn:2") == store.article_by_number(2) == article_state(2)
    assert store.members(slot) == [article_state(1), article_state(2)]
    assert store.texts.record(2) == b"record"
    assert [(n, keys.tolist()) for n, keys in store.texts.keys(0, 1)] == [(1, [2**63 + 1])]
    rows = store.rows()
    assert rows.number.tolist() == [1, 2]
    assert rows.seen.tolist() == [1001.5, 1002.5]
    assert dict(store.stories.slots()) == {slot: story_id(1)}
    assert not store.stories.reserved()


def test_decisions_of_the_operator_are_read_back(store: RowStore) -> None:
    decision = OperatorDecision(
        id=f"{7:032x}",
        action=ControlAction.APART,
        target="urn:1",
        other="urn:2",
        why="Überprüft",
        at="2026-03-10T08:00:00+00:00",
        before=3,
    )
    slot = store.stories.reserve(story_id(1))
    decided = replace(story_state(1), decisions=(decision,))
    store.stories.put(slot, decided)
    assert store.stories.story(slot) == decided
    assert store.stories.reinstated() == [(slot, 3)]


def test_a_new_version_replaces_the_earlier_one(store: RowStore) -> None:
    one, two = store.stories.reserve(story_id(1)), store.stories.reserve(story_id(2))
    store.put_article(article_state(1), one, one, text(1))
    later = article_state(5, story=2, uri="urn:1")
    store.put_article(later, two, two, text(2))
    assert store.article("urn:1") == later
    assert store.members(one) == []
    assert [number for number, _ in store.texts.keys(0, 9)] == [5]
    noted = replace(later, source=("pages.raw", 0, 99))
    store.put_article(noted, two, two)
    assert store.article("urn:1") == noted
    assert store.texts.record(5) == b"record"


def test_articles_that_move_keep_their_recorded_story(store: RowStore) -> None:
    one, two = store.stories.reserve(story_id(1)), store.stories.reserve(story_id(2))
    store.put_article(article_state(1), one, one, text(1))
    store.stories.put(one, story_state(1, merged_into=story_id(2)))
    store.move(one, two)
    moved = replace(article_state(1), story_id=story_id(2))
    assert store.article("urn:1") == moved
    assert store.members(two) == [moved]
    assert store.stories.merged() == [(one, story_id(2))]
    rows = store.rows()
    assert (rows.story.tolist(), rows.recorded.tolist()) == ([two], [one])


def test_dropped_rows_are_gone_and_the_slot_is_used_again(store: RowStore) -> None:
    slot = store.stories.reserve(story_id(1))
    store.put_article(article_state(1), slot, slot, text(1))
    store.drop_article(1)
    store.stories.drop(slot)
    assert store.article("urn:1") is None
    assert store.stories.slot_of(story_id(1)) is None
    assert len(store.rows().number) == 0
    assert store.stories.reserve(story_id(9)) == slot
    for missing in (store.texts.record, store.article_by_number):
        with pytest.raises(StoreDamaged):
            missing(1)


def test_only_committed_rows_are_there_after_a_restart(tmp_path: Path) -> None:
    first = open_row_store(tmp_path / "db")
    slot = first.stories.reserve(story_id(1))
    first.put_article(article_state(1), slot, slot, text(1))
    first.commit({"name": "value"})
    first.put_article(article_state(2), slot, slot, text(2))
    first.close()
    second = open_row_store(tmp_path / "db")
    assert second.fact("name") == "value"
    assert second.rows().number.tolist() == [1]
    assert second.article("urn:2") is None
    second.close()


def test_texts_are_returned_in_the_order_of_their_numbers_given(store: RowStore) -> None:
    slot = store.stories.reserve(story_id(1))
    for number in (1, 2, 3):
        record = StoredText(b"record %d" % number, text(number).keys)
        store.put_article(article_state(number), slot, slot, record)
    assert store.texts.records([3, 1]) == [b"record 3", b"record 1"]
    assert store.texts.records([]) == []
    with pytest.raises(StoreDamaged):
        store.texts.records([1, 9])


def test_concepts_are_kept_beside_a_text_and_go_with_it(store: RowStore) -> None:
    slot = store.stories.reserve(story_id(1))
    signed = replace(text(1), concepts=b"\x00concepts")
    store.put_article(article_state(1), slot, slot, signed)
    store.put_article(article_state(2), slot, slot, text(2))
    assert store.texts.stored(1).concepts == b"\x00concepts"
    assert store.texts.stored(2).concepts == b""
    store.texts.put_concepts(2, b"later")
    assert store.texts.concepts(2) == store.texts.concepts_of("urn:2") == b"later"
    assert store.texts.concepts_of("urn:9") == b""
    store.put_article(article_state(2), slot, slot, text(2))  # as the log has it without them
    assert store.texts.concepts(2) == b""
    store.drop_article(1)
    assert store.texts.concepts(1) == b""


def test_damaged_concepts_are_found(tmp_path: Path) -> None:
    store = open_row_store(tmp_path / "db")
    slot = store.stories.reserve(story_id(1))
    store.put_article(article_state(1), slot, slot, replace(text(1), concepts=b"concepts"))
    store.commit({})
    store.close()
    with sqlite3.connect(tmp_path / "db") as database:
        database.execute("UPDATE concepts SET packed = CAST(packed || x'00' AS BLOB)")
    store = open_row_store(tmp_path / "db")
    with pytest.raises(StoreDamaged):
        store.texts.stored(1)
    store.close()
