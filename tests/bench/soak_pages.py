"""Does reading pages leak? `python -m tests.bench.soak_pages [--pages 20000]`, run by hand.

Reads the labelled pages over and over in this one process and prints its resident memory at a
tenth of the way and at the end: the end should be within 10 % of the tenth. (A worker also replaces
the processes that read pages, after a number of them.)
"""

import argparse
import itertools
import os
from pathlib import Path

from tests.eval.eval_pages import load_rows, read_with_copydesk


def resident_mb() -> float:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    count = parser.parse_args().pages
    beside = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("COPYDESK_SHARED_DATA") or beside)
    rows = load_rows(folder / "pages" / "train.jsonl.gz")
    early = 0.0
    for number, row in enumerate(itertools.islice(itertools.cycle(rows), count), 1):
        read_with_copydesk(row)
        if number == count // 10:
            early = resident_mb()
            print(f"after {number:6} pages: {early:6.1f} MB", flush=True)
    late = resident_mb()
    print(f"after {count:6} pages: {late:6.1f} MB ({late / early - 1:+.1%})")


if __name__ == "__main__":
    main()
