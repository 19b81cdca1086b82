"""What is a repeat: the same record at the same position, and nothing else."""

import pytest

from service.contract.extracted import Extracted, ReadInput
from service.fold.assign.decision import Placed, Repeat, Unchanged
from service.fold.repeat import KEPT
from service.fold.shard import Shard
from service.fold.state.article import ArticleState
from tests.fold.articles import extracted, text_of

URL = "https://a.example/ferry"


def page(
    offset: int, *, written: int | None = None, text: str = "", timed: bool = True
) -> Extracted:
    """A page as READ hands it over, written so many minutes after the first."""
    minutes = offset if written is None else written
    made = extracted(text_of("ferry-ap") + text, url=URL, offset=offset, minutes=minutes)
    stated = ReadInput(id=f"{offset} {minutes} {text}", written=60_000 * minutes)
    article = made.article if timed else made.article.model_copy(update={"fetched_at": None})
    return made.model_copy(update={"input": stated, "article": article})


def version(number: int) -> str:
    return f"\n\nVersion {number} of the text adds a line."


@pytest.mark.parametrize("timed", [True, False])
def test_pages_of_a_topic_that_was_created_again_have_an_outcome(timed: bool) -> None:
    shard = Shard()
    for number in range(10):
        shard.place(page(100 + number, text=version(number), timed=timed))
    for offset in range(5):
        new = page(offset, written=200 + offset, text=version(20 + offset), timed=timed)
        assert isinstance(shard.place(new), Placed)
        assert shard.place(new) == Repeat()


def test_another_page_at_the_very_position_has_an_outcome() -> None:
    shard = Shard()
    shard.place(page(7))
    assert isinstance(shard.place(page(7, written=9, text=version(1))), Placed)
    assert isinstance(shard.place(page(7, written=10, text=version(1))), Unchanged)


def test_all_that_is_read_again_after_a_kill_is_dropped() -> None:
    shard = Shard()
    pages = [page(offset, text=version(offset)) for offset in range(3 * KEPT)]
    for each in pages:
        assert isinstance(shard.place(each), Placed)
    assert [shard.place(each) for each in pages] == [Repeat()] * len(pages)


def test_clocks_of_two_crawlers_that_differ_make_no_repeat_a_page() -> None:
    shard = Shard()
    ahead, behind = page(1, written=50, text=version(1)), page(2, written=3, text=version(2))
    for each in (ahead, behind):
        shard.place(each)
    assert [shard.place(each) for each in (ahead, behind)] == [Repeat(), Repeat()]


def test_a_re_crawl_is_kept_in_mind_too() -> None:
    shard = Shard()
    shard.place(page(1))
    assert isinstance(shard.place(page(2)), Unchanged)
    assert [shard.place(page(offset)) for offset in (1, 2)] == [Repeat(), Repeat()]


def test_a_page_in_another_partition_is_told_by_its_id() -> None:
    shard = Shard()
    here = page(3)
    source = here.source.model_copy(update={"partition": 1})
    there = page(0, written=5, text=version(1)).model_copy(update={"source": source})
    for each in (here, there):
        shard.place(each)
    assert [shard.place(each) for each in (here, there)] == [Repeat(), Repeat()]


def test_state_of_the_first_version_knows_repeats_by_time_and_text() -> None:
    first = Shard()
    placed = first.place(page(5))
    assert isinstance(placed, Placed)
    old = {"inputs": (), "newest_written": None, "clock": None}
    articles = [each.model_copy(update=old) for each in placed.saved.articles]
    for again, repeats in (
        (page(5), True),
        (page(4), True),
        (page(5, written=90, text=version(1)), False),
        (page(4, written=90, text=version(1)), False),
    ):
        shard = Shard()
        shard.restore(articles, placed.saved.stories)
        assert (shard.place(again) == Repeat()) is repeats


def test_what_is_kept_survives_a_row_and_a_record() -> None:
    placed = Shard().place(page(5))
    assert isinstance(placed, Placed)
    (record,) = placed.saved.articles
    state = ArticleState.from_record(record)
    assert ArticleState.from_row(state.to_row()) == state
    assert state.to_record(record.signature) == record
    assert state.inputs == (page(5).input.id,)  # type: ignore[union-attr]
    assert state.newest_written == 5 * 60_000
