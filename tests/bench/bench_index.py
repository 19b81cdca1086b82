"""What a look-up costs as the window grows: `python -m tests.bench.bench_index [--sizes N ...]`.

Keys are random but for ten of each article's eighty, which are taken from a pool so large that each
stands on about seven articles. CPU seconds of the process, and of a look-up that finds.
"""

import argparse
import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.fold.candidates.index import CandidateIndex
from service.fold.candidates.segment import SEGMENT_ARTICLES, Segment
from service.text.hashing import Hashes
from tests.bench.figures import Table, record
from tests.bench.picture import draw_lines

KEYS = 80
SHARED = 10
BEARERS = 7
LOOK_UPS = 300


def made_keys(lot: np.random.Generator, pool: Hashes, count: int) -> Hashes:
    """Keys of articles, one row each."""
    keys = lot.integers(2**64, size=(count, KEYS), dtype=np.uint64)
    keys[:, :SHARED] = lot.choice(pool, size=(count, SHARED))
    return keys


class AllAlive:
    """A window that no article has left."""

    def are_alive(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return True for every number."""
        return np.ones(len(numbers), dtype=bool)


@dataclass(frozen=True, slots=True)
class Figures:
    """What an index of one size costs; times are in milliseconds of CPU a look-up."""

    size: int
    segments: int
    middle: float
    late: float
    found: float
    bytes_an_article: float
    built: float


def measure(size: int) -> Figures:
    """Build an index of so many articles, and look up new ones."""
    lot = np.random.default_rng(1)
    pool = lot.integers(2**64, size=max(size * SHARED // BEARERS, 1), dtype=np.uint64)
    index = CandidateIndex(AllAlive())
    begun = time.process_time()
    for first in range(0, size, SEGMENT_ARTICLES):
        count = min(SEGMENT_ARTICLES, size - first)
        numbers = np.arange(first, first + count)
        keys = made_keys(lot, pool, count).reshape(-1)
        index.add_segment(Segment.of(np.repeat(numbers, KEYS).astype(np.uint64), keys))
    built = time.process_time() - begun
    asked = made_keys(lot, pool, LOOK_UPS)
    took, found = [], 0
    for keys in asked:
        begun = time.process_time()
        found += len(index.find(keys, 1))
        took.append(time.process_time() - begun)
    took.sort()
    return Figures(
        size,
        len(index.segments),
        took[LOOK_UPS // 2] * 1e3,
        took[LOOK_UPS * 99 // 100] * 1e3,
        found / LOOK_UPS,
        index.nbytes / size,
        built,
    )


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = [10_000, 100_000, 1_000_000, 5_000_000]
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes)
    table = Table(
        ["articles", "segments", "p50", "p99", "found a look-up", "bytes an article", "built in"]
    )
    figures = [measure(size) for size in parser.parse_args().sizes]
    for each in figures:
        table.add(
            f"{each.size:,}",
            str(each.segments),
            f"{each.middle:.2f} ms",
            f"{each.late:.2f} ms",
            f"{each.found:.0f}",
            f"{each.bytes_an_article:.0f}",
            f"{each.built:.1f} s",
        )
    title = "What a look-up costs as the window grows"
    how = f"Simulated keys, {KEYS} an article, {SHARED} of them shared by about {BEARERS} articles."
    record("index", title, how, [table])
    draw_lines(
        "index",
        title,
        "articles in the window",
        [each.size for each in figures],
        {
            "p50, ms of CPU": [each.middle for each in figures],
            "p99, ms of CPU": [each.late for each in figures],
        },
    )


if __name__ == "__main__":
    main()
