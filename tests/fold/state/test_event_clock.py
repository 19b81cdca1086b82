"""The clock of a partition: which articles move it, and how far."""

import pytest

from service.contract.fold_state import PartitionClock
from service.fold.state.event_clock import QUORUM, clock_after, host_id

HOUR = 3600.0
SPAN = 72 * HOUR
YEARS = 5 * 365 * 24 * HOUR
BEGIN = 1_000 * HOUR


def after(articles: list[tuple[str, float]], clock: PartitionClock | None = None) -> PartitionClock:
    """The clock after articles, each with its host and its time of fetch."""
    clock = clock or PartitionClock(topic="pages.raw", partition=0)
    for host, fetched in articles:
        clock = clock_after(clock, fetched, host_id(host), SPAN)
        clock = clock.model_copy(update={"number": clock.number + 1})
    return clock


def crawl(count: int, begin: float = BEGIN, step: float = 60.0) -> list[tuple[str, float]]:
    """Articles of ten hosts, a minute apart."""
    return [(f"site{n % 10}.example", begin + n * step) for n in range(count)]


def test_articles_in_step_move_it_to_the_newest() -> None:
    assert after(crawl(50)).now == BEGIN + 49 * 60


def test_a_page_with_a_wrong_time_moves_nothing() -> None:
    for wrong in (YEARS, -YEARS, 71 * HOUR):
        clock = after([*crawl(50), ("wrong.example", BEGIN + wrong), *crawl(1, BEGIN + 50 * 60)])
        assert clock.now == BEGIN + 50 * 60


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_one_host_with_a_wrong_clock_moves_nothing_however_many_pages_it_has(share: float) -> None:
    articles = []
    for n, (host, at) in enumerate(crawl(500, step=1.0)):
        articles.append((host, at))
        count = int(share / (1 - share) * (n + 1)) - int(share / (1 - share) * n)
        articles += [(f"www{n}.wrong.example", at + YEARS)] * count
    assert after(articles).now == BEGIN + 499


def test_one_host_cannot_walk_the_clock_away() -> None:
    walk = [("wrong.example", BEGIN + 2.9 * HOUR * n) for n in range(1, 500)]
    assert after([*crawl(50), *walk]).now < BEGIN + 50 * 60 + 3 * HOUR


def test_a_burst_of_one_host_moves_nothing_either() -> None:
    burst = [("wrong.example", BEGIN + YEARS)] * 900
    assert after([*crawl(50), *burst]).now == BEGIN + 49 * 60


def test_after_a_pause_of_all_crawlers_it_follows() -> None:
    later = crawl(QUORUM, BEGIN + 100 * HOUR)
    clock = after(crawl(50))
    for host, at in later[:-1]:
        clock = after([(host, at)], clock)
        assert clock.now == BEGIN + 49 * 60
    assert after(later[-1:], clock).now == BEGIN + 100 * HOUR


def test_the_only_host_of_a_crawl_moves_it_alone() -> None:
    first = [("only.example", BEGIN + n) for n in range(50)]
    later = [("only.example", BEGIN + 100 * HOUR + n) for n in range(QUORUM)]
    assert after([*first, *later]).now == BEGIN + 100 * HOUR


def test_the_last_host_that_is_left_moves_it_once_the_others_are_forgotten() -> None:
    later = [("site1.example", BEGIN + 100 * HOUR + n) for n in range(1100)]
    clock = after(crawl(50))
    assert after(later[:900], clock).now == BEGIN + 49 * 60
    assert after(later, clock).now >= BEGIN + 100 * HOUR


def test_pages_of_several_hosts_set_it_back() -> None:
    wrong = after([(host, at + YEARS) for host, at in crawl(50)])
    assert after(crawl(QUORUM), wrong).now == BEGIN + (QUORUM - 1) * 60


def test_a_first_page_that_is_wrong_is_outvoted_by_the_second() -> None:
    assert after([("wrong.example", BEGIN + YEARS), *crawl(1)]).now == BEGIN
