"""A story with very many members: few of them are in the candidate index, and it is still found."""

from collections.abc import Iterator

import pytest

import service.fold.candidates.index as index_module
import service.fold.state.story_cache as cache_module
from service.contract.extracted import Extracted
from service.fold.assign.candidate_stories import STORIES, look_up
from service.fold.assign.decision import Decided, Placed, Saved, Unchanged
from service.fold.candidates.headline import headline_keys
from service.fold.candidates.index import STOP_KEY_POSTINGS, keys_of
from service.fold.shard import Shard
from service.fold.state.indexed_members import INDEXED_MEMBERS
from service.fold.state.row_store import RowStore
from service.fold.state.window import WindowLimits
from service.text.hashing import Hashes
from tests.fold.articles import extracted, text_of
from tests.fold.assign.test_operator import control
from tests.fold.changelog import Changelog

HEADLINE = "A headline that nobody quotes"
MANY = 3 * STOP_KEY_POSTINGS


def copies(count: int, first: int = 0) -> Iterator[Extracted]:
    """Yield verbatim copies of one text on as many hosts."""
    for offset in range(first, first + count):
        yield extracted(
            text_of("ferry-ap"), title=HEADLINE, url=f"https://h{offset}.example/x", offset=offset
        )


def place(shard: Shard, article: Extracted) -> Placed:
    decision = shard.place(article)
    assert isinstance(decision, Placed)
    return decision


def is_indexed(saved: Saved) -> bool:
    (record,) = saved.articles
    assert record.signature.shingles
    return record.indexed


def test_any_number_of_copies_is_one_story() -> None:
    shard = Shard(WindowLimits(articles=10 * MANY))
    placed = [place(shard, article) for article in copies(MANY)]
    assert len({each.placement.story_id for each in placed}) == 1
    assert placed[-1].stories[0].copies == MANY - 1
    assert [is_indexed(each.saved) for each in placed] == [
        number < INDEXED_MEMBERS for number in range(MANY)
    ]


def test_copies_are_found_after_all_that_were_first_have_left() -> None:
    shard = Shard(WindowLimits(articles=INDEXED_MEMBERS + 4))
    placed = [place(shard, article) for article in copies(5 * INDEXED_MEMBERS)]
    assert len({each.placement.story_id for each in placed}) == 1
    assert sum(is_indexed(each.saved) for each in placed) < 2 * INDEXED_MEMBERS + 4


def test_a_recrawl_of_a_copy_changes_nothing_about_its_postings() -> None:
    shard = Shard()
    articles = list(copies(INDEXED_MEMBERS + 1))
    for article in articles:
        place(shard, article)
    for article, indexed in ((articles[0], True), (articles[-1], False)):
        later = article.source.model_copy(update={"offset": 99})
        decision = shard.place(article.model_copy(update={"source": later}))
        assert isinstance(decision, Unchanged)
        assert is_indexed(decision.saved) == indexed


def test_a_large_story_is_not_read_back_and_changes_as_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept, evicted = Shard(WindowLimits(articles=24)), Shard(WindowLimits(articles=24))
    for number, article in enumerate([*copies(20), *others(20), *copies(20, 40), *others(20, 60)]):
        monkeypatch.setattr(cache_module, "_STORIES", 2048)
        expected = place(kept, article)
        monkeypatch.setattr(cache_module, "_STORIES", 1)
        monkeypatch.setattr(cache_module, "_LARGE", number % 7)
        assert place(evicted, article) == expected


def others(count: int, first: int = 20) -> Iterator[Extracted]:
    """Yield articles of stories of their own."""
    for offset in range(first, first + count):
        words = " ".join(f"Word{offset}x{number} stood" for number in range(60))
        yield extracted(words, url=f"https://o{offset}.example/x", offset=offset)


def test_a_restart_leaves_out_of_the_index_what_was_left_out() -> None:
    whole, articles = Shard(), list(copies(INDEXED_MEMBERS + 8))
    saved = [place(whole, article).saved for article in articles]
    restored = Changelog.of(saved).restored()
    postings = sum(segment.entries.size for segment in restored.segments)
    assert postings == INDEXED_MEMBERS * len(all_keys())
    after = list(copies(3, len(articles)))
    assert [place(restored, each) for each in after] == [place(whole, each) for each in after]


def all_keys() -> Hashes:
    return keys_of(next(copies(1)).signature, headline_keys((HEADLINE,)))


def test_a_copy_that_is_set_apart_is_found_by_its_copies() -> None:
    shard = Shard()
    placed = [place(shard, article) for article in copies(INDEXED_MEMBERS + 4)]
    first, last = (each.saved.articles[0] for each in (placed[0], placed[-1]))
    assert not last.indexed
    decided = shard.control(control("apart", first.uri, last.uri))
    assert isinstance(decided, Decided)
    (record,) = decided.saved.articles
    assert record.indexed
    assert record.number == last.number + 1
    # The lowest bit of a key says its kind.
    assert {key | 1 for key in record.signature.shingles} == {
        key | 1 for key in last.signature.shingles
    }
    own = shard._window.story_with_id(decided.stories[1].id)
    found = look_up(shard._window, keys_of(next(copies(1)).signature), STORIES)
    assert own is not None
    assert own.slot in {each.slot for each in found.ranked}
    assert found.shared.get(record.number)
    assert not found.shared.get(last.number)


def test_a_story_whose_only_representative_is_set_apart_gets_another_one() -> None:
    shard = Shard(WindowLimits(articles=INDEXED_MEMBERS + 5))
    articles = list(copies(INDEXED_MEMBERS + 5))
    placed = [place(shard, article) for article in articles]
    # Nothing else represents the story: as if the two spare copies had left the window.
    story = shard._window.story_with_id(placed[0].placement.story_id)
    assert story is not None
    story.representatives = story.representatives[:1]
    first, last = (each.saved.articles[0] for each in (placed[0], placed[-1]))
    decided = shard.control(control("apart", last.uri, first.uri))
    assert isinstance(decided, Decided)
    assert [record.uri for record in decided.saved.articles] == [first.uri, last.uri]
    assert all(record.indexed for record in decided.saved.articles)
    assert [each.uri for each in story.representatives] == [last.uri]
    assert story.representatives[0].number == last.number + 1


def test_a_restart_from_segments_finds_a_copy_that_was_set_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_module, "_MEMTABLE_ARTICLES", 8)
    store = RowStore.in_memory()
    shard = Shard(store=store)
    placed = [place(shard, article) for article in copies(INDEXED_MEMBERS + 20)]
    for article in others(8, 100):
        place(shard, article)
    first, last = (placed[number].saved.articles[0] for number in (0, INDEXED_MEMBERS))
    segments = shard.segments
    assert segments[-1].last > last.number
    shard.control(control("apart", first.uri, last.uri))
    store.commit({})
    restored = Shard(store=store)
    restored.open(shard.clock, segments)
    keys = keys_of(next(copies(1)).signature)
    assert list(restored._window.index.find(keys)) == list(shard._window.index.find(keys))
    assert len(restored._window.index.find(keys)) == INDEXED_MEMBERS + 1
