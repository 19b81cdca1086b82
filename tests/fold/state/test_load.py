"""Loading stories and the candidate index from a row store."""

import numpy as np
import pytest

from service.fold.candidates.index import CandidateIndex
from service.fold.state.columns import ArticleColumns, StoryColumns, rank_of
from service.fold.state.load import load_index, load_stories
from service.fold.state.row_integrity import StoreDamaged
from service.fold.state.row_store import RowStore
from service.fold.state.text_table import StoredText
from service.text.hashing import Hashes
from tests.fold.states import article_state, story_id, story_state


def keys(*numbers: int) -> Hashes:
    return np.array(numbers, dtype=np.uint64)


def put(store: RowStore, number: int, slot: int, *article_keys: int) -> None:
    text = StoredText(b"record", keys(*article_keys))
    store.put_article(article_state(number), slot, slot, text)


def test_stories_are_loaded_with_their_sizes_and_ranks() -> None:
    store, columns = RowStore.in_memory(), StoryColumns()
    one, two = store.stories.reserve(story_id(1)), store.stories.reserve(story_id(2))
    store.stories.put(one, story_state(1))
    store.stories.put(two, story_state(2))
    for number in (1, 2):
        put(store, number, one)
    assert load_stories(columns, store, store.rows()) == {two: story_id(2)}
    assert (columns.size(one), columns.size(two), columns.count) == (2, 0, 2)
    ranks = columns.ranks(np.array([one, two], dtype=np.uint32)).tolist()
    assert ranks == [rank_of(story_id(1)), rank_of(story_id(2))]


def test_articles_of_a_missing_story_are_an_error() -> None:
    store = RowStore.in_memory()
    put(store, 1, store.stories.reserve(story_id(1)))
    rows = store.rows()
    rows.story[:] = 7
    with pytest.raises(StoreDamaged, match="missing"):
        load_stories(StoryColumns(), store, rows)


def test_articles_that_no_segment_covers_are_read_from_the_store() -> None:
    store, articles = RowStore.in_memory(), ArticleColumns()
    slot = store.stories.reserve(story_id(1))
    for number in range(1, 6):
        # Not the key in the segment, so that the source of each article shows.
        put(store, number, slot, 100 * number + 1)
        articles.add(number, slot, 0.0)
    written = CandidateIndex(articles)
    written.load([(2, keys(2001)), (3, keys(3001))])
    index = CandidateIndex(articles)
    load_index(index, store, written.segments, np.arange(1, 6))
    for number, key in enumerate((101, 2001, 3001, 401, 501), start=1):
        assert [each.number for each in index.find(keys(key))] == [number]


def test_segments_of_articles_that_have_left_are_not_added() -> None:
    store, articles = RowStore.in_memory(), ArticleColumns()
    left = CandidateIndex(articles)
    left.load([(1, keys(3)), (2, keys(5))])
    put(store, 9, store.stories.reserve(story_id(1)), 7)
    articles.add(9, 1, 0.0)
    index = CandidateIndex(articles)
    load_index(index, store, left.segments, np.array([9]))
    assert [segment.first for segment in index.segments] == [9]
