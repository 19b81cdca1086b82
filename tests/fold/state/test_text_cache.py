"""The texts of a row store, of which those used last stay unpacked."""

import numpy as np
import pytest

import service.fold.state.text_cache as text_cache_module
from service.fold.state.row_integrity import StoreDamaged
from service.fold.state.row_store import RowStore
from service.fold.state.text_cache import TextCache
from service.fold.state.text_table import StoredText
from service.fold.verify.text_record import packed_bytes, unpack_bytes
from service.text.signature import sign
from tests.fold.articles import text_of
from tests.fold.states import article_state, story_id

RECORDS = {
    number: packed_bytes(sign(text_of(story), "en").record)
    for number, story in enumerate(("ferry-ap", "furnace", "tin"), start=1)
}


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> TextCache:
    """Three texts, of which two stay unpacked."""
    monkeypatch.setattr(text_cache_module, "_TEXTS", 2)
    store = RowStore.in_memory()
    slot = store.stories.reserve(story_id(1))
    for number, record in RECORDS.items():
        text = StoredText(record, np.empty(0, dtype=np.uint64))
        store.put_article(article_state(number), slot, slot, text)
    return TextCache(store)


def test_a_text_is_unpacked_once(texts: TextCache) -> None:
    assert 1 not in texts
    text = texts.text(1)
    assert 1 in texts
    assert texts.text(1) is text
    assert text.ids.tolist() == unpack_bytes(RECORDS[1]).ids.tolist()


def test_the_text_used_longest_ago_is_dropped(texts: TextCache) -> None:
    for number in (1, 2, 1, 3):
        texts.text(number)
    assert [number in texts for number in RECORDS] == [True, False, True]


def test_a_text_that_was_unpacked_elsewhere_is_kept(texts: TextCache) -> None:
    text = unpack_bytes(RECORDS[2])
    texts.keep(2, text)
    assert texts.text(2) is text


def test_a_discarded_text_is_not_unpacked(texts: TextCache) -> None:
    texts.text(1)
    texts.discard(1)
    texts.discard(2)
    assert 1 not in texts


def test_records_are_those_of_the_store(texts: TextCache) -> None:
    assert texts.records([3, 1]) == [RECORDS[3], RECORDS[1]]
    with pytest.raises(StoreDamaged):
        texts.text(9)
