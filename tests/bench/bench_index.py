"""What a look-up costs as the window grows: `python -m tests.bench.bench_index [--sizes N ...]`.

Keys are random but for ten of each article's eighty, which are taken from a pool so large that each
stands on about seven articles. CPU seconds of the process, and of a look-up that finds.
"""

import argparse
import time

import numpy as np

from service.story.hashing import Hashes
from service.story.index import CandidateIndex
from service.story.runs import RUN_ARTICLES, Run

KEYS = 80
SHARED = 10
BEARERS = 7
LOOK_UPS = 300


def made_keys(lot: np.random.Generator, pool: Hashes, count: int) -> Hashes:
    """Keys of articles, one row each."""
    keys = lot.integers(2**64, size=(count, KEYS), dtype=np.uint64)
    keys[:, :SHARED] = lot.choice(pool, size=(count, SHARED))
    return keys


def measure(size: int) -> str:
    """Build an index of so many articles, and look up new ones."""
    lot = np.random.default_rng(1)
    pool = lot.integers(2**64, size=max(size * SHARED // BEARERS, 1), dtype=np.uint64)
    index = CandidateIndex()
    begun = time.process_time()
    for first in range(0, size, RUN_ARTICLES):
        count = min(RUN_ARTICLES, size - first)
        numbers = np.arange(first, first + count)
        keys = made_keys(lot, pool, count).reshape(-1)
        index.take(Run.of(np.repeat(numbers, KEYS).astype(np.uint64), keys), numbers)
    built = time.process_time() - begun
    asked = made_keys(lot, pool, LOOK_UPS)
    took, found = [], 0
    for keys in asked:
        begun = time.process_time()
        found += len(index.find(keys, 1))
        took.append(time.process_time() - begun)
    took.sort()
    return (
        f"{size:>9} articles in {index.run_count:>2} runs: p50 {took[LOOK_UPS // 2] * 1e3:.2f} ms, "
        f"p99 {took[LOOK_UPS * 99 // 100] * 1e3:.2f} ms a look-up, "
        f"{found / LOOK_UPS:.0f} found; {index.nbytes / size:.0f} bytes an article; "
        f"built in {built:.1f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = [10_000, 100_000, 1_000_000, 5_000_000]
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes)
    for size in parser.parse_args().sizes:
        print(measure(size), flush=True)


if __name__ == "__main__":
    main()
