"""What a load needs, from figures that are easily multiplied."""

from typing import Any

import pytest

from service.settings import FixedSettings
from tests.bench.sizing import (
    A_DAY,
    DOCUMENT,
    FULL,
    PEAK,
    REPLICAS,
    Shard,
    computed,
    inserted,
    need,
    read_shard,
    shard_limit,
)

SETTINGS = FixedSettings(
    window_hours=24, window_articles=1000, raw_retention_hours=24, output_retention_hours=48
)
SHARD = Shard(articles=100.0, window=1000, memory=10.0, disk=100.0)
FIGURES = """\
100 articles in the window
  on disk: 30 bytes an article in rows, 6 in runs
  placed 900 articles/s of CPU, kept on disk; p50 1.88 ms, p99 4.06 ms
  memory, bytes an article: 11 after loading, 12 after placing; of which 7 index and 3 columns
2000 articles in the window
  on disk: 40 bytes an article in rows, 8 in runs
  placed 800 articles/s of CPU, kept on disk; p50 1.88 ms, p99 4.06 ms
  memory, bytes an article: 9 after loading, 10 after placing; of which 7 index and 3 columns
"""


def topics(**stored: float) -> dict[str, dict[str, float]]:
    names = (
        "pages.raw",
        "articles.extracted",
        "articles",
        "stories",
        "pages.rejected",
        "pages.failed",
        "fold.state",
    )
    return {
        name: {"records": 0.5, "bytes": 0.0, "stored": stored.get(name.replace(".", "_"), 0.0)}
        for name in names
    }


def results(**stored: float) -> dict[str, Any]:
    seconds = {"extraction": 20.0, "worker": 5.0, "fold": 2.0, "broker": 1.0, "measuring": 9.0}
    memory = {"worker": 100, "child": 50, "folder": 70}
    made = topics(**stored)
    return {
        "through": {"topics": made},
        "fold": {"articles": 10, "seconds": 0.004},
        "growth": [{"seconds": seconds, "memory": memory, "topics": made}],
    }


def test_the_largest_window_is_what_a_shard_is_known_by() -> None:
    assert read_shard(FIGURES) == Shard(articles=800.0, window=2000, memory=10.0, disk=48.0)


@pytest.mark.parametrize("text", ["", "5 articles in the window\n  placed many\n"])
def test_figures_that_are_not_there_are_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"measured|figures"):
        read_shard(text)


def test_a_shard_does_no_more_than_its_worker() -> None:
    assert shard_limit(results(), SHARD) == 100.0
    assert shard_limit(results(), Shard(900.0, 1000, 10.0, 100.0)) == 250.0


def test_cores_are_what_pages_cost_in_the_busiest_hour() -> None:
    needed = need(A_DAY * 100, results(), SHARD, SETTINGS)
    assert needed.pages == 100 * PEAK
    assert needed.read_cores == pytest.approx(100 * PEAK * 0.025 / FULL)
    assert needed.broker_cores == pytest.approx(100 * PEAK * 0.001 * REPLICAS / FULL)
    assert needed.read_memory == needed.workers * (100 + SETTINGS.extractors * 50)


def test_ten_times_the_pages_need_ten_times_the_cores() -> None:
    one, ten = (need(pages, results(), SHARD, SETTINGS) for pages in (10_000, 100_000))
    assert ten.read_cores == pytest.approx(10 * one.read_cores)


def test_shards_are_enough_for_the_rate() -> None:
    needed = need(A_DAY * 100, results(), SHARD, FixedSettings(window_hours=1))
    assert needed.articles == 100.0
    assert needed.busy_shards == needed.shards == 2


def test_shards_are_enough_for_the_window() -> None:
    needed = need(10_000, results(), SHARD, SETTINGS)
    assert (needed.busy_shards, needed.shards) == (1, 5)
    assert needed.shard_memory == 70 + 1000 * 10
    assert needed.shard_disk == 1000 * 100


def test_disk_is_what_is_kept_for_as_long_as_it_is_kept() -> None:
    raw = need(1000, results(pages_raw=7.0), SHARD, SETTINGS)
    assert raw.disk == 1000 * 7 * 1 * REPLICAS
    articles = need(1000, results(articles=7.0), SHARD, SETTINGS)
    assert articles.disk == 1000 * 7 * 2 * REPLICAS
    stories = need(1000, results(stories=7.0), SHARD, SETTINGS)
    assert (stories.disk, stories.stories) == (0, 1000 * 7 * 365 * REPLICAS)


def test_the_document_says_what_is_computed() -> None:
    text = DOCUMENT.read_text()
    assert inserted(text, computed()) == text
