"""Articles that are foreseen together are placed as each by itself."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.events.extracted import Extracted
from service.events.serde import load
from service.events.topics import Topic
from service.events.wire import RevisionKind
from service.local.sample import sample_crawl
from service.local.sample.messages import page_message
from service.read import read
from service.story.coming import TOGETHER, foresee
from service.story.decision import Decision, Placed
from service.story.memory import Memory, Window
from service.story.shard import Shard
from service.story.store import StoreFailed
from tests.story.articles import extracted, told

WITHDRAWAL = RevisionKind.WITHDRAWAL


@cache
def crawl() -> tuple[Extracted, ...]:
    """The articles of the sample crawl, and some of them again."""
    records = (read(page_message(page, n)) for n, page in enumerate(sample_crawl()))
    articles = [load(Extracted, r.value or b"") for r in records if r.topic is Topic.EXTRACTED]
    return (*articles, *articles[::7])


@cache
def singly() -> tuple[Decision, ...]:
    return decided([1] * len(crawl()))


def decided(sizes: list[int]) -> tuple[Decision, ...]:
    shard = Shard(Window(articles=40))
    decisions: list[Decision] = []
    for size in sizes:
        batch = crawl()[len(decisions) : len(decisions) + size]
        if size > 1:
            shard.foresee(batch)
        decisions.extend(shard.place(article) for article in batch)
    return tuple(decisions)


@settings(max_examples=5)
@given(st.lists(st.integers(1, TOGETHER), min_size=200, max_size=200))
def test_what_is_foreseen_changes_no_decision(sizes: list[int]) -> None:
    assert decided(sizes) == singly()


def article(offset: int, variant: str = "original") -> Extracted:
    return extracted(told("dam", variant), url=f"https://a{offset}.example/dam", offset=offset)


def test_a_copy_of_an_article_of_the_same_batch_is_found() -> None:
    shard, batch = Shard(), [article(0), article(1)]
    shard.foresee(batch)
    shard.place(batch[0])
    assert shard.place(batch[1]) == _placed_after(batch[0], batch[1])


def _placed_after(first: Extracted, second: Extracted) -> Decision:
    shard = Shard()
    shard.place(first)
    return shard.place(second)


def test_an_article_with_a_record_that_cannot_be_read_is_left_to_placing() -> None:
    bad = article(1)
    bad = bad.model_copy(update={"signature": bad.signature.model_copy(update={"record": "AQA="})})
    shard = Shard()
    shard.foresee([article(0), bad, article(2)])
    with pytest.raises(ValueError, match="record"):
        shard.place(bad)


def test_a_fault_on_looking_ahead_is_held_against_no_article(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(texts: object) -> None:
        raise KeyError("a fault in what is done for several together")

    monkeypatch.setattr("service.story.coming.lay_out_marks", broken)
    shard, batch = Shard(), [article(0), article(1)]
    shard.foresee(batch)
    shard.place(batch[0])
    assert shard.place(batch[1]) == _placed_after(batch[0], batch[1])


def test_a_store_that_fails_on_looking_ahead_is_no_fault_of_an_article(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(texts: object) -> None:
        raise StoreFailed("the disk is full")

    monkeypatch.setattr("service.story.coming.lay_out_marks", full)
    with pytest.raises(StoreFailed):
        Shard().foresee([article(0), article(1)])


def test_notices_and_known_articles_are_not_foreseen() -> None:
    known, new, other = article(0), article(1), article(2, "spun")
    placed = Shard().place(known)
    assert isinstance(placed, Placed)
    memory = Memory(Window())
    memory.restore(placed.saved.articles, placed.saved.stories)
    notice = extracted("Kill it.", url="https://n.example/", offset=3, revision=WITHDRAWAL)
    coming = foresee([known, new, notice, other], memory)
    assert [each.extracted for each in coming] == [new, other]
