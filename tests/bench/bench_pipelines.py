"""From fetched pages to stories, beside what else there is.

`python -m tests.bench.bench_pipelines [--pages N]`: every pipeline takes the same generated crawl
in a process of its own, one after another.
"""

import argparse
import logging
import multiprocessing
import os
import resource
import time

from tests.bench.crawl import Fetch, generated_crawl
from tests.bench.figures import Table, record, shared_data
from tests.bench.picture import draw_bars
from tests.bench.pipelines import PIPELINES
from tests.eval.clusters import b_cubed, pairwise


def run(name: str, count: int) -> tuple[float, float, dict[int, str]]:
    """Processor seconds, largest resident memory in MB, and labels of one pipeline."""
    logging.disable(logging.CRITICAL)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    crawl = list(generated_crawl(shared_data(), count))
    PIPELINES[name](crawl[:50])  # models and patterns are loaded before the clock starts
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    labels = PIPELINES[name](crawl)
    spent = time.process_time() - start
    return spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1000, labels


def grouped(crawl: list[Fetch], labels: dict[int, str]) -> tuple[list[str], list[str]]:
    """What belongs together and what was put together, over the first fetch of each article; what
    a pipeline took for no article stands alone."""
    numbers = [n for n, fetch in enumerate(crawl) if fetch.story is not None and not fetch.again]
    truth = [str(crawl[number].story) for number in numbers]
    return truth, [labels.get(number, f"none-{number}") for number in numbers]


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=5_000)
    count = parser.parse_args().pages
    crawl = list(generated_crawl(shared_data(), count))
    table = Table(
        ["pipeline", "pages/s a core", "memory grown by", "B-cubed F", "pairwise P", "pairwise R"]
    )
    panels: dict[str, dict[str, float]] = {"pages/s a core": {}, "B-cubed F": {}}
    for name in PIPELINES:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            spent, memory, labels = pool.apply(run, (name, count))
        truth, found = grouped(crawl, labels)
        pairs = pairwise(truth, found)
        panels["pages/s a core"][name] = count / spent
        panels["B-cubed F"][name] = b_cubed(truth, found).f1
        table.add(
            name,
            f"{count / spent:.1f}",
            f"{memory:.0f} MB",
            f"{b_cubed(truth, found).f1:.3f}",
            f"{pairs.precision:.3f}",
            f"{pairs.recall:.3f}",
        )
    articles = sum(fetch.story is not None and not fetch.again for fetch in crawl)
    record(
        "pipelines",
        "From fetched pages to stories",
        f"{count:,} fetches of the generated crawl ({articles:,} articles, the rest fetched again "
        "or no articles), one core each, without a broker.",
        [table],
    )
    draw_bars("pipelines", "From fetched pages to stories", panels)


if __name__ == "__main__":
    main()
