"""Prefetching for a batch changes no decision."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.contract.attribution import RevisionKind
from service.contract.extracted import Extracted
from service.contract.serde import load
from service.fold.assign.decision import Decision, Placed
from service.fold.assign.prefetch import TOGETHER, prefetch
from service.fold.shard import Shard
from service.fold.state.restore import restore_rows
from service.fold.state.row_integrity import StoreFailed
from service.fold.state.window import Window, WindowLimits
from tests.fold.articles import extracted, text_of
from tests.local.sample_read import extracted_records

WITHDRAWAL = RevisionKind.WITHDRAWAL


@cache
def crawl() -> tuple[Extracted, ...]:
    """The articles of the sample crawl, and some of them again."""
    articles = [load(Extracted, record.value or b"") for record in extracted_records()]
    return (*articles, *articles[::7])


@cache
def singly() -> tuple[Decision, ...]:
    return decided([1] * len(crawl()))


def decided(sizes: list[int]) -> tuple[Decision, ...]:
    shard = Shard(WindowLimits(articles=40))
    decisions: list[Decision] = []
    for size in sizes:
        batch = crawl()[len(decisions) : len(decisions) + size]
        if size > 1:
            shard.prefetch(batch)
        decisions.extend(shard.place(article) for article in batch)
    return tuple(decisions)


@pytest.mark.slow
@settings(max_examples=5)
@given(st.lists(st.integers(1, TOGETHER), min_size=200, max_size=200))
def test_prefetching_changes_no_decision(sizes: list[int]) -> None:
    assert decided(sizes) == singly()


def article(offset: int, variant: str = "original") -> Extracted:
    return extracted(text_of("dam", variant), url=f"https://a{offset}.example/dam", offset=offset)


def test_a_copy_of_an_article_of_the_same_batch_is_found() -> None:
    shard, batch = Shard(), [article(0), article(1)]
    shard.prefetch(batch)
    shard.place(batch[0])
    assert shard.place(batch[1]) == _placed_after(batch[0], batch[1])


def _placed_after(first: Extracted, second: Extracted) -> Decision:
    shard = Shard()
    shard.place(first)
    return shard.place(second)


def test_an_invalid_record_fails_when_its_article_is_placed() -> None:
    bad = article(1)
    bad = bad.model_copy(update={"signature": bad.signature.model_copy(update={"record": "AQA="})})
    shard = Shard()
    shard.prefetch([article(0), bad, article(2)])
    with pytest.raises(ValueError, match="record"):
        shard.place(bad)


def test_an_error_in_prefetching_fails_no_article(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(texts: object) -> None:
        raise KeyError("an error in the batch")

    monkeypatch.setattr("service.fold.assign.prefetch.derive_hashes", broken)
    shard, batch = Shard(), [article(0), article(1)]
    shard.prefetch(batch)
    shard.place(batch[0])
    assert shard.place(batch[1]) == _placed_after(batch[0], batch[1])


def test_a_store_that_fails_in_prefetching_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(texts: object) -> None:
        raise StoreFailed("the disk is full")

    monkeypatch.setattr("service.fold.assign.prefetch.derive_hashes", full)
    with pytest.raises(StoreFailed):
        Shard().prefetch([article(0), article(1)])


def test_notices_and_articles_in_the_window_are_not_prefetched() -> None:
    old, new, other = article(0), article(1), article(2, "spun")
    placed = Shard().place(old)
    assert isinstance(placed, Placed)
    window = Window(WindowLimits())
    window.open(restore_rows(window.store, placed.saved.articles, placed.saved.stories))
    notice = extracted("Kill it.", url="https://n.example/", offset=3, revision=WITHDRAWAL)
    pending = prefetch([old, new, notice, other], window)
    assert [each.extracted for each in pending] == [new, other]
