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
from collections.abc import Iterable, Iterator

from tests.bench.crawl import Fetch, generated_crawl
from tests.bench.figures import Table, record, shared_data
from tests.bench.picture import draw_bars
from tests.bench.pipelines import PIPELINES
from tests.eval.clusters import b_cubed, pairwise


class Clocked:
    """Fetches one after another, as made: no pipeline pays for making them, or for holding them.

    Attributes:
        seconds: processor time that making them took.
    """

    def __init__(self, fetches: Iterable[Fetch]) -> None:
        self._fetches = iter(fetches)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Fetch]:
        return self

    def __next__(self) -> Fetch:
        start = time.process_time()
        try:
            return next(self._fetches)
        finally:
            self.seconds += time.process_time() - start


def run(name: str, count: int) -> tuple[float, float, dict[int, str]]:
    """Processor seconds, largest resident memory in MB, and labels of one pipeline."""
    logging.disable(logging.CRITICAL)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    PIPELINES[name](generated_crawl(shared_data(), 50))  # loads models and patterns beforehand
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    crawl = Clocked(generated_crawl(shared_data(), count))
    start = time.process_time()
    labels = PIPELINES[name](crawl)
    spent = time.process_time() - start - crawl.seconds
    return spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1000, labels


def first_prints(crawl: Iterable[Fetch]) -> dict[int, str]:
    """The story's label by the number of the first fetch of each article."""
    return {
        number: fetch.story
        for number, fetch in enumerate(crawl)
        if fetch.story is not None and not fetch.again
    }


def grouped(stories: dict[int, str], labels: dict[int, str]) -> tuple[list[str], list[str]]:
    """What belongs together and what was put together; what a pipeline took for no article stands
    alone."""
    return list(stories.values()), [labels.get(each, f"none-{each}") for each in stories]


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=5_000)
    count = parser.parse_args().pages
    stories = first_prints(generated_crawl(shared_data(), count))
    table = Table(
        ["pipeline", "pages/s a core", "memory grown by", "B-cubed F", "pairwise P", "pairwise R"]
    )
    panels: dict[str, dict[str, float]] = {"pages/s a core": {}, "B-cubed F": {}}
    for name in PIPELINES:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            spent, memory, labels = pool.apply(run, (name, count))
        truth, found = grouped(stories, labels)
        pairs = pairwise(truth, found)
        panels["pages/s a core"][name] = count / spent
        panels["B-cubed F"][name] = b_cubed(truth, found).f1
        print(f"{name}: {spent:.0f} s", flush=True)
        table.add(
            name,
            f"{count / spent:.1f}",
            f"{memory:.0f} MB",
            f"{b_cubed(truth, found).f1:.3f}",
            f"{pairs.precision:.3f}",
            f"{pairs.recall:.3f}",
        )
    record(
        "pipelines",
        "From fetched pages to stories",
        f"{count:,} fetches of the generated crawl ({len(stories):,} articles, the rest fetched"
        " again or no articles), one core each, without a broker.",
        [table],
    )
    draw_bars("pipelines", "From fetched pages to stories", panels)


if __name__ == "__main__":
    main()
