"""The watermark: the slowest partition that is not idle."""

from datetime import timedelta

import pytest

import service.fold.state.watermark as watermark_module
from service.contract.extracted import Extracted, SourcePosition
from service.fold.state.watermark import Watermark
from tests.fold.articles import START, extracted

SPAN = timedelta(hours=72).total_seconds()
BEGIN = START.timestamp()
HOUR = 3600.0


def article(partition: int, number: int, hours: float) -> Extracted:
    made = extracted("Text.", url=f"https://h{number}.example/", offset=0, hours=hours)
    position = SourcePosition(topic="pages.raw", partition=partition, offset=number)
    return made.model_copy(update={"source": position})


def advanced(mark: Watermark, *articles: tuple[int, float], first: int = 0) -> Watermark:
    for number, (partition, hours) in enumerate(articles, first):
        mark.advance(article(partition, number, hours), number)
    return mark


def test_the_slowest_partition_decides() -> None:
    mark = advanced(Watermark(SPAN), (0, 0), (1, 0), (0, 2), (0, 4), (1, 1))
    assert (mark.now, mark.newest) == (BEGIN + HOUR, BEGIN + 4 * HOUR)
    assert dict(mark.report())["pages.raw", 1] == BEGIN + HOUR


def test_files_have_one_clock() -> None:
    mark = advanced(Watermark(SPAN, one_clock=True), (0, 0), (1, 0), (0, 2), (1, 1))
    assert mark.now == BEGIN + 2 * HOUR


def test_a_partition_without_articles_is_idle_after_a_number_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watermark_module, "IDLE_AFTER", 10)
    mark = advanced(Watermark(SPAN), (1, 0), (0, 0))
    for number in range(2, 21):
        advanced(mark, (0, number / 10), first=number)
        assert mark.now == BEGIN
    advanced(mark, (0, 2.1), first=21)
    assert mark.now == BEGIN + 2.1 * HOUR


def test_a_partition_that_was_idle_begins_at_the_watermark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watermark_module, "IDLE_AFTER", 10)
    mark = advanced(Watermark(SPAN), (1, 0), *((0, n / 10) for n in range(40)))
    advanced(mark, (1, 1), first=41)
    assert mark.now == BEGIN + 3.9 * HOUR


def test_an_article_is_late_if_it_is_older_by_more_than_the_window() -> None:
    mark = advanced(Watermark(SPAN), (0, 0))
    assert mark.lateness(BEGIN - SPAN) is None
    assert mark.lateness(BEGIN - SPAN - 1) == SPAN + 1


def test_clocks_that_were_stored_go_on_as_before() -> None:
    steps = [(n % 3, n / 7 * (n % 3 + 1)) for n in range(60)]
    whole, clocks = Watermark(SPAN), {}
    for number, (partition, hours) in enumerate(steps):
        clock, _ = whole.advance(article(partition, number, hours), number)
        assert clock is not None
        clocks[partition] = clock
        again = Watermark(SPAN)
        again.load(clocks.values(), 0.0)
        assert (again.now, again.newest) == (whole.now, whole.newest)


def test_an_article_without_a_time_has_that_of_its_partition() -> None:
    mark = advanced(Watermark(SPAN), (0, 0), (1, 0), (1, 2))
    timeless = article(1, 3, 0)
    timeless = timeless.model_copy(
        update={"article": timeless.article.model_copy(update={"fetched_at": None})}
    )
    assert mark.advance(timeless, 3)[1] == BEGIN + 2 * HOUR
    assert Watermark(SPAN).advance(timeless, 0) == (None, 0.0)
